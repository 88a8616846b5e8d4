"""移送、公开和结案: what was handed over is acknowledged and followed, a decision is published, and the case is closed."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import lift
from touchstone.bodies.queries.restricted import as_read, restrictions_by
from touchstone.enforcement import permissions
from touchstone.enforcement.facts.wording import acts_told, is_public, measures_told
from touchstone.enforcement.models import Case, CaseMeasure, Letter
from touchstone.enforcement.operations._case import ask_officers, locked, note, today, words
from touchstone.enforcement.operations.correcting import rectified
from touchstone.enforcement.operations.effects import TRANSFER
from touchstone.enforcement.states import LADDER, LAW, MEASURE_MOVES, MOVES, STANDS, AppealState, MeasureState, Service, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, must, records
from touchstone.ledger.operations import record
from touchstone.logs.lines import PublicLine
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.clocks import Clock, clock_is_kept, last_day
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.restrictions import Barred, may_be_lifted
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def note_receipt(*, number: str, authority: Authority, receiver: str, on: date, by: Actor, at: datetime) -> CaseMeasure:
    """This function will put down that the authority a case was handed to acknowledged it. :raises NotAllowed: :raises Refusal:"""
    case = locked(number)
    permissions.check_handles(by, case)
    one = _handed(case, authority)
    who = words(receiver, "没有写明收件人。", "请写明收件部门的经办人。")
    letter = Letter.objects.select_for_update().get(number=one.effect)
    if letter.is_served:
        raise Refusal(f"{authority.label}的回执已经登记。", LADDER, "无需重复办理。")
    if not today(letter.issued_at) <= on <= today(at):
        raise Refusal("回执日应在移送书发出至今天之间。", LADDER, "请核对日期。")
    letter.service, letter.served_on, letter.served_at, letter.served_to = Service.SIGNED, on, at, who[:120]
    letter.save()
    in_time = clock_is_kept(Clock.HAND_OVER, today(letter.issued_at), on, False, today(at), calendar())
    note("case.handed_over", case, by=by, at=at, note=f"{authority.label} {who}", letter=letter.number, findings=records([in_time]))
    close_tasks(case=number, matter=TRANSFER, by=by, at=at, outcome="已移送")
    return one


@transaction.atomic
def note_result(*, number: str, authority: Authority, result: str, by: Actor, at: datetime) -> CaseMeasure:
    """This function will put down what the authority did about it. :raises NotAllowed: :raises Refusal: before it was acknowledged."""
    case = locked(number)
    permissions.check_handles(by, case)
    one = _handed(case, authority)
    letter = Letter.objects.get(number=one.effect)
    if not letter.is_served:
        raise Refusal(f"还没有{authority.label}的回执。", LADDER, "请先登记回执。")
    one.outcome, one.done_on = words(result, "没有写明处理结果。", "请写明受理、立案或者不予受理的情况。"), today(at)
    one.move_to(MEASURE_MOVES.check("finish", MeasureState(one.state)))
    note("case.hand_over_answered", case, by=by, at=at, reason=one.outcome, note=authority.label)
    return one


def _handed(case: Case, authority: Authority) -> CaseMeasure:
    one = CaseMeasure.objects.select_for_update().filter(case=case, measure=Measure.HAND_OVER, authority=authority).first()
    if one is None or one.state != MeasureState.RUNNING:
        raise Refusal(f"没有向{authority.label}的移送要办理。", LADDER, "请查看处理决定。")
    return one


@transaction.atomic
def publish_decision(*, number: str, by: Actor, at: datetime) -> Case:
    """This function will publish a served decision of 警告 and above: who, which acts, which measures, when. Nothing of any person.

    :raises NotAllowed: unless by those who handle it. :raises Refusal: before it was served, for a milder one, or twice.
    """
    case = locked(number)
    permissions.check_handles(by, case)
    if case.state not in STANDS or case.served_on is None:
        raise Refusal("决定还没有送达，不能公开。", LADDER, "请先送达。")
    if not is_public(case.decision):
        raise Refusal("警告以上的处理决定才公开。", LADDER, "本案不需要公开。")
    if case.published_at is not None:
        raise Refusal("处理决定已经公开。", LADDER, "无需重复办理。")
    in_time = clock_is_kept(Clock.PUBLISH, case.served_on, today(at), False, today(at), calendar())
    case.published_at = at
    case.save()
    line = {"case": number, "body": case.body.number if case.body else case.party_name, "tier": case.tier, "measures": case.decision}
    told = {"acts": acts_told(case), "measures": measures_told(case.decision, case.terms), "findings": records([in_time])}
    line |= {"sha256": case.sha256}
    record("case.published", number, by=by, at=at, detail=told, public=PublicLine("decision.sanction", line))
    close_tasks(case=number, matter="case_publish", by=by, at=at, outcome="已公开")
    return case


@transaction.atomic
def lift_early(*, number: str, barred: Barred, reason: str, by: Actor, at: datetime) -> int:
    """This function will end early what a decision keeps its body away from: corrected, and a good part of the time over. :raises Refusal:"""
    case, day = locked(number), today(at)
    permissions.check_may_lift(by, case)
    row = restrictions_by(number).filter(barred=barred, lifted_at__isnull=True).first()
    if row is None:
        raise Refusal(f"本案没有限制{barred.label}，或者已经解除。", LADDER, "无需办理。")
    corrected = rectified(case, day).outcome is Outcome.MET
    found = may_be_lifted(as_read(row), corrected, day)
    must(found, "条件具备以后再解除。")
    reason = words(reason, "没有写明解除的理由。", "请写明改正的情况。")
    lifted = lift(case=number, reason=reason, barred=[barred], by=by, at=at)
    note("case.restriction_lifted", case, by=by, at=at, reason=reason, note=barred.label, findings=records([found]))
    return lifted


@transaction.atomic
def close_case(*, number: str, by: Actor, at: datetime) -> Case:
    """This function will close a case all of whose measures are done. :raises NotAllowed: :raises Refusal: naming what is open."""
    case = locked(number)
    permissions.check_handles(by, case)
    state = MOVES.check("close", State(case.state))
    open_ones = [f"{one.get_measure_display()}：{one.get_state_display()}" for one in case.measures.exclude(state=MeasureState.DONE).order_by("id")]
    if case.appeal_state == AppealState.LODGED:
        open_ones.append("申诉正在审查")
    if is_public(case.decision) and case.published_at is None:
        open_ones.append("处理决定还没有公开")
    if open_ones:
        raise Refusal(f"还有{len(open_ones)}项没有完成，不能结案。", LAW, "完成以后再结案。", tuple(open_ones))
    case.closed_at = at
    case.move_to(state)
    note("case.closed", case, by=by, at=at)
    close_tasks(case=number, by=by, at=at, outcome="已结案")
    ask_officers(case, "案件已结案，请归档封存", matter="case_archive", by=by, at=at, due_on=last_day(Clock.ARCHIVE, today(at), calendar()))
    return case
