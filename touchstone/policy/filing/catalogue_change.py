"""目录调整: an occupation, a level or a standard is no longer in force; which lines of filings rest on it, and by when must they be put right?

`通知 三(四)3` ends what can no longer be evaluated and for which no change was asked; how long a body has for that is ours, dated.
"""

from datetime import date, timedelta

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.documents import our_default
from touchstone.policy.filing.scope import ScopeItem, check_scope_item, on_the_national_list
from touchstone.policy.roles import BodyKind

_SINCE = date(2024, 5, 1)


def _days(key: str, meaning: str, days: int) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, days, our_default("目录调整期限")), key=f"filing.{key}", unit="日", changeable=True)


LIST_WITHIN = _days("list_change_within", "职业、等级退出可备案目录后申请变更的期限", 90)
STANDARD_WITHIN = _days("standard_change_within", "依据的标准废止后申请变更的期限", 180)


def what_was_lost(kind: BodyKind, item: ScopeItem, day: date) -> Finding | None:
    """This function will find what a line of a filing lacks on `day` by the catalogue of that day; None when it still may be filed."""
    return next((found for found in check_scope_item(kind, item, day) if found.outcome is Outcome.UNMET), None)


def amend_by(item: ScopeItem, lost_on: date, told_on: date) -> Value[date]:
    """This function will give the last day for asking for a change: so long after the loss, or after the body was told when that is later."""
    off_the_list = on_the_national_list(item, lost_on).outcome is Outcome.UNMET
    within = (LIST_WITHIN if off_the_list else STANDARD_WITHIN).on(max(told_on, _SINCE))
    return Value(within.since, max(lost_on, told_on) + timedelta(days=within.value), within.clause)
