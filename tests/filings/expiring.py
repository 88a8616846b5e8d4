"""将到期的备案: filings put down as they would stand years after acceptance, for what only their term decides."""

from datetime import date, datetime

from touchstone.bodies.models import Body
from touchstone.filings.models import Filing
from touchstone.filings.states import State
from touchstone.policy.filing.routes import IN_FORCE_FROM


def put_down(body: Body, *, until: date, count: int, at: datetime, first: int = 1, number: str = "") -> list[Filing]:
    """Give filings of a body in force until a day (the one with `number`, where it is named)."""
    since = until.replace(year=until.year - 3)
    return [
        Filing.objects.create(
            number=number or f"BA9{until:%Y%m%d}{serial:04d}",
            body=body,
            route="district_enterprise",
            rules_day=max(since, IN_FORCE_FROM),
            state=State.ACCEPTED,
            begun_at=at,
            saved_at=at,
            decided_at=at,
            submitted_at=at,
            in_force_from=since,
            until=until,
        )
        for serial in range(first, first + count)
    ]
