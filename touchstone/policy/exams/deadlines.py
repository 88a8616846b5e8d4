"""考务期限: by when is each step before and after an exam due?

Counted in working days from the day of the exam (D). No document of the city lays these down: all are our defaults,
open to change, modelled on the practice of evaluation bodies elsewhere.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.periods import Calendar
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default
from touchstone.policy.roles import BodyKind

_SINCE = date(2018, 1, 1)


def _days(key: str, meaning: str, days: int, topic: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, days, our_default(topic)), key=f"exams.{key}", unit="个工作日", changeable=True)


PLAN_BEFORE = _days("plan_before", "认定计划应在考试前至少几个工作日提交", 10, "计划提交期限")
PLAN_CHANGE_BEFORE = _days("plan_change_before", "认定计划的变更应在考试前至少几个工作日提出", 10, "计划变更期限")
PLAN_SIGNED_WITHIN = _days("plan_signed_within", "所在区应在计划上报后几个工作日内签收", 3, "计划签收期限")
REGISTRATION_BEFORE = _days("registration_before", "报名和资格审核应在考试前至少几个工作日完成", 7, "报名期限")
ARRANGEMENT_BEFORE = _days("arrangement_before", "考场编排和考评人员派遣应在考试前至少几个工作日完成", 5, "考场编排期限")
SCORES_WITHIN = _days("scores_within", "成绩应在考试后几个工作日内录入", 3, "成绩录入期限")
NOTICE_FROM_WITHIN = _days("notice_from_within", "成绩公示应在考试后几个工作日内开始", 5, "公示开始期限")
NOTICE_WORKING_DAYS = _days("notice_working_days", "成绩公示的工作日数", 5, "成绩公示期")
REPORT_WITHIN = _days("report_within", "用人单位、院校应在考试后几个工作日内完成结果统计和公示", 10, "用人单位结果报送期限")
CERTIFICATES_WITHIN = _days("certificates_within", "证书应在考试后几个工作日内发出并上报", 10, "发证期限")
ARCHIVE_WITHIN = _days("archive_within", "档案应在考试后几个工作日内封存", 10, "归档期限")

RETENTION_PAPER = Dated("纸质档案保存年限", Value(_SINCE, 3, our_default("档案保存")), key="exams.retention_paper", unit="年", changeable=True)
RETENTION_ELECTRONIC = Dated(
    "电子档案和录像保存年限", Value(_SINCE, 5, our_default("档案保存")), key="exams.retention_electronic", unit="年", changeable=True
)


@dataclass(frozen=True)
class Deadline:
    """One step and the last day on which it is in time; `provisional` while that year's holidays are not announced."""

    key: str
    title: str
    on: date
    working_days: int
    clause: Clause
    provisional: bool


def deadlines(
    exam_on: date, calendar: Calendar, day: date, *, kind: BodyKind = BodyKind.ENTERPRISE, ends_on: date | None = None
) -> tuple[Deadline, ...]:
    """This function will give every deadline around an exam by the values in force on `day`, in order of the steps.

    Days before count from `exam_on`, days after from `ends_on` (the exam's last day; `exam_on` where not given).
    """
    last = ends_on or exam_on
    before = (
        ("plan", "提交认定计划", PLAN_BEFORE),
        ("registration", "完成报名和资格审核", REGISTRATION_BEFORE),
        ("arrangement", "完成考场编排和人员派遣", ARRANGEMENT_BEFORE),
    )
    after = [
        ("scores", "录入成绩", SCORES_WITHIN),
        ("notice", "开始成绩公示", NOTICE_FROM_WITHIN),
        ("certificates", "发出证书并上报", CERTIFICATES_WITHIN),
        ("archive", "封存档案", ARCHIVE_WITHIN),
    ]
    if kind is not BodyKind.SOCIAL:
        after.insert(2, ("report", "完成结果统计和公示", REPORT_WITHIN))
    found = []
    for key, title, days in before:
        found.append(_deadline(key, title, exam_on, -days.on(day).value, days.on(day).clause, calendar))
    for key, title, days in after:
        found.append(_deadline(key, title, last, days.on(day).value, days.on(day).clause, calendar))
    return tuple(found)


def _deadline(key: str, title: str, start: date, days: int, clause: Clause, calendar: Calendar) -> Deadline:
    on = calendar.add_working_days(start, days)
    return Deadline(key, title, on, days, clause, calendar.is_provisional(on))


@rule("认定计划提前足够时间提交")
def plan_in_time(submitted_on: date, exam_on: date, calendar: Calendar) -> Finding:
    """Whether the plan is handed in early enough; the value is that of the day it is handed in."""
    days = PLAN_BEFORE.on(submitted_on)
    last = calendar.add_working_days(exam_on, -days.value)
    if submitted_on > last:
        return unmet(f"考试日为{exam_on}，计划最迟应在{last}提交（提前{days.value}个工作日），现为{submitted_on}", days.clause)
    return met(f"计划于{submitted_on}提交，不迟于{last}", days.clause)


@rule("报名截止日早于考试足够时间")
def registration_in_time(closes_on: date, exam_on: date, calendar: Calendar, day: date) -> Finding:
    """Whether registration ends early enough for eligibility to be reviewed; the value is that of `day`."""
    days = REGISTRATION_BEFORE.on(day)
    last = calendar.add_working_days(exam_on, -days.value)
    if closes_on > last:
        return unmet(f"考试日为{exam_on}，报名最迟应在{last}截止（提前{days.value}个工作日），现为{closes_on}", days.clause)
    return met(f"报名于{closes_on}截止，不迟于{last}", days.clause)


def notice_until(published_on: date, calendar: Calendar) -> date:
    """This function will give the last day of a public notice of results; a working day of publication is its first day."""
    days = NOTICE_WORKING_DAYS.on(published_on).value
    return calendar.add_working_days(published_on, days - 1 if calendar.is_working_day(published_on) else days)
