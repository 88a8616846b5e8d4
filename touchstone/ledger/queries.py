"""存证查询: what has happened to a thing?"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.db.models.functions import Now

from touchstone.ledger.models import Entry, Installation

if TYPE_CHECKING:
    from touchstone.accounts.actor import Actor


SETTLED_AFTER = timedelta(seconds=2)


def history(*subjects: str) -> QuerySet[Entry]:
    """This function will give all lines on the given public numbers, oldest first."""
    return Entry.objects.filter(subject__in=subjects).select_related("office").order_by("id")


def entries() -> QuerySet[Entry]:
    """This function will give the whole ledger, newest first."""
    return Entry.objects.select_related("office").order_by("-id")


def made_before(event: str, by: "Actor") -> str:
    """This function will give the number of what this very request has made before, or an empty text."""
    if not by.request_key:
        return ""
    line = Entry.objects.filter(event=event, request_key=by.request_key, actor_id=by.user_id).order_by("id").first()
    return line.subject if line else ""


def told_of(event: str, subjects: Collection[str]) -> set[str]:
    """This function will give those of the public numbers that have a line of an event."""
    return set(Entry.objects.filter(event=event, subject__in=subjects).values_list("subject", flat=True))


def settled_after(entry_id: int, *, grace: timedelta, limit: int, events: Collection[str] = ()) -> list[Entry]:
    """This function will give the lines after one number (of these events, when named) that are older than `grace`, oldest first.

    The grace lets lines with smaller numbers, still being committed, come first.
    """
    found = Entry.objects.filter(pk__gt=entry_id, recorded_at__lte=Now() - grace)
    return list((found.filter(event__in=events) if events else found).order_by("pk")[:limit])


def subjects_between(since_entry: int, until_entry: int) -> set[str]:
    """This function will give the public numbers on which a line was written after one number, up to another."""
    found = Entry.objects.filter(pk__gt=since_entry, pk__lte=until_entry).order_by()
    return set(found.values_list("subject", flat=True).distinct())


def has_lines_between(since_entry: int, until_entry: int, *, but_not: Collection[str] = ()) -> bool:
    """This function will say whether a line was written after one number, up to another, other than of the kinds that begin as told."""
    found = Entry.objects.filter(pk__gt=since_entry, pk__lte=until_entry)
    for prefix in but_not:
        found = found.exclude(event__startswith=prefix)
    return found.exists()


def last_settled() -> int:
    """This function will give the number of the last line so old that none before it is still being committed; 0 for an empty ledger."""
    last = Entry.objects.filter(recorded_at__lte=Now() - SETTLED_AFTER).order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def is_synthetic() -> bool:
    """This function will say whether this database holds a synthetic city."""
    return Installation.objects.filter(pk=1, synthetic=True).exists()


def clock_ahead() -> timedelta:
    """This function will say how far a synthetic city's clock runs ahead of the real one."""
    row = Installation.objects.filter(pk=1, synthetic=True).values_list("clock_ahead", flat=True).first()
    return row or timedelta()


def lines_between(events: Collection[str], since: datetime, until: datetime) -> QuerySet[Entry]:
    """This function will give the lines of these kinds about facts from one moment until before another, oldest first."""
    return Entry.objects.filter(event__in=sorted(events), at__gte=since, at__lt=until).select_related("office").order_by("at", "id")
