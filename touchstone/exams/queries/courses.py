"""课证融通查询: which elements need a candidate not sit, what do course units give to each part, and who could still be exempt?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchstone.bodies.queries import pilot_of
from touchstone.bodies.queries.courses import standing_results, taken_back, taught_by
from touchstone.exams.models import Candidate, CourseExam, Exemption, Plan, Seat
from touchstone.exams.queries.kept import kept_scores
from touchstone.exams.states import CandidateState, Part, PlanState
from touchstone.kernel.rules import Finding
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.courses import Credit, Exempt, credit_of, exemptions, result_still_stands
from touchstone.policy.exams.parts import parts_of, plain_mark
from touchstone.policy.exams.results import Score, with_credit
from touchstone.policy.pilots import PilotKind
from touchstone.policy.roles import BodyKind

if TYPE_CHECKING:
    from touchstone.bodies.models import Pilot

SETTABLE = {PlanState.DRAFTED, PlanState.REPORTED}
"""Whoever registers is to see that the exam is a course's as well."""
DECIDABLE = {PlanState.REPORTED, PlanState.REVIEWED}
"""Whoever is exempt is to know before seats are given and the arrangement stands."""
OVER = {PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED, PlanState.CANCELLED}
"""What somebody is exempt from is no longer taken back."""


def pilot_of_plan(plan: Plan) -> "Pilot | None":
    """This function will give the school's pilot of 课证融通 that covers a plan's occupation on the day of its exam; None when there is none."""
    return pilot_of(plan.body, PilotKind.COURSE_AND_CERTIFICATE, plan.occupation.code, plan.exam_on)


def has_courses(plan: Plan) -> bool:
    """This function will say whether course units have anything to do with a plan: a pilot of its school covers it, or did when it was decided."""
    if plan.body.kind != BodyKind.SCHOOL:
        return False
    decided = Exemption.objects.filter(candidate__plan=plan).exists() or CourseExam.objects.filter(plan=plan).exists()
    return decided or pilot_of_plan(plan) is not None


def exemptions_of(plan: Plan) -> dict[int, list[Exemption]]:
    """This function will give the exemptions of a plan that stand, by candidate."""
    return _by_candidate(_standing().filter(candidate__plan=plan))


def exempt_by(candidate: Candidate) -> list[Exemption]:
    """This function will give the exemptions of one candidate that stand."""
    return list(_standing().filter(candidate=candidate))


def exempt_by_each(candidates: Collection[Candidate]) -> dict[int, list[Exemption]]:
    """This function will give the exemptions that stand of candidates of whatever plans, by candidate; one query."""
    return _by_candidate(_standing().filter(candidate__in=candidates))


def _standing() -> QuerySet[Exemption]:
    """Those not taken back, in the order in which they were decided."""
    return Exemption.objects.filter(ended_at__isnull=True).order_by("id")


def _by_candidate(rows: Iterable[Exemption]) -> dict[int, list[Exemption]]:
    found: dict[int, list[Exemption]] = {}
    for one in rows:
        found.setdefault(one.candidate_id, []).append(one)
    return found


def history_of(plan: Plan) -> list[Exemption]:
    """This function will give every exemption of a plan, those taken back too, in order of ticket."""
    found = Exemption.objects.filter(candidate__plan=plan).select_related("candidate", "decided_by__person")
    return list(found.order_by("candidate__ticket_number", "candidate__number", "id"))


def credits_of(plan: Plan) -> dict[int, dict[Part, Credit]]:
    """This function will give what course units give to the parts of a plan's exam, by candidate; one query."""
    return {candidate: credits_by(rows) for candidate, rows in exemptions_of(plan).items()}


def credits_by(rows: Collection[Exemption]) -> dict[Part, Credit]:
    """This function will sum up somebody's exemptions by part."""
    found: dict[Part, list[Exemption]] = {}
    for one in rows:
        found.setdefault(Part(one.part), []).append(one)
    return {part: credit_of(((one.share, one.counts) for one in own), join_words(own)) for part, own in found.items()}


