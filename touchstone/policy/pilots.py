"""试点: has a pilot a term, a scope the school may assess, and a match of every course unit with an element of the standard?

`通知 二(三)` (课证融通, for schools that qualify) and `三(二)5` (新型技师学院先行先试).
"""

from collections.abc import Collection, Sequence
from datetime import date

from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice

PILOTS, COURSES = notice("三(二)5"), notice("二(三)")


@rule("试点有起止日期")
def has_a_term(since: date, until: date, day: date) -> Finding:
    """Whether a pilot approved on `day` begins no earlier and ends after it begins; `until` is the day after the last."""
    if until <= since:
        return unmet(f"试点截止日不晚于起始日{since}", PILOTS)
    if since < day:
        return unmet(f"试点起始日{since}早于批准之日", PILOTS)
    return met(f"试点自{since}起，{until}前结束", PILOTS)


@rule("课证融通的职业在该校备案之内")
def scope_is_filed(scope: Sequence[str], filed: Collection[str]) -> Finding:
    """Whether the school is filed for every occupation whose courses and certificates it means to join (符合条件的学校)."""
    beyond = [code for code in scope if code not in filed]
    if beyond:
        return unmet(f"没有备案职业{'、'.join(beyond)}，不具备课证融通的条件", COURSES)
    return met(f"{len(scope)}个职业都已备案", COURSES)


@rule("课程单元与标准要素逐项对应")
def units_match_elements(units: Sequence[tuple[str, str]]) -> Finding:
    """Whether there is a course unit at all, and each one names the element of the standard it teaches."""
    if not units:
        return unmet("没有写明课程单元", COURSES)
    lone = [unit or element for unit, element in units if not unit.strip() or not element.strip()]
    if lone:
        return unmet(f"“{'”“'.join(lone)}”没有写明课程单元或对应的标准要素", COURSES)
    return met(f"{len(units)}个课程单元都有对应的标准要素", COURSES)
