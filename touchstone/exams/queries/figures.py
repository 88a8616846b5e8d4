"""考务数字: how many sittings were held in a month, how many people came, and how many of whose results were announced passed?

As it stood when the month was over: what was put right afterwards does not change a month that is told already.
"""

from datetime import datetime

from django.db.models import Count, Q

from touchstone.exams.models import SignIn, Sitting
from touchstone.exams.queries.compared import venue_districts
from touchstone.ledger.queries import lines_between


def held_by_district(since: datetime, until: datetime) -> dict[str, int]:
    """This function will count the sittings that came to their end in that time, by the district of the venue."""
    rows = Sitting.objects.filter(closed_at__gte=since, closed_at__lt=until)
    return dict(rows.order_by().values_list("plan__venue__district").annotate(many=Count("pk")))


def present_by_district(since: datetime, until: datetime) -> dict[str, int]:
    """This function will count who came to those sittings, each time somebody came, by what was signed in when the time was over."""
    stood = Q(noted_at__lt=until) & (Q(replaced_at__isnull=True) | Q(replaced_at__gte=until))
    rows = SignIn.objects.filter(stood, present=True, seat__sitting__closed_at__gte=since, seat__sitting__closed_at__lt=until)
    return dict(rows.order_by().values_list("seat__sitting__plan__venue__district").annotate(many=Count("pk")))


def announced_by_district(since: datetime, until: datetime) -> dict[str, tuple[int, int]]:
    """This function will count, by the district of the venue, whose results were announced in that time and who of them passed, as the ledger has it;
    of a plan announced twice in it the later counts."""
    told: dict[str, tuple[int, int]] = {}
    for line in lines_between({"results.announced"}, since, until):
        told[line.subject] = (line.detail.get("candidates", 0), line.detail.get("passed", 0))
    districts, found = venue_districts(set(told)), dict[str, tuple[int, int]]()
    for plan, (candidates, passed) in told.items():
        before = found.get(districts.get(plan, ""), (0, 0))
        found[districts.get(plan, "")] = (before[0] + candidates, before[1] + passed)
    return found
