"""用于计划: for which plans of the visitor's body may a paper be chosen?"""

from touchstone.exams.queries.plans import plans
from touchstone.exams.states import PlanState
from touchstone.web.doors import Request
from touchstone.web.templatetags.look import day

_BEFORE_THE_RESULT = [PlanState.DRAFTED, PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED, PlanState.HELD]
MOST = 500
"""What a field to choose from can hold; whoever has more plans under way chooses among those that come first."""


def plan_choices(request: Request) -> list[tuple[str, str]]:
    """This function will give the plans of the visitor's body whose result is not out, the next exam first, as a form offers them."""
    found = plans(request.actor).filter(state__in=_BEFORE_THE_RESULT).order_by("exam_on", "pk")[:MOST]
    return [(one.number, f"{one.number} {one.title}（{day(one.exam_on)}）") for one in found]
