"""存证查询: what has happened to a thing?"""

from datetime import timedelta

from django.db.models import QuerySet

from touchstone.ledger.models import Entry, Installation


def history(*subjects: str) -> QuerySet[Entry]:
    """This function will give all lines on the given public numbers, oldest first."""
    return Entry.objects.filter(subject__in=subjects).select_related("office").order_by("id")


def entries() -> QuerySet[Entry]:
    """This function will give the whole ledger, newest first."""
    return Entry.objects.select_related("office").order_by("-id")


def is_synthetic() -> bool:
    """This function will say whether this database holds a synthetic city."""
    return Installation.objects.filter(pk=1, synthetic=True).exists()


def clock_ahead() -> timedelta:
    """This function will say how far a synthetic city's clock runs ahead of the real one."""
    row = Installation.objects.filter(pk=1, synthetic=True).values_list("clock_ahead", flat=True).first()
    return row or timedelta()
