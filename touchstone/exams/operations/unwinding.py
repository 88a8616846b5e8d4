"""收尾撤销: an end was undone; plans stand as before, and of the candidates another body took over, who comes back and who stays?"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Candidate, Moved, Plan, PlanFate, Seat, Sitting, WindingDown
from touchstone.exams.operations.arranging import ask_to_arrange, ask_to_close
from touchstone.exams.operations.payments import bring_fee_back
from touchstone.exams.operations.plan_report import ask_to_register
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.replacing import answered
from touchstone.exams.operations.winding import END, REPLACE, check_platform
from touchstone.exams.queries.winding import acted_on
from touchstone.exams.states import MOVES, CandidateState, Fate, PlanState
from touchstone.filings.queries.ended import termination
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.operations import record
from touchstone.policy.filing.ending import comes_back
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def unwind(*, termination_number: str, by: Actor, at: datetime) -> int:
    """This function will put the plans of an undone end back to where they stood and count them. Candidates come back whom another body took
    over and has not acted on; the others stay there, each with the reason.

    :raises NotAllowed: unless by the platform. :raises Refusal: while the end stands.
    """
    check_platform(by)
    ended = termination(termination_number, by)
    if ended.undone_at is None:
        raise Refusal(f"终止决定{termination_number}没有撤销。", END, "先撤销终止，再恢复认定计划。")
    winding = WindingDown.objects.select_for_update().filter(termination=ended, undone_at__isnull=True).first()
    if winding is None:
        return 0
    winding.undone_at = at
    winding.save(update_fields=["undone_at"])
    fates = list(winding.fates.select_related("plan", "offered_to").order_by("id"))
    for one in fates:
        _put_back(one, locked(one.plan.number), by=by, at=at)
    return len(fates)


def _put_back(fate: PlanFate, plan: Plan, *, by: Actor, at: datetime) -> None:
    offered, fate.undone_at = fate.offered_to, at
    waiting = offered if fate.fate == Fate.TO_REPLACE else None
    if waiting is not None:
        fate.offered_to, fate.answer = None, f"{waiting.body.name}：终止已撤销，不再需要答复"
    fate.save(update_fields=["undone_at", "offered_to", "answer"])
    if waiting is not None:
        answered(waiting, "终止已撤销，不再转入", by=by, at=at)
        record("plan.offer_lapsed", waiting.number, by=by, at=at, reason=f"{plan.body.name} {plan.number}的终止已撤销，不再转入")
    back, stay = _bring_back(fate, plan, by=by, at=at)
    _restore(plan, fate, bool(back), at)
    close_tasks(case=plan.number, matter=REPLACE, by=by, at=at, outcome="终止已撤销")
    _ask_again(plan, by=by, at=at)
    said = f"终止决定{fate.winding.termination.number}已撤销"
    if back or stay:
        said += f"；已转出的考生{back}人转回，{stay}人留在接收机构"
    record("plan.wind_down_undone", plan.number, by=by, at=at, reason=said, detail={"state": plan.state, "returned": back, "stayed": stay})


def _bring_back(fate: PlanFate, plan: Plan, *, by: Actor, at: datetime) -> tuple[int, int]:
    """Count who came back and who stays with the receiving bodies."""
    moved = list(fate.moved.filter(became__isnull=False).select_related("candidate", "became__plan").order_by("id"))
    targets = {one.became.plan_id: locked(one.became.plan.number) for one in moved if one.became}
    returned: dict[int, list[Moved]] = {}
    for one in moved:
        assert one.became is not None
        found = comes_back(acted_on(one.became, targets[one.became.plan_id]), plan.exam_on, localtime(at).date())
        one.undoing = found.as_record()
        if found.outcome is Outcome.MET:
            one.returned_at = at
            returned.setdefault(one.became.plan_id, []).append(one)
            _swap(one, found.reason, by=by, at=at)
        one.save(update_fields=["undoing", "returned_at"])
    for pk, rows in returned.items():
        reason = f"终止已撤销，{len(rows)}名尚未办理的考生转回{plan.body.name}"
        detail = {"to": plan.number, "candidates": [one.became.number for one in rows if one.became]}
        record("plan.candidates_returned", targets[pk].number, by=by, at=at, reason=reason, detail=detail)
    back = sum(len(rows) for rows in returned.values())
    return back, len(moved) - back


def _swap(one: Moved, reason: str, *, by: Actor, at: datetime) -> None:
    """The candidacy at the receiving body is withdrawn, the former one stands as it did."""
    former, there = one.candidate, one.became
    assert there is not None
    there.state = CandidateState.WITHDRAWN
    there.save(update_fields=["state"])
    former.state = one.before or (CandidateState.ELIGIBLE if former.satisfied_condition else CandidateState.REGISTERED)
    former.save(update_fields=["state"])
    bring_fee_back(there, former, at=at)
    for number, other in ((former.number, there.number), (there.number, former.number)):
        record("candidate.returned", number, by=by, at=at, reason=reason, detail={"other": other, "state": former.state})


def _restore(plan: Plan, fate: PlanFate, came_back: bool, at: datetime) -> None:
    """A plan that only the end had cancelled stands again where it stood, if it still has candidates; rooms and seats are arranged anew where
    they may have been given away, where somebody is gone, or where the day has passed."""
    before = PlanState(fate.before)
    if plan.state == PlanState.CANCELLED and (fate.fate == Fate.CANCELLED or (fate.fate == Fate.REPLACED and came_back)):
        verb = {PlanState.DRAFTED: "restore_draft", PlanState.REPORTED: "restore_reported"}.get(before, "restore_reviewed")
        _clear(Sitting.objects.filter(plan=plan, opened_at__isnull=True))
        plan.move_to(MOVES.check(verb, PlanState.CANCELLED))
    elif plan.state == PlanState.ARRANGED and fate.fate == Fate.TO_REPLACE:
        gone = Candidate.objects.filter(plan=plan, seats__isnull=False).exclude(state=CandidateState.ELIGIBLE).exists()
        if gone or plan.exam_on <= localtime(at).date():
            plan.move_to(MOVES.check("restore_reviewed", PlanState.ARRANGED))


def _clear(sittings: Iterable[Sitting]) -> None:
    for one in sittings:
        Seat.objects.filter(sitting=one).delete()
        one.delete()


def _ask_again(plan: Plan, *, by: Actor, at: datetime) -> None:
    """Put before the body what is owed of a plan in the state it stands in."""
    match PlanState(plan.state):
        case PlanState.REPORTED:
            ask_to_register(plan, by=by, at=at)
        case PlanState.REVIEWED:
            ask_to_arrange(plan, by=by, at=at)
        case PlanState.ARRANGED:
            ask_to_close(plan, by=by, at=at)
