"""保留成绩查询: which parts has somebody passed before, and which of a plan's candidates need not sit a part?"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from touchstone.catalogue.queries import codes_of
from touchstone.exams.models import KeptScore, Plan, ScoreEntry, VoidedPart
from touchstone.exams.states import Part, PlanState, Result
from touchstone.policy.exams.results import Score, kept_score_still_valid, part_passed

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate

_SETTLED = [PlanState.CONFIRMED, PlanState.CERTIFIED]


def _voided(candidate: OuterRef, part: OuterRef) -> QuerySet[VoidedPart]:
    """What a case has taken away: it counts nowhere, not here and not later."""
    return VoidedPart.objects.filter(candidate=candidate, part=part, undone_at__isnull=True)


def _standing() -> QuerySet[KeptScore]:
    return KeptScore.objects.exclude(Exists(_voided(OuterRef("comes_from"), OuterRef("part"))))


def passed_before(people: Iterable[int], plan: Plan) -> dict[int, dict[Part, ScoreEntry]]:
    """This function will give, by person, the scores that may be kept for a plan: parts passed in an evaluation of the same occupation (under any
    code it has had), trade and level, whose results stand and which was not passed as a whole; the latest of each part."""
    found = ScoreEntry.objects.filter(
        candidate__person__in=list(people),
        candidate__result=Result.FAILED,
        candidate__plan__state__in=_SETTLED,
        candidate__plan__occupation__code__in=codes_of(plan.occupation.code),
        candidate__plan__trade=plan.trade,
        candidate__plan__level=plan.level,
        candidate__plan__exam_on__lt=plan.exam_on,
        replaced_at__isnull=True,
    ).exclude(Exists(_voided(OuterRef("candidate"), OuterRef("part"))))
    kept: dict[int, dict[Part, ScoreEntry]] = {}
    for entry in found.select_related("candidate__plan").order_by("candidate__plan__exam_on", "id"):
        taken_on, part = entry.candidate.plan.exam_on, Part(entry.part)
        score = Score(mark=entry.value, kept_from=taken_on)
        if part_passed(part, score, taken_on).outcome == "met" and kept_score_still_valid(score, plan.exam_on).outcome == "met":
            kept.setdefault(entry.candidate.person_id, {})[part] = entry
    return kept


def kept_scores(plan: Plan) -> dict[int, dict[Part, Score]]:
    """This function will give, by candidate of a plan, the scores kept from earlier that still count on the day of its exam."""
    return _counting(_standing().filter(candidate__plan=plan), lambda candidate: plan.exam_on)


def kept_by_each(candidates: "Iterable[Candidate]") -> dict[int, dict[Part, Score]]:
    """This function will give, by candidate (with their plan), the scores kept from earlier that still count on the day of their exam."""
    days = {one.pk: one.plan.exam_on for one in candidates}
    return _counting(_standing().filter(candidate__in=days), days.__getitem__)


def _counting(kept: QuerySet[KeptScore], exam_on: Callable[[int], date]) -> dict[int, dict[Part, Score]]:
    """Those of some kept scores that still count on the day of their candidate's exam, by candidate."""
    found: dict[int, dict[Part, Score]] = {}
    for candidate, part, value, passed_on in kept.values_list("candidate_id", "part", "value", "passed_on"):
        score = Score(mark=value, kept_from=passed_on)
        if kept_score_still_valid(score, exam_on(candidate)).outcome == "met":
            found.setdefault(candidate, {})[Part(part)] = score
    return found


def kept_by(candidate: "Candidate") -> list[KeptScore]:
    """This function will give the scores a candidate carries from earlier, with where each comes from."""
    rows = _standing().filter(candidate=candidate).select_related("comes_from__plan__body").order_by("id")
    day = candidate.plan.exam_on
    return [one for one in rows if kept_score_still_valid(Score(mark=one.value, kept_from=one.passed_on), day).outcome == "met"]
