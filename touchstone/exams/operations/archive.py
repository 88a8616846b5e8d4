"""评价档案办理: an archive is opened when it is owed, bound in five volumes, sealed for good, and added to when something is corrected."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.bodies.operations import check_left_alone
from touchstone.exams import permissions
from touchstone.exams.models import Archive, Plan
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.archive import counted_from, volumes_now
from touchstone.exams.queries.results import result_counts
from touchstone.exams.states import ARCHIVE_MOVES, ArchiveState, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.archive import Carrier, Volume, all_volumes_are_bound, kept_until, lacks_are_explained, sealed_by, sealed_in_time
from touchstone.policy.roles import BodyKind, Role
from touchstone.policy.supervision.records import Frozen
from touchstone.tasks.operations import close_tasks, open_task, send_copy

MATTER, LATE = "archive", "archive_late"


def owe_archive(plan: Plan, *, by: Actor, at: datetime) -> Archive:
    """This function will put an archive on the list of what a body owes, with the day by which it is sealed; there is one already, that one is given.

    It is part of the operation by which the evaluation came to its end, and writes no ledger line of its own.
    """
    found = Archive.objects.filter(plan=plan).order_by("-version").first()
    if found is not None:
        return found
    due = sealed_by(plan.exam_on, calendar(), localtime(at).date())
    number = f"DA{at:%Y}{next_serial(f'archive-{at:%Y}'):06d}"
    made = Archive.objects.create(number=number, plan=plan, due_on=due, begun_at=at)
    title = f"{plan.title}：请汇编并封存评价档案"
    open_task(case=number, matter=MATTER, title=title, office_id=plan.body.office_id, role=Role.BODY_PLANNER, by=by, at=at, due_on=due)
    return made


@transaction.atomic
def remind_late_archive(*, number: str, by: Actor, at: datetime) -> bool:
    """This function will put an archive that should have been sealed before the head of the body, as a task, and show it to the office that
    supervises the body; once each. It says whether anything was new.
    """
    archive = locked(number)
    permissions.check_may(by, "bind_archive", archive.plan)
    day = localtime(at).date()
    if archive.state == ArchiveState.SEALED or archive.due_on >= day or archive.reminded_at is not None:
        return False
    archive.reminded_at = at
    archive.save(update_fields=["reminded_at"])
    body, finding = archive.plan.body, sealed_in_time(counted_from(archive), None, calendar(), day)
    title = f"{archive.plan.title}：评价档案已过封存期限"
    open_task(case=number, matter=LATE, title=title, office_id=body.office_id, role=Role.BODY_LEADER, by=by, at=at, due_on=archive.due_on)
    office = district_bureau(body.district) if permissions.has_district(BodyKind(body.kind)) else city_centre()
    send_copy(case=number, title=f"{body.name}：{title}", office_id=office.pk, words=finding.reason, by=by, at=at)
    record("archive.overdue", number, by=by, at=at, detail={"plan": archive.plan.number, "findings": records([finding])})
    return True


@transaction.atomic
def begin_archive(*, plan_number: str, by: Actor, at: datetime) -> Archive:
    """This function will begin the archive of an evaluation that came to its end before archives were kept here.

    :raises Refusal: while the evaluation is not over.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("body").get(number=plan_number)
    permissions.check_may(by, "keep_archive", plan)
    _check_over(plan)
    made = owe_archive(plan, by=by, at=at)
    record("archive.begun", made.number, by=by, at=at, detail={"plan": plan.number, "due_on": made.due_on.isoformat()})
    return made


def _check_over(plan: Plan) -> None:
    ended_without = plan.state == PlanState.CONFIRMED and result_counts(plan)["passed"] == 0
    if plan.state != PlanState.CERTIFIED and not ended_without:
        label = PlanState(plan.state).label
        raise Refusal(f"计划当前为“{label}”，评价还没有办完，不能归档。", RECORD, "核发证书后（没有合格人员的，公示期满后）归档。")


