"""试点: has a pilot a term, a scope the body may assess, and a match of every course unit with an element of the standard?

`通知 二(三)` (课证融通, for schools that qualify) and `三(二)5` (新型技师学院先行先试; 有条件企业探索一考双证).
"""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice
from touchstone.policy.roles import BodyKind

PILOTS, COURSES = notice("三(二)5"), notice("二(三)")


class PilotKind(StrEnum):
    """What is tried out."""

    TECHNICIAN_COLLEGE = "technician_college"
    COURSE_AND_CERTIFICATE = "course_and_certificate"
    DUAL_CERTIFICATES = "dual_certificates"

    @property
    def label(self) -> str:
        return {"technician_college": "新型技师学院", "course_and_certificate": "课证融通", "dual_certificates": "一考双证"}[self.value]


_WHO = {
    PilotKind.TECHNICIAN_COLLEGE: (BodyKind.SCHOOL, PILOTS),
    PilotKind.COURSE_AND_CERTIFICATE: (BodyKind.SCHOOL, COURSES),
    PilotKind.DUAL_CERTIFICATES: (BodyKind.ENTERPRISE, PILOTS),
}


@rule("试点面向该类机构")
def body_may_try(kind: PilotKind, body: BodyKind, day: date) -> Finding:
    """Whether this kind of body may try this out: schools 新型技师学院 and 课证融通, enterprises 一考双证."""
    wanted, clause = _WHO[kind]
    if body is not wanted:
        return unmet(f"{kind.label}试点只面向{wanted.label}", clause)
    return met(f"{body.label}可以试点{kind.label}", clause)


@rule("试点有起止日期")
def has_a_term(since: date, until: date, day: date) -> Finding:
    """Whether a pilot approved on `day` begins no earlier and ends after it begins; `until` is the day after the last."""
    if until <= since:
        return unmet(f"试点截止日不晚于起始日{since}", PILOTS)
    if since < day:
        return unmet(f"试点起始日{since}早于批准之日", PILOTS)
    return met(f"试点自{since}起，{until}前结束", PILOTS)


@rule("试点的职业在该机构备案之内")
def scope_is_filed(scope: Sequence[str], filed: Collection[str], kind: PilotKind = PilotKind.COURSE_AND_CERTIFICATE) -> Finding:
    """Whether the body is filed for every occupation in which it means to join courses or a second standard to certificates (符合条件, 有条件)."""
    clause = _WHO[kind][1]
    beyond = [code for code in scope if code not in filed]
    if beyond:
        return unmet(f"没有备案职业{'、'.join(beyond)}，不具备{kind.label}的条件", clause)
    return met(f"{len(scope)}个职业都已备案", clause)


@rule("试点在当日覆盖该职业")
def pilot_covers(kind: PilotKind, terms: Sequence[tuple[Period, Collection[str]]], occupation: str, day: date) -> Finding:
    """Whether one of the body's pilots of this kind, each with term and occupations, covers an occupation on `day`."""
    clause = _WHO[kind][1]
    if any(day in term and occupation in scope for term, scope in terms):
        return met(f"{kind.label}试点覆盖职业{occupation}", clause)
    return unmet(f"{day}没有覆盖职业{occupation}的{kind.label}试点", clause)


@rule("课程单元与标准要素逐项对应")
def units_match_elements(units: Sequence[tuple[str, str]]) -> Finding:
    """Whether there is a course unit at all, and each one names the element of the standard it teaches."""
    if not units:
        return unmet("没有写明课程单元", COURSES)
    lone = [unit or element for unit, element in units if not unit.strip() or not element.strip()]
    if lone:
        return unmet(f"“{'”“'.join(lone)}”没有写明课程单元或对应的标准要素", COURSES)
    return met(f"{len(units)}个课程单元都有对应的标准要素", COURSES)
