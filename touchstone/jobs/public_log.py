"""公布任务: once a day the figures and the ledger's own fingerprint go into the public logs."""

import logging
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM
from touchstone.certificates.queries import count_signed
from touchstone.filings.queries.counting import decided_filings
from touchstone.ledger.publishing import publish_statistics, root_ledger
from touchstone.ledger.queries import told_of

log = logging.getLogger(__name__)
HOUR = 2
"""Figures of a day are counted in the night after it, when hardly anything is done."""


def registers() -> dict[str, int]:
    """This function will count what the registers hold, by the kind of entry that each thing left in a log."""
    return {"certificate.issued": count_signed(), **decided_filings()}


def publish_figures(at: datetime) -> int:
    """This job will publish yesterday's figures once, in the night, and tried again while something changes between two counts."""
    now = localtime(at)
    day = (now - timedelta(days=1)).date()
    if now.hour < HOUR or told_of("statistics.published", [day.isoformat()]):
        return 0
    return int(publish_statistics(day=day, registers=registers, by=PLATFORM, at=at))


def root_the_ledger(at: datetime) -> int:
    """This job will put the fingerprint of the ledger's lines of the day into the closed log, once a day; as many pieces as there are."""
    now = localtime(at)
    mark = f"rooted-{(now - timedelta(days=1)).date().isoformat()}"
    if now.hour < HOUR or told_of("ledger.day_rooted", [mark]):
        return 0
    return root_ledger(by=PLATFORM, at=at, mark=mark)


WHEN_DUE = [publish_figures, root_the_ledger]