@transaction.atomic
def compile_archive(*, number: str, reason: str = "", by: Actor, at: datetime) -> Archive:
    """This function will have the five volumes bound, anew where they were already, with a reason; the queue does it.

    :raises Refusal: while the evaluation is not over; bound anew without a reason; sealed; frozen for an office.
    """
    archive = locked(number)
    permissions.check_may(by, "keep_archive", archive.plan)
    state = ARCHIVE_MOVES.check("compile_archive", ArchiveState(archive.state))
    check_left_alone(by=by, thing=Frozen.ARCHIVE, reference=number)
    _check_over(archive.plan)
    if archive.state == ArchiveState.COMPILED and not reason.strip():
        raise Refusal("重新汇编须写明理由。", RECORD, "例如：补登了考场情况、更正了登记。")
    archive.compilation += 1
    archive.asked_at, archive.asked_by_id = at, by.user_id
    archive.fault, archive.reason = "", reason.strip()[:200] or archive.reason
    archive.move_to(state)
    record("archive.compiling", number, by=by, at=at, reason=reason.strip(), detail={"compilation": archive.compilation})
    return archive


@transaction.atomic
def seal_archive(*, number: str, statement: str, by: Actor, at: datetime) -> Archive:
    """This function will seal an archive: its volumes are fixed by their fingerprints, and its years of keeping begin.

    :raises Refusal: while a volume is not there, or what is lacking is not explained.
    """
    archive = locked(number)
    permissions.check_may(by, "seal_archive", archive.plan)
    state = ARCHIVE_MOVES.check("seal_archive", ArchiveState(archive.state))
    bound, today = volumes_now(archive), localtime(at).date()
    whole = all_volumes_are_bound([Volume(one.volume) for one in bound])
    must(whole, "请先汇编五卷。")
    explained = lacks_are_explained(archive.lacking, statement, today)
    must(explained, "请在备考说明中写明。")
    timely = sealed_in_time(counted_from(archive), today, calendar(), today)
    archive.statement, archive.sealed_at, archive.sealed_by_id = statement.strip(), at, by.user_id
    archive.paper_until, archive.electronic_until = kept_until(today, Carrier.PAPER), kept_until(today, Carrier.ELECTRONIC)
    archive.findings = records([whole, explained, timely])
    archive.move_to(state)
    detail = {"volumes": {one.volume: one.sha256 for one in bound}, "compilation": archive.compilation, "findings": archive.findings}
    record("archive.sealed", number, by=by, at=at, reason=archive.statement, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome="已封存")
    return archive


@transaction.atomic
def amend_archive(*, number: str, reason: str, by: Actor, at: datetime) -> Archive:
    """This function will open a further version beside a sealed archive, because something was corrected since; the sealed one stays as it is.

    :raises Refusal: without a reason, while it is not sealed, or while a further version is open already.
    """
    sealed = locked(number)
    permissions.check_may(by, "keep_archive", sealed.plan)
    if sealed.state != ArchiveState.SEALED:
        raise Refusal("档案还没有封存，不需要另立补充卷。", RECORD, "请重新汇编，并写明理由。")
    if not reason.strip():
        raise Refusal("补充归档须写明理由。", RECORD, "例如：证书撤销、成绩更正后补充材料。")
    last = Archive.objects.filter(plan=sealed.plan).order_by("-version")[0]
    if last.state != ArchiveState.SEALED:
        raise Refusal(f"已有补充档案{last.number}没有封存。", RECORD, "请先办完该份补充档案。")
    first = Archive.objects.get(plan=sealed.plan, version=1)
    today, version = localtime(at).date(), last.version + 1
    due = sealed_by(today, calendar(), today)
    made = Archive.objects.create(
        number=f"{first.number}-{version}", plan=sealed.plan, version=version, reason=reason.strip()[:200], due_on=due, begun_at=at
    )
    title, office = f"{sealed.plan.title}：请汇编并封存补充档案", sealed.plan.body.office_id
    open_task(case=made.number, matter=MATTER, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=due)
    record("archive.amended", made.number, by=by, at=at, reason=made.reason, detail={"after": last.number})
    return made


def locked(number: str) -> Archive:
    """This function will give an archive, held until the transaction ends. :raises Refusal: where there is none."""
    found = (
        Archive.objects.select_for_update(of=("self",)).select_related("plan__body", "plan__occupation", "plan__trade").filter(number=number).first()
    )
    if found is None:
        raise Refusal("没有这份评价档案。", RECORD, "请核对档号，或返回档案列表查找。")
    return found
