"""协会入选: an association whose evaluation moves among the social ones is selected for its projects without a call.

`通知 三(一)2`: its body and its projects are to be taken in; the project itself must have been selected as any other (the first gate).
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls import permissions
from touchstone.calls.models import Project, Selection
from touchstone.calls.queries.selections import selections_of
from touchstone.calls.states import ProjectState
from touchstone.kernel.periods import add_months
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.calls.terms import LAW, SELECTION_MONTHS

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


@transaction.atomic
def select_association(*, body: "Body", projects: list[int], case: str, by: Actor, at: datetime) -> list[Selection]:
    """This function will select a body for projects (by key) on the strength of the case by which it moves; those it is selected for stay so.

    :raises NotAllowed: unless by the director of 市职鉴中心.
    """
    permissions.check_may(by, "select_association")
    day = at.date()
    known = set(selections_of(body, day).values_list("project_id", flat=True))
    made = []
    for project in Project.objects.filter(pk__in=projects, state=ProjectState.SELECTED).exclude(pk__in=known).order_by("id"):
        until = add_months(day, in_force(SELECTION_MONTHS, day).value)
        ground = f"行业协会企业评价项目纳入社会化（{case}）"
        made.append(Selection.objects.create(body=body, project=project, selected_on=day, until=until, ground=ground))
        detail = {"body": body.number, "case": case, "until": until.isoformat(), "clause": str(LAW)}
        record("association.selected", project.number, by=by.with_key(""), at=at, detail=detail)
    return made
