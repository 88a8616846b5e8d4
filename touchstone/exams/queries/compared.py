"""比对查询: what stands behind the public numbers that a comparison of data names?"""

from collections.abc import Iterable

from touchstone.exams.models import Candidate, Plan, Sitting

_OF_PLAN = ("plan__body", "plan__venue", "plan__occupation")


def venue_districts(plans: Iterable[str]) -> dict[str, str]:
    """This function will give, by plan, the district in which its venue lies; nothing for one outside the city."""
    return dict(Plan.objects.filter(number__in=list(plans)).order_by().values_list("number", "venue__district"))


def plans_named(numbers: Iterable[str]) -> dict[str, Plan]:
    """This function will give the plans with these numbers, each with its body and venue."""
    return {one.number: one for one in Plan.objects.select_related("body", "venue", "occupation").filter(number__in=list(numbers))}


def candidates_named(numbers: Iterable[str]) -> dict[str, Candidate]:
    """This function will give the candidates with these numbers, each with plan, body and venue."""
    return {one.number: one for one in Candidate.objects.select_related(*_OF_PLAN, "person").filter(number__in=list(numbers))}


def sittings_named(numbers: Iterable[str]) -> dict[str, Sitting]:
    """This function will give the sittings with these numbers, each with room, plan, body and venue."""
    return {one.number: one for one in Sitting.objects.select_related(*_OF_PLAN, "room").filter(number__in=list(numbers))}
