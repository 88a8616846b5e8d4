"""征集查询: what can be asked about projects, calls and selections? Writes nothing."""

from touchstone.calls.queries.cases import (
    MATTER,
    application,
    applications,
    applications_of,
    call,
    callable_projects,
    calls,
    demand_figures,
    lots_of,
    objected,
    past_their_last_day,
    project,
    projects,
    selections_from,
    with_counts,
)
from touchstone.calls.queries.demand import DemandSet, figures_shown_to, latest_demand
from touchstone.calls.queries.selections import lapsing, passed_gates, selections, selections_of

__all__ = [
    "MATTER",
    "DemandSet",
    "application",
    "applications",
    "applications_of",
    "call",
    "callable_projects",
    "calls",
    "demand_figures",
    "figures_shown_to",
    "lapsing",
    "latest_demand",
    "lots_of",
    "objected",
    "passed_gates",
    "past_their_last_day",
    "project",
    "projects",
    "selections",
    "selections_from",
    "selections_of",
    "with_counts",
]
