"""入选情况: for which projects was a body selected, and did a line of its scope pass the gates before an application?"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.calls.models import Project, Selection
from touchstone.calls.states import ProjectState
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding
from touchstone.policy.calls.gates import GateFacts, SelectionFacts, gates_passed
from touchstone.policy.eligibility.levels import Level
from touchstone.tasks.queries import cases_owing

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.catalogue.models import Occupation, Trade


def selections_of(body: "Body", day: date | None = None) -> QuerySet[Selection]:
    """This function will give the selections of a body (those good on `day`, when named), by project."""
    found = Selection.objects.filter(body=body).order_by("project_id", "id")
    found = found.select_related("project__occupation", "project__trade", "application__lot__call")
    if day is None:
        return found
    return found.filter(selected_on__lte=day, until__gt=day, ended_on__isnull=True)


def selections(actor: Actor) -> QuerySet[Selection]:
    """This function will give who is or was selected for what, the latest first: an office sees all of it, for results are public; nobody else."""
    if not actor.is_authority and not actor.is_platform:
        return Selection.objects.none()
    found = Selection.objects.select_related("body", "project__occupation", "project__trade", "application__lot__call")
    return found.order_by("-selected_on", "-id")


def lapsing(day: date) -> list[int]:
    """This function will give the selections that ran out on `day` or before and whose body still owes its application to be filed."""
    over = Selection.objects.filter(until__lte=day, ended_on__isnull=True, application__isnull=False)
    owing = cases_owing("selection.file")
    return list(over.filter(application__number__in=owing).order_by("id").values_list("pk", flat=True))


def passed_gates(body: "Body", occupation: "Occupation", trade: "Trade | None", level: Level, day: date) -> Finding:
    """This function will find whether a line of a social body's scope passed the two gates before its application."""
    standing = [ProjectState.SELECTED, ProjectState.RETIRED]  # a project no longer called for keeps those selected before
    same_trade = Q(trade__name=trade.name) if trade else Q(trade__isnull=True)
    projects = Project.objects.filter(same_trade, occupation__code=occupation.code, state__in=standing)
    chosen = Selection.objects.filter(body=body, project__in=projects).select_related("project").order_by("id")
    facts = GateFacts(
        title=f"{occupation.name}（{trade.name}）" if trade else occupation.name,
        level=int(level),
        level_label=level.label,
        project_selected=projects.exists(),
        selections=tuple(
            SelectionFacts(
                one.project.number, frozenset(one.project.levels), Period(one.selected_on, one.ended_on or one.until), one.ended_because
            )
            for one in chosen
        ),
    )
    return gates_passed(facts, day)
