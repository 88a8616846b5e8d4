"""考务编排规则: is everyone seated, watched and judged by the right people, and are the steps after the exam in time?"""

from collections.abc import Sequence
from datetime import date

from touchstone.kernel.law import Dated
from touchstone.kernel.periods import Calendar
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice
from touchstone.policy.exams.deadlines import ARRANGEMENT_BEFORE, CERTIFICATES_WITHIN, NOTICE_FROM_WITHIN, SCORES_WITHIN
from touchstone.policy.exams.parts import Part
from touchstone.policy.exams.staffing import enough_assessors, enough_invigilators

_AS_FILED = notice("三(三)2")
_OWN_SUPERVISION = notice("三(三)1")
_STAFF = notice("三(二)2")


@rule("每名考生每科都有座位")
def everyone_seated(part: Part, seated: int, candidates: int) -> Finding:
    """Whether every eligible candidate has a seat in this part, and nobody else."""
    if seated < candidates:
        return unmet(f"{part.label}有{candidates - seated}名考生没有座位（共{candidates}名）", _AS_FILED)
    if seated > candidates:
        return unmet(f"{part.label}名单已有变化，{seated - candidates}个座位上的考生不再参加", _AS_FILED)
    return met(f"{part.label}{candidates}名考生均有座位", _AS_FILED)


@rule("考场座位足够")
def enough_seats(part: Part, seats: int, candidates: int) -> Finding:
    """Whether the rooms booked for this part seat everyone."""
    if seats < candidates:
        return unmet(f"{part.label}安排了{seats}个座位，考生{candidates}名，还缺{candidates - seats}个", _AS_FILED)
    return met(f"{part.label}安排了{seats}个座位，考生{candidates}名", _AS_FILED)


@rule("考场用途与备案一致")
def room_serves(part: Part, purpose: str, purpose_label: str, room: str) -> Finding:
    """Whether the room was filed for this part."""
    if purpose != part.value:
        return unmet(f"“{room}”备案用途为{purpose_label}，不能安排{part.label}", _AS_FILED)
    return met(f"“{room}”备案用途为{purpose_label}", _AS_FILED)


@rule("在备案的考核点和计划的考试日举行")
def as_planned(exam_on: date, held_on: date, ends_on: date) -> Finding:
    """Whether a sitting lies on the day of the exam that was reported."""
    if held_on != exam_on or ends_on != exam_on:
        return unmet(f"场次在{held_on}，计划的考试日为{exam_on}", _AS_FILED)
    return met(f"场次在计划的考试日{exam_on}", _AS_FILED)


@rule("逢考必督")
def supervised(where: str, supervisor: str, staff: Sequence[str]) -> Finding:
    """Whether a sitting has an internal supervisor who does nothing else there."""
    if not supervisor:
        return unmet(f"{where}没有指定内部质量督导员", _OWN_SUPERVISION)
    if supervisor in staff:
        return unmet(f"{where}的内部质量督导员{supervisor}同时担任监考或考评", _OWN_SUPERVISION)
    return met(f"{where}由{supervisor}督导", _OWN_SUPERVISION)


@rule("监考和考评人员足够")
def staffed(where: str, part: Part, people: int, candidates: int, day: date, printed: int | None = None) -> Finding:
    """Whether a sitting has enough invigilators (theory) or an odd number of assessors, at least three (otherwise)."""
    found = enough_invigilators(people, candidates, day) if part is Part.THEORY else enough_assessors(part, people, day, printed)
    return Finding(found.outcome, f"{where}：{found.reason}", found.clause)


@rule("考评人员可以考评本职业、本等级")
def assessor_covers(name: str, occupation_matches: bool, highest_level: int | None, level: int) -> Finding:
    """Whether an assessor's qualification covers the occupation and the level (1 is the highest)."""
    if not occupation_matches:
        return unmet(f"{name}登记的考评职业与本计划不一致", _STAFF)
    if highest_level is not None and highest_level > level:
        return unmet(f"{name}可考评的最高等级为{highest_level}级，本计划为{level}级", _STAFF)
    return met(f"{name}可以考评本职业、本等级", _STAFF)


@rule("考评人员已经派遣")
def dispatched(where: str, wanted: int, sent: int) -> Finding:
    """Whether as many assessors are sent to a sitting, by draw, as were asked for."""
    if sent < wanted:
        return unmet(f"{where}申请派遣{wanted}名考评人员，已派{sent}名", _STAFF)
    return met(f"{where}已随机派遣{sent}名考评人员", _STAFF)


def _before(what: str, day: date, exam_on: date, calendar: Calendar, days: Dated[int]) -> Finding:
    value = days.on(day)
    last = calendar.add_working_days(exam_on, -value.value)
    if day > last:
        return unmet(f"{what}最迟应在{last}完成（考试前{value.value}个工作日），现为{day}", value.clause)
    return met(f"{what}于{day}完成，不迟于{last}", value.clause)


def _after(what: str, day: date, exam_on: date, calendar: Calendar, days: Dated[int]) -> Finding:
    value = days.on(exam_on)
    last = calendar.add_working_days(exam_on, value.value)
    if day > last:
        return unmet(f"{what}最迟应在{last}完成（考试后{value.value}个工作日），现为{day}", value.clause)
    return met(f"{what}于{day}完成，不迟于{last}", value.clause)


@rule("考场编排按期完成")
def arranged_in_time(day: date, exam_on: date, calendar: Calendar) -> Finding:
    """Whether rooms and people are settled early enough before the exam."""
    return _before("考场编排和人员安排", day, exam_on, calendar, ARRANGEMENT_BEFORE)


@rule("成绩按期录入")
def scores_in_time(day: date, exam_on: date, calendar: Calendar) -> Finding:
    """Whether all scores are in soon enough after the exam."""
    return _after("成绩录入", day, exam_on, calendar, SCORES_WITHIN)


@rule("成绩按期公示")
def announced_in_time(day: date, exam_on: date, calendar: Calendar) -> Finding:
    """Whether the public notice begins soon enough after the exam."""
    return _after("开始公示", day, exam_on, calendar, NOTICE_FROM_WITHIN)


@rule("证书按期核发")
def issued_in_time(day: date, exam_on: date, calendar: Calendar) -> Finding:
    """Whether the certificates are issued soon enough after the exam."""
    return _after("证书核发", day, exam_on, calendar, CERTIFICATES_WITHIN)
