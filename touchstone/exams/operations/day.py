"""场次当日: a sitting is opened by its internal supervisor (逢考必督), candidates sign in, and it is closed."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Script, Seat, SignIn, Sitting
from touchstone.exams.operations.plan_checks import check_held_while_suspended, check_not_stopped
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.serving import Duty
from touchstone.exams.queries.sittings import where_and_when
from touchstone.exams.states import Part, PlanState, SittingPhase
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.exams.day import identity_is_checked, in_time_to_enter, may_open_now, supervisor_is_there

SUPERVISION = notice("三(三)1")


@transaction.atomic
def open_sitting(*, sitting_number: str, by: Actor, at: datetime, identity: str = "") -> Sitting:
    """This function will open a sitting: its internal supervisor acts, or a planner who let the supervisor in and checked `identity` (a key of
    `IDENTITY_PROOFS`).

    :raises Refusal: without the supervisor, or outside the minutes laid down. :raises MoveRefused: unless settled and not yet opened.
    """
    sitting = locked_sitting(sitting_number)
    serves = permissions.check_may_serve(by, "open_sitting", sitting)
    check_settled(sitting, at)
    if sitting.phase is not SittingPhase.PLANNED:
        raise MoveRefused(f"本场{sitting.phase.label}，不能再次开考。", RECORD, "请在本场页面继续办理。")
    day, supervisor = localtime(at).date(), sitting.supervisor.name if sitting.supervisor else ""
    check_held_while_suspended(sitting.plan, day)
    in_person = Duty.SUPERVISES in serves
    found = [
        supervisor_is_there(where_and_when(sitting), supervisor, in_person, identity, day),
        may_open_now(at, sitting.starts_at, sitting.ends_at, day),
    ]
    for finding, step in zip(found, ("请督导员本人在手机上开考，或由考务经办人核验其身份证件后开考。", "请按编排的时间开考。"), strict=True):
        must(finding, step)
    sitting.opened_at, sitting.opened_by_id, sitting.opened_on = at, by.user_id, "" if in_person else identity
    sitting.save(update_fields=["opened_at", "opened_by", "opened_on"])
    detail = {"sitting": sitting.number, "supervisor": supervisor, "in_person": in_person, "findings": records(found)}
    record("sitting.opened", sitting.plan.number, by=by, at=at, detail=detail)
    return sitting


@transaction.atomic
def close_sitting(*, sitting_number: str, by: Actor, at: datetime, reason: str = "") -> Sitting:
    """This function will close an open sitting: every seat is noted, and its hour is over or `reason` says why it ends early.

    :raises Refusal: naming what is missing. :raises MoveRefused: unless it is open.
    """
    sitting = locked_sitting(sitting_number)
    permissions.check_may_serve(by, "close_sitting", sitting)
    check_open(sitting)
    if writing := Script.objects.filter(seat__sitting=sitting, submitted_at__isnull=True).count():
        raise Refusal(f"还有{writing}份答卷没有交卷。", RECORD, "请等候考生交卷；时间到后平台会自动交卷。")
    unnoted = Seat.objects.filter(sitting=sitting, present__isnull=True).count()
    if unnoted:
        raise Refusal(f"还有{unnoted}个座位没有登记到考或缺考。", RECORD, "请补齐到考登记后再结束本场。")
    if at < sitting.ends_at and not reason.strip():
        raise Refusal(f"本场应到{localtime(sitting.ends_at):%H:%M}结束。", RECORD, "确需提前结束的，请写明原因，例如考生全部交卷。")
    sitting.closed_at, sitting.closed_by_id = at, by.user_id
    sitting.save(update_fields=["closed_at", "closed_by"])
    counts = {"seats": sitting.seats.count(), "absent": sitting.seats.filter(present=False).count()}
    record("sitting.closed", sitting.plan.number, by=by, at=at, reason=reason.strip(), detail={"sitting": sitting.number, **counts})
    return sitting


@transaction.atomic
def sign_in(
    *, sitting_number: str, ticket: str, identity: str, by: Actor, at: datetime, scanned: bool = False, device: str = ""
) -> Seat:
    """This function will let a candidate in by ticket number, identity checked by a proof of `IDENTITY_PROOFS`, with the browser that keeps the mark
    `device`. Done twice, it has the effect of one.

    :raises Refusal: for a ticket of another room, without a proof, too late, or where the candidate is noted absent.
    """
    sitting = locked_sitting(sitting_number)
    serves = permissions.check_may_serve(by, "sign_in", sitting)
    check_open(sitting)
    day = localtime(at).date()
    seat = seat_of(sitting, ticket)
    if seat.present:
        return seat
    if seat.candidate.disqualified_by:
        reason = f"{seat.candidate.name}的资格已经取消（案件{seat.candidate.disqualified_by}），不能参加考试。"
        raise Refusal(reason, RECORD, "本人不服的，可以按处理决定书申诉。")
    proof = identity_is_checked(identity, day)
    must(proof, "请核对考生证件，选择所核验的证件后再登记。")
    if seat.present is False:
        raise Refusal(f"{seat.candidate.name}已登记为缺考。", RECORD, "确已到考的，请用“更正到考”并写明理由。")
    must(in_time_to_enter(at, sitting.starts_at, day), "请告知考生，并在考场情况记录中注明。")
    how = SignIn.How.SCANNED if scanned else SignIn.How.TYPED
    # an assessor who is sent goes from body to body with one telephone: it says nothing of where a body's own people sign in
    device = "" if Duty.JUDGES in serves else device
    note_present([(seat, True)], how=how, identity=identity, reason="", device=device, by=by, at=at)
    detail = {"ticket": ticket, "seat": seat.seat_number, "how": how.value, "findings": records([proof])}
    record("sitting.signed_in", sitting.number, by=by, at=at, detail=detail)
    return seat


@transaction.atomic
def correct_sign_in(*, sitting_number: str, ticket: str, present: bool, reason: str, by: Actor, at: datetime) -> Seat:
    """This function will put a new fact in the place of who came or did not; the old one is kept beside it, until the exam is declared over.

    :raises Refusal: without a reason, or where nothing changes.
    """
    sitting = locked_sitting(sitting_number)
    permissions.check_may_serve(by, "close_sitting", sitting)
    check_settled(sitting, at)
    seat = seat_of(sitting, ticket)
    if not reason.strip():
        raise Refusal("请填写更正理由。", RECORD, "理由与原登记一并保存，检查时可查。")
    if seat.present is None:
        raise Refusal(f"{seat.candidate.name}还没有登记，不需要更正。", RECORD, "请直接登记到考或缺考。")
    if seat.present is present:
        raise Refusal(f"{seat.candidate.name}已经登记为{'到考' if present else '缺考'}。", RECORD, "无需更正。")
    note_present([(seat, present)], how=SignIn.How.LISTED, identity="", reason=reason.strip(), by=by, at=at)
    detail = {"ticket": ticket, "present": present}
    record("sitting.sign_in_corrected", sitting.number, by=by, at=at, reason=reason.strip(), detail=detail)
    return seat


def note_present(
    seats: list[tuple[Seat, bool]], *, how: SignIn.How, identity: str, reason: str, by: Actor, at: datetime, device: str = ""
) -> None:
    """This function will write who came as facts, the standing ones replaced, and let the seats follow. The caller checks and records."""
    SignIn.objects.filter(seat__in=[seat for seat, _ in seats], replaced_at__isnull=True).update(replaced_at=at)
    SignIn.objects.bulk_create(
        (
            SignIn(
                seat=seat, present=present, how=how, identity=identity, device=device, noted_at=at, noted_by_id=by.user_id, reason=reason[:200]
            )
            for seat, present in seats
        ),
        batch_size=1000,
    )
    for seat, present in seats:
        seat.present, seat.noted_at = present, at
    Seat.objects.bulk_update([seat for seat, _ in seats], ["present", "noted_at"], batch_size=1000)


def locked_sitting(number: str) -> Sitting:
    """This function will give a sitting, held until the transaction ends. :raises Sitting.DoesNotExist:"""
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("plan__body", "plan__scope_item__filing", "room", "supervisor")
    return rows.get(number=number)


def check_open(sitting: Sitting) -> None:
    """This function will let pass a sitting that is opened and not closed. :raises MoveRefused:"""
    if sitting.phase is SittingPhase.PLANNED:
        raise MoveRefused("本场还没有开考。", SUPERVISION, "请先由内部质量督导员到场开考。")
    if sitting.phase is SittingPhase.CLOSED:
        raise MoveRefused("本场已经结束。", RECORD, "需要更正到考情况的，请用“更正到考”并写明理由。")


def check_settled(sitting: Sitting, at: datetime) -> None:
    """This function will let pass a sitting of a plan that is settled and not yet over. :raises MoveRefused:"""
    if sitting.plan.state != PlanState.ARRANGED:
        state = PlanState(sitting.plan.state).label
        raise MoveRefused(f"计划当前为“{state}”，不能办理考试当日的事项。", RECORD, "考务确认后、考试结束确认前可以办理。")
    check_not_stopped(sitting.plan, localtime(at).date())


def seat_of(sitting: Sitting, ticket: str) -> Seat:
    """This function will give the seat of a ticket in a sitting. :raises Refusal: who stands at the wrong door is told where to go."""
    own = Seat.objects.select_related("candidate", "sitting__room").filter(candidate__ticket_number=ticket, sitting__plan=sitting.plan)
    found = {seat.sitting_id: seat for seat in own.order_by("sitting__starts_at")}
    if sitting.pk in found:
        return found[sitting.pk]
    if not found:
        raise Refusal(f"没有准考证号为“{ticket}”的考生。", RECORD, "请核对准考证号，或查看考生是否属于别的计划。")
    places = "；".join(f"{Part(seat.sitting.part).label}在{where_and_when(seat.sitting)}，{seat.seat_number}号座" for seat in found.values())
    raise Refusal(f"准考证号{ticket}不在本场次。", RECORD, f"该考生的座位：{places}。")