def not_sat(plan: Plan, credits: Mapping[int, Mapping[Part, Credit]] | None = None) -> dict[int, dict[Part, Score]]:
    """This function will give, by candidate, the parts that are not sat, with the scores that count: kept from earlier, or wholly exempt; `credits`
    where the caller has asked for them."""
    found = kept_scores(plan)
    for candidate, parts in (credits_of(plan) if credits is None else credits).items():
        for part, credit in parts.items():
            if credit.is_whole:
                found.setdefault(candidate, {})[part] = with_credit(Score(), credit)
    return found


def missed_after_taking_back(plan: Plan) -> set[tuple[int, Part]]:
    """This function will give the parts that somebody has no seat in, since an exemption was taken back when seats were given already."""
    if PlanState(plan.state) in {PlanState.DRAFTED, *DECIDABLE}:
        return set()
    gone = Exemption.objects.filter(candidate__plan=plan, ended_at__isnull=False).values_list("candidate_id", "part")
    seated = set(Seat.objects.filter(sitting__plan=plan).values_list("candidate_id", "sitting__part")) if gone else set()
    return {(candidate, Part(part)) for candidate, part in gone if (candidate, part) not in seated}


@dataclass(frozen=True)
class Considered:
    """What the rules say of one candidate: the elements that stand exempt, those that could be, and for the others the sentence why not."""

    candidate: Candidate
    standing: list[Exemption]
    could_be: list[Exempt]
    why_not: list[Finding]


def considered(plan: Plan) -> list[Considered]:
    """This function will judge every eligible candidate of a plan by the pilot's map and the course marks that stand; nothing is written (试算)."""
    pilot = pilot_of_plan(plan)
    people = list(Candidate.objects.filter(plan=plan, state=CandidateState.ELIGIBLE).select_related("person").order_by("ticket_number", "number"))
    standing = exemptions_of(plan)
    if pilot is None:
        return [Considered(one, standing.get(one.pk, []), [], []) for one in people]
    taught, parts = taught_by(pilot), parts_of(Level(plan.level), plan.exam_on)
    results, kept = standing_results(pilot, [one.person_id for one in people]), kept_scores(plan)
    here = {one.unit for one in course_exams(plan)}
    lines = []
    for one in people:
        own = {unit: result for unit, result in results.get(one.person_id, {}).items() if unit not in here}
        could, why_not = exemptions(taught, own, parts, list(kept.get(one.pk, {})), plan.exam_on)
        decided = {(each.part, each.element) for each in standing.get(one.pk, [])}
        fresh = [each for each in could if each.taught.part is not None and (each.taught.part.value, each.taught.element) not in decided]
        lines.append(Considered(one, standing.get(one.pk, []), fresh, why_not))
    return lines


def course_exams(plan: Plan) -> list[CourseExam]:
    """This function will give the course units of which a plan's exam is the exam as well."""
    return list(CourseExam.objects.filter(plan=plan).order_by("id"))


def rests_on_what_stands(plan: Plan) -> Finding:
    """This function will find whether every exemption of a plan rests on a course mark that still stands."""
    rows = [(one.candidate, one.course_result) for one in history_of(plan) if one.ended_at is None]
    gone = taken_back([number for _, number in rows]) if rows else set()
    return result_still_stands([candidate.name for candidate, number in rows if number in gone], plan.exam_on)


def told_by_part(rows: Collection[Exemption]) -> list[Mapping[str, object]]:
    """This function will give somebody's exemptions as a page shows them: part by part, how much of it, whether it is sat at all."""
    credits = credits_by(rows)
    return [{"part": part, "credit": credits[part], "rows": [one for one in rows if one.part == part]} for part in Part if part in credits]


def join_words(rows: Collection[Exemption]) -> str:
    """This function will tell somebody's exemptions in a line, as lists and papers do."""
    return "；".join(f"{Part(one.part).label}“{one.element}”{one.share}%（{one.unit}{plain_mark(one.mark)}分）" for one in rows)
