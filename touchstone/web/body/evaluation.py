"""考务页公用: what do the pages of one plan's exam share: the plan, where one is, and which page comes next?"""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from touchstone.exams.queries import plans
from touchstone.exams.queries.courses import has_courses
from touchstone.exams.queries.dual import second_of
from touchstone.exams.queries.results import trade_or_occupation
from touchstone.exams.queries.sittings import plan_parts
from touchstone.exams.states import Part, PlanState
from touchstone.web.doors import Request
from touchstone.web.levels import level_label
from touchstone.web.plan_view import TONES, way

if TYPE_CHECKING:
    from touchstone.exams.models import Plan

_TABS = (
    ("plan_courses", "课证融通"),
    ("arrangement", "考务编排"),
    ("panel", "综合评审"),
    ("attendance", "到考登记"),
    ("scores", "成绩登记"),
    ("dual", "一考双证"),
    ("score_review", "抽查复核"),
    ("remarks", "成绩复核"),
    ("results", "结果与公示"),
)


def own_plan(request: Request, number: str) -> "Plan":
    """This function will give a plan the actor may see. :raises NotAllowed: for another's."""
    return plans.plan(number, request.actor)


def around(plan: "Plan", here: str) -> dict[str, Any]:
    """This function will give what stands around the matter on each page of a plan's exam."""
    state = PlanState(plan.state)
    return {
        "plan": plan,
        "state": state,
        "state_label": state.label,
        "state_tone": TONES[state],
        "occupation": trade_or_occupation(plan),
        "level": level_label(plan.level),
        "way": way(plan),
        "title": f"{dict(_TABS)[here]} {plan.title}",
        "crumbs": [
            {"label": "认定计划", "url": reverse("body:plans")},
            {"label": plan.number, "url": reverse("body:plan", args=[plan.number])},
            {"label": dict(_TABS)[here], "url": ""},
        ],
        "tabs": [
            {"label": label, "url": reverse(f"body:{name}", args=[plan.number]), "active": name == here, "count": None}
            for name, label in _TABS
            if name == here or _has(plan, name)
        ],
    }


def _has(plan: "Plan", name: str) -> bool:
    """Whether a plan has what a page of its exam is about."""
    match name:
        case "panel":
            return Part.PANEL in plan_parts(plan)
        case "dual":
            return second_of(plan) is not None
        case "plan_courses":
            return has_courses(plan)
    return True
