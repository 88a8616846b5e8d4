"""机考评分: what a machine can score it scores, what people mark is joined in, and the whole goes to the book of scores by its one door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import ComputerExam, Script
from touchstone.exams.operations.outcomes import RowResult
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.queries.marking import settled, standing_marks
from touchstone.exams.queries.scripts import never_begun, standing_answers
from touchstone.exams.states import Part, PlanState
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.exams.parts import FULL_MARK
from touchstone.questions.answered import by_people, points_won
from touchstone.questions.operations.delivering import DeliveredForm, delivered_form

_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True)
class Waiting:
    """An answer that waits for a marker."""

    script: Script
    position: int
    turn: int


@dataclass(frozen=True)
class Count:
    """What a script comes to so far."""

    machine: Decimal
    people: Decimal
    waiting: tuple[Waiting, ...]


def counted_scripts(scripts: list[Script], at: datetime) -> dict[int, Count]:
    """This function will count scripts of one sitting, by key; it writes nothing. Two queries, and one for each form."""
    answers, marks, forms = standing_answers(scripts), standing_marks(scripts), forms_of(scripts, at)
    return {one.pk: _count(one, forms[one.letter], answers[one.pk], marks, at) for one in scripts}


def forms_of(scripts: Iterable[Script], at: datetime) -> dict[str, DeliveredForm]:
    """This function will give the forms that scripts of one sitting are written from, by letter."""
    papers = {one.letter: one.exam.paper_id for one in scripts}
    return {letter: delivered_form(paper, letter, at) for letter, paper in papers.items()}


def _count(script: Script, form: DeliveredForm, answers: dict[int, Any], marks: dict[tuple[int, int], Any], at: datetime) -> Count:
    machine, people, waiting = Decimal(0), Decimal(0), []
    for position, placed in form.placed.items():
        response = answers.get(position)
        if not by_people(placed.content):
            machine += points_won(placed, response)
        elif response is not None:  # what was left empty is worth nothing, and nobody has to read it
            found = settled(marks.get((script.pk, position), {}), placed, at)
            if found.points is None:
                waiting.append(Waiting(script, position, found.waits_for))
            else:
                people += found.points
    return Count(machine, people, tuple(waiting))


def score_scripts(*, exam_id: int, by: Actor, at: datetime) -> int:
    """This function will score the scripts of a closed sitting whose answers need no (further) marker, and count them. For the platform."""
    permissions.check_may(by, "clock")
    with transaction.atomic():
        own = Script.objects.select_for_update(of=("self",)).select_related("exam")
        waiting = own.filter(exam=exam_id, exam__sitting__closed_at__isnull=False, submitted_at__isnull=False, scored_at__isnull=True)
        scripts = list(waiting.order_by("pk"))
        counted = counted_scripts(scripts, at)
        done = [one for one in scripts if not counted[one.pk].waiting]
        for one in scripts:
            count = counted[one.pk]
            one.machine_points = count.machine
            if not count.waiting:
                one.points, one.scored_at = (count.machine + count.people).quantize(_CENT, ROUND_HALF_UP), at
                record("script.scored", one.number, by=by, at=at, detail={"machine": str(count.machine), "points": str(one.points)})
        Script.objects.bulk_update(scripts, ["machine_points", "points", "scored_at"], batch_size=500)
    return len(done)


def enter_script_scores(*, exam_id: int, by: Actor, at: datetime) -> list[RowResult]:
    """This function will enter the scores of a sitting once all its scripts are scored and the exam was held: by the one operation for scores.

    Nothing before that, and nothing a second time. For the platform.
    """
    permissions.check_may(by, "clock")
    exam = ComputerExam.objects.select_related("sitting__plan").get(pk=exam_id)
    scripts = list(exam.scripts.select_related("exam", "seat__candidate", "seat__sitting__plan"))
    if exam.sitting.plan.state != PlanState.HELD or not scripts or any(one.points is None for one in scripts):
        return []
    have = set(exam.sitting.seats.filter(candidate__scores__part=Part.THEORY).values_list("candidate", flat=True))
    lines = [
        ScoreLine(one.seat.candidate.ticket_number or "", {Part.THEORY: mark_of(one, at)})
        for one in scripts
        if one.seat.present and one.seat.candidate_id not in have
    ]
    return enter_scores(plan_number=exam.sitting.plan.number, lines=lines, by=by, at=at) if lines else []


def mark_of(script: Script, at: datetime) -> Decimal:
    """This function will turn a script's points into a mark out of the full one, to the tenth."""
    total = sum((item.points for item in delivered_form(script.exam.paper_id, script.letter, at).placed.values()), Decimal(0))
    full = FULL_MARK.on(script.seat.sitting.plan.exam_on).value
    return ((script.points or Decimal(0)) * full / total).quantize(_TENTH, ROUND_HALF_UP) if total else Decimal(0)


def score_never_begun(*, sitting_number: str, by: Actor, at: datetime) -> list[RowResult]:
    """This function will enter nought for everybody who signed in to a sitting at the computer and never began, once the exam was held; whoever did
    not come at all is put right by the attendance instead.

    :raises Refusal: where there is nobody of that kind.
    """
    exam = ComputerExam.objects.select_related("sitting__plan").get(sitting__number=sitting_number)
    lines = [ScoreLine(one.candidate.ticket_number or "", {Part.THEORY: Decimal(0)}) for one in never_begun(exam)]
    if not lines:
        raise Refusal("本场没有已签到而没有开始作答的考生。", RECORD, "请刷新页面查看。")
    return enter_scores(plan_number=exam.sitting.plan.number, lines=lines, by=by, at=at)


def exams_to_score() -> list[int]:
    """This function will give the sittings at the computer that are closed, with scripts not scored, or scored and not in the book of scores."""
    closed = ComputerExam.objects.filter(sitting__closed_at__isnull=False)
    unscored = closed.filter(scripts__submitted_at__isnull=False, scripts__scored_at__isnull=True).values_list("pk", flat=True)
    held = closed.filter(sitting__plan__state=PlanState.HELD, scripts__scored_at__isnull=False).exclude(
        scripts__seat__candidate__scores__part=Part.THEORY
    )
    return sorted({*unscored, *held.values_list("pk", flat=True)})
