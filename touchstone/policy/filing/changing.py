"""变更与续期: what must an application that changes or renews a filing show, and when may it be made?

`通知 三(四)3` names both and leaves the rest open: parts of the form, evidence, reminders are ours, dated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Period, add_months
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.filing.completeness import evidence_for
from touchstone.policy.filing.purposes import Change, Purpose
from touchstone.policy.filing.terms import renewal_window
from touchstone.policy.roles import BodyKind

_SINCE = date(2024, 5, 1)
_CHANGED = notice("三(四)3")
CHANGES = "changes"
"""The part of the form in which an amendment says what it changes."""
_ASSESSED = frozenset({"venues", "staff", "scope", "questions", "evidence", "self_score"})

SECTIONS_OF_CHANGE: Dated[Mapping[Change, frozenset[str]]] = Dated(
    "各类备案变更应填报的部分",
    Value(
        _SINCE,
        {
            Change.OCCUPATION: _ASSESSED,
            Change.LEVEL: _ASSESSED,
            Change.VENUE: _ASSESSED - {"questions"},
            Change.STANDARD: frozenset({"scope", "questions", "self_score"}),
            Change.PEOPLE: frozenset({"staff", "evidence"}),
            Change.NAME: frozenset({"evidence"}),
        },
        our_default("备案变更材料"),
    ),
    key="filing.sections_of_change",
)
LICENCE = "登记证书"
"""Stands for what a body hands in first, whatever it is called for its kind."""
EVIDENCE_OF_CHANGE: Dated[Mapping[Change, tuple[str, ...]]] = Dated(
    "各类备案变更应附的证明材料",
    Value(
        _SINCE,
        {
            Change.OCCUPATION: ("人员资格证书", "设施设备清单"),
            Change.LEVEL: ("人员资格证书", "设施设备清单"),
            Change.VENUE: ("场地权属或租赁证明", "设施设备清单", "视频监控画面截图"),
            Change.STANDARD: (),
            Change.PEOPLE: ("机构设置和人员任命文件",),
            Change.NAME: (LICENCE,),
        },
        our_default("备案变更材料"),
    ),
    key="filing.evidence_of_change",
)


KEY_DUTIES: Dated[tuple[str, ...]] = Dated(
    "备案所依据的主要人员的职责",
    Value(_SINCE, ("管理人员", "内部质量督导员"), our_default("主要人员")),
    key="filing.key_duties",
)


def _months(key: str, meaning: str, months: int) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, months, our_default("续期提醒")), key=f"filing.{key}", unit="个月", changeable=True)


REMINDERS = (
    _months("first_reminder", "期满前第一次提醒续期的时间", 6),
    _months("second_reminder", "期满前第二次提醒续期的时间", 3),
    _months("last_reminder", "期满前最后一次提醒续期的时间", 1),
)


def sections_shown(purpose: Purpose, changes: Iterable[Change], sections: Iterable[str], day: date) -> tuple[str, ...]:
    """This function will give, of the form's sections, those an application of this purpose fills in, in the form's order."""
    if purpose is not Purpose.AMEND:
        return tuple(key for key in sections if key != CHANGES)
    by_change = SECTIONS_OF_CHANGE.on(day).value
    wanted = frozenset[str]().union(*(by_change[change] for change in changes)) | {CHANGES, "promise"}
    return tuple(key for key in sections if key in wanted)


def evidence_shown(kind: BodyKind, purpose: Purpose, changes: Iterable[Change], day: date) -> Value[tuple[str, ...]]:
    """This function will give what a body of this kind hands in with an application of this purpose."""
    whole = evidence_for(kind, day)
    if purpose is not Purpose.AMEND:
        return whole
    by_change = EVIDENCE_OF_CHANGE.on(day)
    wanted = {name for change in changes for name in by_change.value[change]}
    names = (whole.value[0] if name == LICENCE else name for name in (LICENCE, *whole.value) if name in wanted)
    return Value(by_change.since, tuple(names), by_change.clause)


@dataclass(frozen=True)
class ChangeFacts:
    """What an amendment says: the kinds of change chosen, the kinds its lines come to, what it takes away, the new name, the new legal
    representative (`people`) and head of assessment (`leader`), how many of the key staff came or went, and why."""

    chosen: frozenset[Change]
    added: frozenset[Change] = frozenset()
    ended: int = 0
    name: str = ""
    former_name: str = ""
    people: str = ""
    leader: str = ""
    staff: int = 0
    reason: str = ""


@rule("变更内容已经写明")
def changes_written(facts: ChangeFacts, day: date) -> Finding:
    """Whether each kind of change chosen is there, no other is, and the reason is told."""
    clause = SECTIONS_OF_CHANGE.on(day).clause
    by_line = {Change.OCCUPATION, Change.LEVEL, Change.VENUE, Change.STANDARD}
    missing = [change.label for change in Change if change in facts.chosen & by_line and change not in facts.added]
    if missing:
        only_less = "；只减少范围的，请办理终止部分评价范围" if facts.ended else ""
        return unmet(f"申报范围里还没有新的{'、'.join(missing)}{only_less}", clause)
    if beyond := [change.label for change in Change if change in facts.added - facts.chosen]:
        return unmet(f"申报范围里有新的{'、'.join(beyond)}，但本次没有选择变更它", clause)
    if Change.NAME in facts.chosen and facts.name in {"", facts.former_name}:
        return unmet("还没有填写变更后的机构名称", clause)
    if Change.PEOPLE in facts.chosen and not (facts.people or facts.leader or facts.staff):
        return unmet("还没有填写变更后的法定代表人、分管负责人，管理人员和内部质量督导员也没有变化", clause)
    if not facts.reason:
        return unmet("还没有写明变更原因", clause)
    return met(f"本次变更{'、'.join(change.label for change in Change if change in facts.chosen)}", clause)


@rule("续期在备案有效期内提出")
def renewal_may_be_asked(term: Period, day: date) -> Finding:
    """Whether renewal may be asked for on `day`: at any time before the end; what comes before the window counts from its first day."""
    window = renewal_window(term)
    if window.until is not None and day >= window.until:
        return unmet(f"备案已于{window.until}期满，不能再申请续期", _CHANGED)
    if day < window.since:
        return met(f"期满前三个月起受理，现在提出的自{window.since}起计算", _CHANGED)
    return met(f"在期满日{window.until}之前", _CHANGED)


@rule("到了可以决定续期的时间")
def renewal_may_be_decided(term: Period, day: date) -> Finding:
    """Whether renewal may be granted on `day`: an earlier request counts from the first day of the window, and not before."""
    window = renewal_window(term)
    if day < window.since:
        return unmet(f"提前提出的续期申请自{window.since}起计算，此前不能准予", _CHANGED)
    return met(f"已进入续期办理期（自{window.since}起）", _CHANGED)


@rule("备案期满评估合格")
def expiry_evaluation_passed(passed: bool | None, summary: str, day: date) -> Finding:
    """Whether the end-of-filing evaluation, where there is one, was passed; without one the decision rests on the rest."""
    clause = notice("三(三)3")
    if passed is None:
        return unproven("还没有备案期满评估结果", clause, ask_for="备案期满评估结果")
    said = f"：{summary}" if summary else ""
    return met(f"备案期满评估合格{said}", clause) if passed else unmet(f"备案期满评估不合格{said}", clause)


def reminder_due(until: date, day: date, months: Iterable[int], sent: Iterable[int]) -> int | None:
    """This function will give how many months before the end a body is to be reminded of now; None when that was done or is not due.

    Of several that have passed only the nearest is sent, so that nobody is told three times at once.
    """
    passed = [one for one in months if add_months(until, -one) <= day < until]
    nearest = min(passed, default=None)
    return None if nearest is None or any(one <= nearest for one in sent) else nearest
