"""投诉举报和线索: by when is a complaint taken up, verified and answered, by whom, and how is whoever complains protected?

`通知 三(三)2(3)` asks that complaints and media reports be verified; the clock and the protection are ours.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar, add_years
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import SINCE

LAW, _CLOCK, _PROTECTED = notice("三(三)2(3)"), our_default("投诉举报办理期限"), our_default("投诉人保护")


class Origin(StrEnum):
    """Where a lead comes from."""

    COMPLAINT = "complaint"
    MEDIA = "media"
    AUTHORITY = "authority"
    ALERT = "alert"
    INSPECTION = "inspection"

    @property
    def label(self) -> str:
        return {
            "complaint": "投诉举报",
            "media": "媒体报道",
            "authority": "其他部门移送",
            "alert": "比对预警",
            "inspection": "检查发现",
        }[self.value]


class Verdict(StrEnum):
    """What verifying a lead comes to."""

    TRUE = "true"
    PARTLY = "partly"
    UNTRUE = "untrue"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        return {"true": "属实", "partly": "部分属实", "untrue": "不属实", "undecided": "无法查实"}[self.value]


def _days(key: str, meaning: str, days: int) -> Dated[int]:
    return Dated(meaning, Value(SINCE, days, _CLOCK), key=f"supervision.{key}", unit="个工作日", changeable=True)


TAKEN_UP_WITHIN = _days("complaint_taken_up_within", "收到投诉举报后决定是否受理的期限", 5)
PASSED_ON_WITHIN = _days("complaint_passed_on_within", "不属本单位职责的投诉举报转出的期限", 3)
VERIFIED_WITHIN = _days("complaint_verified_within", "受理后核实完毕的期限", 30)
VERIFIED_LATER = _days("complaint_verified_later", "情况复杂的核实可以延长一次的时间", 15)
TOLD_WITHIN = _days("complaint_told_within", "核实完毕后答复投诉人的期限", 5)
REMINDED_BEFORE = _days("complaint_reminded", "投诉举报办理期限届满前几个工作日提醒承办人员", 2)
KEPT_SECRET_YEARS = Dated(
    "投诉人身份的保密年限（自收到之日起），期满销毁",
    Value(SINCE, 10, _PROTECTED),
    key="supervision.complainant_kept_secret",
    unit="年",
    changeable=True,
)


def kept_secret_until(received_on: date, years: int) -> date:
    """This function will give the day on which who complained is destroyed, where the matter is over: as many years on as were told then."""
    return add_years(received_on, years)


def verified_by(taken_up_on: date, extended: bool, calendar: Calendar) -> date:
    """This function will give the last day on which a lead taken up on a day is to be verified."""
    days = VERIFIED_WITHIN.on(taken_up_on).value + (VERIFIED_LATER.on(taken_up_on).value if extended else 0)
    return calendar.add_working_days(taken_up_on, days)


@rule("线索具体，可以核实")
def lead_can_be_verified(names_body: bool, tells_facts: bool, anonymous: bool, day: date) -> Finding:
    """Whether a lead says who and what. One without a name counts as much as any other; who stays anonymous follows it by the receipt's number."""
    if not names_body:
        return unproven("没有写明被反映的机构、场所或者网址", LAW, ask_for="被反映的机构名称、地点或者网址")
    if not tells_facts:
        return unproven("没有写明时间、经过等可以核实的事实", LAW, ask_for="时间、经过，有照片或者证书样本的请附上")
    return met("匿名线索，事实具体，可以核实" if anonymous else "线索具体，可以核实", LAW)


@rule("投诉举报按期受理")
def taken_up_in_time(received_on: date, taken_up_on: date | None, day: date, calendar: Calendar) -> Finding:
    """Whether it was decided in time, or still may be, whether a lead is taken up."""
    last = calendar.add_working_days(received_on, TAKEN_UP_WITHIN.on(received_on).value)
    if (taken_up_on or day) > last:
        return unmet(f"应在{last}前决定是否受理", _CLOCK)
    return met(f"于{taken_up_on}决定" if taken_up_on else f"应在{last}前决定是否受理", _CLOCK)


@rule("投诉举报按期核实")
def verified_in_time(taken_up_on: date, verified_on: date | None, extended: bool, day: date, calendar: Calendar) -> Finding:
    """Whether a lead was verified in time, or still may be; the time may be extended once."""
    last = verified_by(taken_up_on, extended, calendar)
    if (verified_on or day) > last:
        return unmet(f"应在{last}前核实完毕{'，实际于' + str(verified_on) if verified_on else '，已经逾期'}", _CLOCK)
    return met(f"于{verified_on}核实完毕" if verified_on else f"应在{last}前核实完毕", _CLOCK)


@rule("核实结论有证据、由两人作出")
def verdict_is_borne_out(verdict: Verdict, evidence: int, verifiers: Collection[int], accused: Collection[int], day: date) -> Finding:
    """Whether two people, none of them accused, verified it and say on what evidence; also what is not true is found by evidence."""
    clause = our_default("投诉举报核实")
    if set(verifiers) & set(accused):
        return unmet("核实人员是被反映的人，应当回避", clause)
    if len(set(verifiers)) <= 1:
        return unmet(f"核实人员{len(set(verifiers))}人，应为两人以上", clause)
    if not evidence:
        return unproven(f"结论为{verdict.label}，没有附证据", clause, ask_for="核实记录和证据")
    return met(f"{verdict.label}，证据{evidence}件", clause)


@rule("投诉人的身份受到保护")
def may_see_complainant(verifies: bool, of_the_body: bool, consented: bool, purpose: str, day: date) -> Finding:
    """Whether somebody may see who complained: only who verifies it, for a purpose that is logged; never the body, unless the complainant agrees."""
    if of_the_body and not consented:
        return unmet("被反映的机构及其人员不得得知投诉人的身份", _PROTECTED)
    if not verifies and not consented:
        return unmet("只有承办核实的人可以查看投诉人的身份", _PROTECTED)
    return met("查看已记录", _PROTECTED) if purpose.strip() else unmet("查看投诉人身份须写明用途", _PROTECTED)


@rule("投诉后没有对投诉人不利的处理")
def complainant_not_harmed(complained_on: date, harmed_on: date | None, explained: bool, day: date) -> Finding:
    """Whether nothing was done against a complainant after the complaint (marks, certificate, post) unexplained; else it is a lead itself."""
    if harmed_on is None or harmed_on < complained_on:
        return met("没有对投诉人不利的处理", _PROTECTED)
    if explained:
        return met(f"{harmed_on}的处理另有事由，已经说明", _PROTECTED)
    return unmet(f"投诉后于{harmed_on}对投诉人作出不利处理，没有说明事由，应作为打击报复线索核实", _PROTECTED)
