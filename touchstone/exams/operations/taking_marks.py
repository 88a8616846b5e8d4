"""采用考评评分: the assessors' marks become the score of the part, candidate by candidate; after that only a re-mark changes them."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Plan, Remark, ScoreEntry, Sitting
from touchstone.exams.operations.outcomes import RowResult, counted, refused
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.remarks import closed
from touchstone.exams.operations.results import stop_notice
from touchstone.exams.operations.scores import open_for_scores, reopen
from touchstone.exams.queries.marks import Panel, panels, sheet_of
from touchstone.exams.queries.panel import Stand, conclusion_of, stands_of
from touchstone.exams.states import Part, PlanState, RemarkWay, ScoreSource
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, records
from touchstone.ledger.operations import record


@transaction.atomic
def take_marks(*, plan_number: str, by: Actor, at: datetime) -> list[RowResult]:
    """This function will make the assessors' marks the scores of practical and panel, and tell what became of each candidate.

    What is not all in, or waits for a review, is told and left out; the same score again changes nothing; another replaces the old one with the
    reason of the re-mark. :raises MoveRefused: unless the exam was held and results are not announced. :raises Refusal: where nobody was marked.
    """
    again = Remark.objects.filter(seat__sitting__plan__number=plan_number, way=RemarkWay.ASSESSORS, closed_at__isnull=True).exists()
    plan = open_for_scores(plan_number, by, at, when_locked=again, announced_too=again)
    results: list[RowResult] = []
    fresh: list[ScoreEntry] = []
    for sitting in Sitting.objects.filter(plan=plan).exclude(part=Part.THEORY).select_related("plan").order_by("starts_at", "number"):
        if sheet_of(sitting) is not None:
            _of_sitting(sitting, by, at, results, fresh)
    if not results:
        raise Refusal("本计划没有在手机上评分的考生。", RECORD, "请按纸质评分记录登记成绩。")
    if fresh and plan.state == PlanState.ANNOUNCED:
        stop_notice(plan, "复核后成绩有变动", by=by, at=at)
    _remarked(plan, by, at)
    reopen(plan, {one.candidate_id for one in fresh})
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


def _remarked(plan: Plan, by: Actor, at: datetime) -> None:
    """A re-mark is over when what it came to was taken, changed or not."""
    rows = Remark.objects.filter(seat__sitting__plan=plan, way=RemarkWay.ASSESSORS, closed_at__isnull=True)
    for one in rows.select_related("seat__sitting__plan", "seat__candidate"):
        own = ScoreEntry.objects.filter(candidate=one.seat.candidate_id, part=one.seat.sitting.part)
        taken = own.filter(source=ScoreSource.ASSESSORS, replaced_at__isnull=True).first()
        if taken is not None:
            former = own.filter(replaced_at=at).order_by("-id").first()
            closed(one, former.value if former else taken.value, taken.value, "考评人员已复核评分", by=by.with_key(""), at=at)
