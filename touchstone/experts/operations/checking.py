"""资格审核: an office returns an application, lets the applicant into training, refuses, and grants the qualification."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.experts import permissions
from touchstone.experts.facts import entrant_of
from touchstone.experts.models import Application, Enrolment, Qualification
from touchstone.experts.operations._case import LAW, locked_application, must_hold, note, words
from touchstone.experts.states import APPLICATION_MOVES, ApplicationState
from touchstone.kernel.periods import add_years
from touchstone.kernel.rules import Finding, records
from touchstone.ledger.numbering import next_serial
from touchstone.parameters.queries import due, in_force
from touchstone.policy.experts.entry import examine
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.experts.training import SUPPLEMENT_WITHIN, VALID_YEARS, attended_enough, exam_passed, result_still_good
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

_SERIES = {
    MemberKind.ASSESSOR: "KP",
    MemberKind.SENIOR_ASSESSOR: "GK",
    MemberKind.INTERNAL_SUPERVISOR: "ND",
    MemberKind.CITY_SUPERVISOR: "SW",
    MemberKind.DISTRICT_SUPERVISOR: "QW",
}
"""How the number of a qualification begins: 考评、高级考评、内督、市级外督、区级外督."""


@transaction.atomic
def return_application(*, number: str, reason: str, by: Actor, at: datetime) -> Application:
    """This function will give an application back to be put right, saying what. :raises WordsMissing: without reason."""
    application = locked_application(number)
    permissions.check_may_check(by, application)
    target = APPLICATION_MOVES.check("return_for_supplement", ApplicationState(application.state))
    application.reason = words(reason, "退回补正没有写明原因。", "请一次写清需要补正的内容。")
    application.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="退回补正")
    due_on = due(SUPPLEMENT_WITHIN, at)
    if application.body is not None:
        title = f"补正{application.get_kind_display()}申请：{application.member.person.name}"
        office, filer = application.body.office_id, Role.BODY_FILER
        open_task(case=number, matter="corps.supplement", title=title, office_id=office, role=filer, by=by, at=at, due_on=due_on)
    note("corps_application.returned", application, by=by, at=at, reason=application.reason, due_on=due_on.isoformat())
    return application


@transaction.atomic
def admit_to_training(*, number: str, by: Actor, at: datetime) -> Application:
    """This function will find that an applicant fulfils the conditions and may be trained and examined.

    :raises Refusal: when a condition is not met today.
    """
    application = locked_application(number)
    permissions.check_may_check(by, application)
    target = APPLICATION_MOVES.check("admit", ApplicationState(application.state))
    findings = examine(entrant_of(application, at.date()), at.date())
    must_hold(findings, "还有条件没有满足，不能准予参加培训考核。", "请退回补正，或者由审批负责人不予认可。")
    application.findings, application.reason = records(findings), ""
    application.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="准予参加培训考核")
    note("corps_application.admitted", application, by=by, at=at)
    return application


@transaction.atomic
def refuse_application(*, number: str, reason: str, by: Actor, at: datetime) -> Application:
    """This function will refuse an application with a reason, which the person is told. :raises WordsMissing: without reason."""
    application = locked_application(number)
    permissions.check_may_decide(by, application)
    target = APPLICATION_MOVES.check("refuse", ApplicationState(application.state))
    application.reason = words(reason, "不予认可没有写明理由。", "请写明理由，理由将告知本人。")
    application.decided_at = at
    application.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="不予认可")
    note("corps_application.refused", application, by=by, at=at, reason=application.reason, clause=str(LAW))
    return application


def training_findings(application: Application, day: date) -> tuple[Finding, ...]:
    """This function will give what the rules find of an applicant's best training since the application was begun."""
    kind = MemberKind(application.kind)
    courses = Enrolment.objects.filter(member=application.member, course__kind=kind, enrolled_at__gte=application.begun_at).select_related("course")
    best = courses.filter(course__closed_at__isnull=False).order_by("-score", "-course__ends_on").first()
    found = (attended_enough(kind, best.hours_attended if best else None, day), exam_passed(best.score if best else None, day))
    return (*found, result_still_good(best.course.ends_on, day)) if best else found


@transaction.atomic
def grant_qualification(*, number: str, by: Actor, at: datetime) -> Qualification:
    """This function will grant what was applied for, numbered and for the term in force; a further term follows on the old one without a gap.

    :raises Refusal: when training, exam or a condition is not met, each named.
    """
    application = locked_application(number)
    permissions.check_may_decide(by, application)
    target = APPLICATION_MOVES.check("qualify", ApplicationState(application.state))
    day, kind = at.date(), MemberKind(application.kind)
    findings = (*examine(entrant_of(application, day), day), *training_findings(application, day))
    must_hold(findings, "培训、考核或条件没有全部达到，不能授予资格。", "请等待培训班办结登记成绩；考核不合格的，可以参加下一期。")
    since = _begins(application, day)
    qualification = Qualification.objects.create(
        number=f"{_SERIES[kind]}31{at:%Y}{next_serial(f'qualification-{kind}-{at:%Y}'):05d}",
        member=application.member,
        kind=kind,
        occupation=application.occupation,
        highest_level=application.highest_level,
        body=application.member.body if kind is MemberKind.INTERNAL_SUPERVISOR else None,
        office=application.office,
        application=application,
        since=since,
        until=add_years(since, in_force(VALID_YEARS, day).value),
    )
    application.findings, application.decided_at, application.reason = records(findings), at, ""
    application.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="授予资格")
    detail = {"qualification": qualification.number, "since": str(since), "until": str(qualification.until)}
    note("corps_application.qualified", application, by=by, at=at, **detail)
    return qualification


def _begins(application: Application, day: date) -> date:
    held = Qualification.objects.filter(number=application.claims.get("renews", "")).values_list("until", flat=True).first()
    return max(held, day) if held else day
