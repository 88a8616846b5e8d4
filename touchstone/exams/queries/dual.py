"""一考双证查询: by which second standard is an exam judged, which marks count for it, and what did each candidate come to?"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.bodies.queries import enterprise_standards_of, pilot_of
from touchstone.exams.models import Candidate, ElementScore, Plan, SecondOutcome, SecondStandard
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import Part, PlanState, Result
from touchstone.kernel.periods import Period
from touchstone.policy.exams.dual import Element
from touchstone.policy.pilots import PilotKind

if TYPE_CHECKING:
    from touchstone.bodies.models import EnterpriseStandard

SETTABLE = {PlanState.DRAFTED, PlanState.REPORTED}
"""Candidates are to know what they register for: after the review nothing is added or taken away."""


def second_of(plan: Plan) -> SecondStandard | None:
    """This function will give the second standard of a plan; None where there is the national one alone."""
    return SecondStandard.objects.select_related("standard").filter(plan=plan).first()


def elements_of(second: SecondStandard) -> list[Element]:
    """This function will give the elements a plan's second standard is judged by, as rules read them."""
    return read_elements(second.elements)


def read_elements(rows: Sequence[Mapping[str, object]]) -> list[Element]:
    """This function will read elements as they are kept with a standard."""
    return [
        Element(
            name=str(one["name"]),
            takes=Part(str(one["takes"])) if one["takes"] else None,
            weight=int(str(one["weight"])),
            pass_mark=int(str(one["pass_mark"])),
            national=str(one["national"]),
        )
        for one in rows
    ]


def own_elements(second: SecondStandard) -> list[Element]:
    """This function will give the elements that are examined for the second standard alone, and so have marks of their own."""
    return [one for one in elements_of(second) if one.takes is None]


def element_marks(plan: Plan) -> dict[int, dict[str, Decimal]]:
    """This function will give, by candidate, the standing marks of elements examined for the second standard alone."""
    found: dict[int, dict[str, Decimal]] = {}
    rows = ElementScore.objects.filter(candidate__plan=plan, replaced_at__isnull=True).values_list("candidate_id", "element", "value")
    for candidate, element, value in rows:
        found.setdefault(candidate, {})[element] = value
    return found


def second_outcomes(plan: Plan) -> dict[int, SecondOutcome]:
    """This function will give, by candidate, what the marks come to by the second standard; nothing for those whose result is open."""
    found = SecondOutcome.objects.filter(candidate__plan=plan).exclude(candidate__result="")
    return {one.candidate_id: one for one in found}


def second_outcome(candidate: Candidate) -> SecondOutcome | None:
    """This function will give what one candidate's marks come to by the second standard; None while that is open."""
    return SecondOutcome.objects.filter(candidate=candidate).first() if candidate.result else None


def passed_second(plan: Plan) -> list[Candidate]:
    """This function will give the entrants who meet the second standard, in order of ticket."""
    return list(entrants(plan).select_related("second_outcome").exclude(result="").filter(second_outcome__result=Result.PASSED))


def standards_for(plan: Plan) -> "list[EnterpriseStandard]":
    """This function will give the body's own standards that a plan could be judged by as well, where a pilot lets it."""
    if pilot_of(plan.body, PilotKind.DUAL_CERTIFICATES, plan.occupation.code, plan.exam_on) is None:
        return []
    found = enterprise_standards_of(plan.body).filter(occupation_code=plan.occupation.code)
    return [one for one in found if one.grade_at(plan.level) and plan.exam_on in Period(one.since, one.until)]
