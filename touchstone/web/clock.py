"""页面时钟: what time is it for the person at the door? In a synthetic city the clock may run ahead."""

from datetime import date, datetime

from django.utils import timezone

from touchstone.ledger.queries import clock_ahead


def now() -> datetime:
    """This function will give the moment at the door, in the city's time zone."""
    return timezone.localtime(timezone.now() + clock_ahead())


def today() -> date:
    """This function will give the day at the door."""
    return now().date()


def real_now() -> datetime:
    """This function will give the true moment, for what is measured against machines and not against the city."""
    return timezone.localtime()
