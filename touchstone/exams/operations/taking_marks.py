"""采用考评评分: the assessors' marks become the score of the part, candidate by candidate; after that only a re-mark changes them."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Candidate, Plan, Remark, ScoreEntry, Seat, Sitting
from touchstone.exams.operations.outcomes import RowResult, counted, refused
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.scores import open_for_scores
from touchstone.exams.queries.marks import Panel, panels, sheet_of, taken_seats
from touchstone.exams.queries.panel import Stand, conclusion_of, stands_of
from touchstone.exams.states import Part, ScoreSource
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, records
from touchstone.ledger.operations import record


@transaction.atomic
def take_marks(*, plan_number: str, by: Actor, at: datetime) -> list[RowResult]:
    """This function will make the assessors' marks the scores of practical and panel, and tell what became of each candidate.

    What is not all in, or waits for a review, is told and left out; the same score again changes nothing; another replaces the old one with the
    reason of the re-mark. :raises MoveRefused: unless the exam was held and results are not announced. :raises Refusal: where nobody was marked.
    """
    plan = open_for_scores(plan_number, by, at)
    results: list[RowResult] = []
    fresh: list[ScoreEntry] = []
    for sitting in Sitting.objects.filter(plan=plan).exclude(part=Part.THEORY).select_related("plan").order_by("starts_at", "number"):
        if sheet_of(sitting) is not None:
            _of_sitting(sitting, by, at, results, fresh)
    if not results:
        raise Refusal("本计划没有在手机上评分的考生。", RECORD, "请按纸质评分记录登记成绩。")
    _remarked(plan, at)
    Candidate.objects.filter(pk__in={one.candidate_id for one in fresh}).exclude(result="").update(result="", result_findings=[])
    entered = [[one.candidate.ticket_number, one.part, str(one.value)] for one in fresh]
    record("scores.taken_from_assessors", plan.number, by=by, at=at, detail={**counted(results), "scores": len(fresh), "entered": entered[:200]})
    return results


def _of_sitting(sitting: Sitting, by: Actor, at: datetime, results: list[RowResult], fresh: list[ScoreEntry]) -> None:
    label = Part(sitting.part).label
    own = panels(sitting)
    rows = ScoreEntry.objects.select_for_update(of=("self",)).filter(part=sitting.part, replaced_at__isnull=True)
    stands = {one.seat.pk: one for one in stands_of(sitting)} if sitting.part == Part.PANEL else {}
    standing = {one.candidate_id: one for one in rows.filter(candidate__in=[panel.seat.candidate_id for panel in own.values()])}
    for panel in own.values():
        person = panel.seat.candidate
        ticket = person.ticket_number or ""
        if not panel.seat.present:
            continue
        if not panel.markings:
            results.append(refused(ticket, person.name, f"{label}还没有考评人员评分。"))
            continue
        if panel.score.score is None:
            why = "；".join(one.reason for one in panel.score.findings if one.outcome is not Outcome.MET)
            results.append(refused(ticket, person.name, f"{label}：{why}。"))
            continue
        concluded = _concluded(panel, stands.get(panel.seat.pk), sitting)
        if open_ones := [one for one in concluded if one.outcome is Outcome.UNPROVEN]:
            results.append(refused(ticket, person.name, f"{label}：{'；'.join(one.reason for one in open_ones)}。"))
            continue
        results.append(_taken(panel, sitting.part, standing.get(person.pk), concluded, by, at, fresh))


def _concluded(panel: Panel, stand: Stand | None, sitting: Sitting) -> tuple[Finding, ...]:
    """What a panel has concluded beside its marks: nothing of it for a practical exam; a review counts only once its minutes are signed."""
    if sitting.part != Part.PANEL:
        return ()
    return conclusion_of(stand or Stand(panel.seat, None), panel.score.score, sitting.plan.exam_on)


def _taken(
    panel: Panel, part: str, old: ScoreEntry | None, concluded: tuple[Finding, ...], by: Actor, at: datetime, fresh: list[ScoreEntry]
) -> RowResult:
    person, score = panel.seat.candidate, panel.score.score or Decimal(0)
    ticket = person.ticket_number or ""
    if old is not None and old.value == score and old.source == ScoreSource.ASSESSORS:
        return RowResult(ticket, person.name, True, f"{Part(part).label}{score}分，没有变化")
    reason = ""
    if old is not None:
        asked = Remark.objects.filter(seat=panel.seat, closed_at__isnull=True).first()
        reason = f"复核：{asked.reason}"[:200] if asked is not None else "以考评人员评分为准"
        ScoreEntry.objects.filter(pk=old.pk).update(replaced_at=at)
    made = ScoreEntry.objects.create(
        candidate=person, part=part, value=score, source=ScoreSource.ASSESSORS, findings=records((*panel.score.findings, *concluded)),
        entered_by_id=by.user_id, entered_at=at, reason=reason,
    )  # fmt: skip
    fresh.append(made)
    return RowResult(ticket, person.name, True, f"{Part(part).label}{score}分")


def _remarked(plan: Plan, at: datetime) -> None:
    """A re-mark is over when what it came to was taken, changed or not."""
    waiting = Remark.objects.filter(seat__sitting__plan=plan, closed_at__isnull=True)
    standing = ScoreEntry.objects.filter(candidate__plan=plan, source=ScoreSource.ASSESSORS, replaced_at__isnull=True)
    taken = set(standing.values_list("candidate_id", "part"))
    over = [one.pk for one in waiting.select_related("seat__sitting") if (one.seat.candidate_id, one.seat.sitting.part) in taken]
    Remark.objects.filter(pk__in=over).update(closed_at=at)


@transaction.atomic
def ask_remark(*, plan_number: str, ticket: str, part: Part, reason: str, by: Actor, at: datetime) -> Remark:
    """This function will ask the assessors to look again at what they gave a candidate; until it is taken again they may change it with a reason.

    :raises Refusal: without a reason, where their score was not taken yet, or while one is open.
    """
    plan = open_for_scores(plan_number, by, at)
    if not reason.strip():
        raise Refusal("请填写复核理由。", RECORD, "例如“考生对技能考核成绩有异议”。")
    seat = Seat.objects.select_for_update(of=("self",)).select_related("candidate", "sitting").filter(
        sitting__plan=plan, sitting__part=part, candidate__ticket_number=ticket
    ).first()  # fmt: skip
    if seat is None or not taken_seats([seat]):
        raise Refusal("这名考生没有已经采用的考评人员评分。", RECORD, "还没有采用的，考评人员可以自行更正并写明理由。")
    if Remark.objects.filter(seat=seat, closed_at__isnull=True).exists():
        raise Refusal("这名考生的复核正在进行。", RECORD, "请等考评人员核对后再次采用评分。")
    made = Remark.objects.create(seat=seat, reason=reason.strip()[:200], asked_by_id=by.user_id, asked_at=at)
    detail = {"ticket": ticket, "part": part.value, "name": seat.candidate.name}
    record("marks.remark_asked", plan.number, by=by, at=at, reason=made.reason, detail=detail)
    return made
