"""征集期限: how long is a call open, its result public, a selection good? All our defaults until the city lays them down (`通知 四(三)`)."""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default

_SINCE = date(2024, 5, 1)
LAW = notice("三(一)2")


def _term(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, value, our_default("征集期限")), key=f"calls.{key}", unit=unit, changeable=True)


LEAST_OPEN_DAYS = _term("least_open_days", "公开征集的最短期限", 10, "个工作日")
SUPPLEMENT_WITHIN = _term("supplement_within", "应征单位补正材料的期限", 5, "个工作日")
RESULT_NOTICE_DAYS = _term("result_notice_days", "遴选结果公示期", 5, "个工作日")
ANSWER_WITHIN = _term("answer_within", "答复遴选结果异议的期限", 5, "个工作日")
SELECTION_MONTHS = _term("selection_months", "入选资格的有效期，期内应当申请备案", 12, "个月")


@rule("在征集期内提出应征申请")
def applied_in_time(opens_on: date, closes_on: date, day: date) -> Finding:
    """Whether a call takes applications on `day`: from its first day to its last, both included."""
    if day < opens_on:
        return unmet(f"本次征集自{opens_on}开始，现在还不能应征", LAW)
    if day > closes_on:
        return unmet(f"本次征集已于{closes_on}截止，逾期的申请不予受理", LAW)
    return met(f"{day}在征集期内（{opens_on}至{closes_on}）", LAW)
