"""机构一年的评价: how many plans, sittings and candidates has each of some bodies had, and which sittings did external supervisors watch?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.utils.timezone import make_aware

from touchstone.exams.models import Candidate, Plan, Sitting
from touchstone.exams.states import PlanState, Result
from touchstone.experts.queries.dispatch import cases_watched

_HELD = (PlanState.HELD, PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED)


@dataclass
class ExamYear:
    """What a body evaluated from one day to another: plans held and cancelled, people with a result, sittings held, and those that were watched."""

    held: int = 0
    cancelled: int = 0
    evaluated: int = 0
    sittings: int = 0
    watched: int = 0


def exam_years(bodies: Iterable[int], since: date, until: date) -> dict[int, ExamYear]:
    """This function will give, by key of the body, what it evaluated from `since` to the day before `until`; whoever held nothing has zeros; five
    queries."""
    keys = list(bodies)
    found = {key: ExamYear() for key in keys}
    plans = Plan.objects.filter(body__in=keys, exam_on__gte=since, exam_on__lt=until).order_by().values_list("body")
    held, cancelled = Count("pk", filter=Q(state__in=_HELD)), Count("pk", filter=Q(state=PlanState.CANCELLED))
    for key, many, given_up in plans.annotate(many=held, given_up=cancelled):
        found[key].held, found[key].cancelled = many, given_up
    people = Candidate.objects.filter(plan__body__in=keys, plan__exam_on__gte=since, plan__exam_on__lt=until)
    people = people.filter(result__in=[Result.PASSED, Result.FAILED])
    for key, many in people.order_by().values_list("plan__body").annotate(many=Count("pk")):
        found[key].evaluated = many
    first, last = (make_aware(datetime.combine(day, time())) for day in (since, until))
    sittings = Sitting.objects.filter(plan__body__in=keys, plan__state__in=_HELD, starts_at__gte=first, starts_at__lt=last)
    for key, many in sittings.order_by().values_list("plan__body").annotate(many=Count("pk")):
        found[key].sittings = many
    watched = sittings.filter(number__in=cases_watched())
    for key, many in watched.order_by().values_list("plan__body").annotate(many=Count("pk")):
        found[key].watched = many
    return found
