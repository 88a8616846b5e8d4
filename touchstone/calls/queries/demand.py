"""需求查询: how many people a year are wanted to be evaluated, where, by whose word?"""

from datetime import date

from django.db.models import Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.calls.models import DemandFigure
from touchstone.policy.roles import OfficeKind

DemandSet = QuerySet[DemandFigure]


def figures_shown_to(actor: Actor) -> DemandSet:
    """This function will give the figures an office plans by: a district its own and the city's, an authority those of its field."""
    found = DemandFigure.objects.select_related("occupation", "entered_by__person").order_by("-year", "occupation__code", "district")
    if not actor.is_authority:
        return found.none()
    if actor.office_kind is OfficeKind.INDUSTRY_AUTHORITY:
        found = found.filter(occupation__industry=actor.industry)
    return found.filter(Q(district=actor.district) | Q(district="")) if actor.district else found


def latest_demand(day: date) -> DemandSet:
    """This function will give, for each occupation and district, the figure of the year of `day` or of the last year before it that has one."""
    newest = DemandFigure.objects.filter(year__lte=day.year).order_by("occupation__code", "district", "-year")
    return newest.distinct("occupation__code", "district")
