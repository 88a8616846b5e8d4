"""首页统计办理: the figures of a desk are counted and put down with their time."""

from datetime import datetime
from time import monotonic

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.insight.models import DeskCount
from touchstone.insight.queries.desk import counted


@transaction.atomic
def count_desk(*, by: Actor, at: datetime) -> DeskCount:
    """This function will count the desk of the actor's office and put the figures in the place of the last ones.

    It writes no ledger line: nothing is decided or changed, and what was counted can be counted again.
    """
    began = monotonic()
    found = counted(by, at)
    told = {
        "counted_at": at,
        "figures": dict(found.figures),
        "places": {key: dict(places) for key, places in found.places.items()},
        "milliseconds": int((monotonic() - began) * 1000),
    }
    row, _ = DeskCount.objects.update_or_create(office_id=by.office_id, defaults=told)
    return row
