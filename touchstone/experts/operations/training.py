"""培训考核: a course is announced, people enrol, hours and marks are noted, the course is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.experts import permissions
from touchstone.experts.models import Application, Course, Enrolment
from touchstone.experts.operations._case import LAW, NothingToDo, locked_course, locked_member, must_hold, note, words
from touchstone.experts.states import ApplicationState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.queries import made_before
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.experts.training import attended_enough, course_long_enough, exam_passed
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.operations import open_task


@dataclass(frozen=True)
class Result:
    """What is to be noted of somebody in a course."""

    member: str
    hours: int | None
    score: Decimal | None


@dataclass(frozen=True)
class Noted:
    """What came of one result."""

    member: str
    ok: bool
    sentence: str


@transaction.atomic
def announce_course(
    *, title: str, kind: MemberKind, hours: int, begins_on: date, ends_on: date, place: str, seats: int, by: Actor, at: datetime
) -> Course:
    """This function will announce a training with its exam; whoever was admitted to training for this kind may enrol; the same request
    gives the same course.

    :raises Refusal: for too few hours, days out of order or past, no place, no seats.
    """
    permissions.check_may_hold_course(by, recognised_by=kind.recognised_by)
    must_hold([course_long_enough(kind, hours, at.date())], "培训学时不够。", "请按规定学时安排。")
    if begins_on < at.date() or ends_on < begins_on:
        raise Refusal("培训的起止日期不对。", LAW, "开始日不早于今天，结束日不早于开始日。")
    if not 1 <= seats <= 5000:
        raise Refusal("名额应为1到5000之间的整数。", LAW, "请按培训场地填写。")
    number = f"PX{at:%Y}{next_serial(f'course-{at:%Y}'):05d}"  # whoever sends the same form at the same moment waits here
    if before := made_before("course.announced", by):
        return Course.objects.select_related("office").get(number=before)
    course = Course.objects.create(
        number=number,
        office_id=by.office_id,
        title=words(title, "没有填写培训名称。", "例如：2026年第一期车工考评员培训班。")[:120],
        kind=kind,
        hours=hours,
        begins_on=begins_on,
        ends_on=ends_on,
        place=words(place, "没有填写培训地点。", "请写明地址和教室。")[:200],
        seats=seats,
        announced_at=at,
    )
    note("course.announced", course, by=by, at=at, kind=kind.value, begins_on=str(begins_on), seats=seats)
    return course


@transaction.atomic
def enrol(*, course: str, member: str, by: Actor, at: datetime) -> Enrolment:
    """This function will put a member into a course while there are seats and before it begins.

    :raises Refusal: without an admitted application of this kind, on another district's course, too late, full, or a second time.
    """
    found, person = locked_course(course), locked_member(member)
    permissions.check_may_enrol(by, person, found)
    if found.closed_at is not None or at.date() > found.begins_on:
        raise Refusal(f"“{found.title}”已于{found.begins_on}开班，不再接受报名。", LAW, "请报名下一期。")
    if found.office.kind == OfficeKind.DISTRICT_BUREAU and found.office.district != person.district:
        raise Refusal(f"“{found.title}”由{found.office.name}举办，面向本区管理的人员。", LAW, "请报名所在区或市职鉴中心的培训班。")
    if not Application.objects.filter(member=person, kind=found.kind, state=ApplicationState.IN_TRAINING).exists():
        raise Refusal(f"{person.person.name}没有准予参加{found.get_kind_display()}培训考核的申请。", LAW, "请先提出申请，审核通过后再报名。")
    if found.enrolments.filter(member=person).exists():
        raise Refusal(f"{person.person.name}已报名这一期。", LAW, "无需重复报名。")
    if found.enrolments.count() >= found.seats:
        raise Refusal(f"“{found.title}”的{found.seats}个名额已满。", LAW, "请报名下一期。")
    enrolment = Enrolment.objects.create(course=found, member=person, enrolled_at=at)
    note("course.enrolled", found, by=by, at=at, member=person.number)
    return enrolment


@transaction.atomic
def leave_course(*, course: str, member: str, by: Actor, at: datetime) -> None:
    """This function will take a member out of a course before it begins. :raises Refusal: afterwards, or when they are not in it."""
    found, person = locked_course(course), locked_member(member)
    permissions.check_may_enrol(by, person, found)
    if at.date() >= found.begins_on:
        raise Refusal(f"“{found.title}”已经开班，不能取消报名。", LAW, "不能参加的，请告知举办单位，按缺席登记。")
    gone, _ = found.enrolments.filter(member=person).delete()
    if not gone:
        raise NothingToDo("没有这项报名。", LAW, "请刷新页面查看。")
    note("course.left", found, by=by, at=at, member=person.number)


@transaction.atomic
def note_results(*, course: str, results: Sequence[Result], by: Actor, at: datetime, workbook: str = "") -> list[Noted]:
    """This function will note hours and marks of people in a course, with an outcome for each; what is wrong with one does not keep out the others.

    :raises Refusal: before the course begins, and after it is closed.
    """
    found = locked_course(course)
    permissions.check_may_hold_course(by, found)
    if found.closed_at is not None:
        raise Refusal(f"“{found.title}”已办结，成绩不能再改。", LAW, "确有错误的，请联系市职鉴中心说明情况。")
    if at.date() < found.begins_on:
        raise Refusal(f"“{found.title}”还没有开班，不能登记学时和成绩。", LAW, f"请在{found.begins_on}开班后登记。")
    rows = {row.member.number: row for row in found.enrolments.select_related("member__person")}
    outcomes = [_note(found, rows.get(one.member), one, by=by, at=at) for one in results]
    taken = sum(one.ok for one in outcomes)
    note("course.results_noted", found, by=by, at=at, workbook=workbook, noted=taken, refused=len(outcomes) - taken)
    return outcomes


def _note(course: Course, row: Enrolment | None, given: Result, *, by: Actor, at: datetime) -> Noted:
    if row is None:
        return Noted(given.member, False, f"{given.member}不在本期报名名单中。")
    if given.hours is not None and not 0 <= given.hours <= course.hours:
        return Noted(given.member, False, f"实到学时应在0到{course.hours}之间。")
    if given.score is not None and not 0 <= given.score <= 100:
        return Noted(given.member, False, "考核成绩应在0到100之间。")
    if (row.hours_attended, row.score) == (given.hours, given.score):
        return Noted(given.member, True, "未变")
    row.hours_attended, row.score, row.noted_by_id, row.noted_at = given.hours, given.score, by.user_id, at
    row.save(update_fields=["hours_attended", "score", "noted_by", "noted_at"])
    return Noted(given.member, True, "已登记")


@transaction.atomic
def close_course(*, number: str, by: Actor, at: datetime) -> Course:
    """This function will close a course whose results are all noted; those who passed are put before the director to be qualified.

    :raises Refusal: before its last day, or while somebody's hours or mark are missing, each named.
    """
    course = locked_course(number)
    permissions.check_may_hold_course(by, course)
    if course.closed_at is not None:
        raise Refusal(f"“{course.title}”已经办结。", LAW, "无需重复办理。")
    if at.date() < course.ends_on:
        raise Refusal(f"“{course.title}”到{course.ends_on}才结束。", LAW, "请在结束当天或以后办结。")
    rows = list(course.enrolments.select_related("member__person").order_by("id"))
    open_rows = tuple(f"{row.member.person.name}（{row.member.number}）" for row in rows if row.hours_attended is None or row.score is None)
    if open_rows:
        raise Refusal("还有人没有登记学时或成绩，不能办结。", LAW, "缺席的学时和成绩登记为0。", open_rows)
    course.closed_at = at
    course.save(update_fields=["closed_at"])
    passed = [row for row in rows if _passed(MemberKind(course.kind), row, at.date())]
    for application in Application.objects.filter(
        member__in=[row.member_id for row in passed], kind=course.kind, state=ApplicationState.IN_TRAINING
    ).select_related("member__person"):
        title = f"授予{application.get_kind_display()}资格：{application.member.person.name}"
        office, director = application.office_id, Role.DIRECTOR
        open_task(case=application.number, matter="corps.qualify", title=title, office_id=office, role=director, by=by, at=at)
    note("course.closed", course, by=by, at=at, enrolled=len(rows), passed=len(passed))
    return course


def _passed(kind: MemberKind, row: Enrolment, day: date) -> bool:
    found = (attended_enough(kind, row.hours_attended, day), exam_passed(row.score, day))
    return all(one.outcome is Outcome.MET for one in found)
