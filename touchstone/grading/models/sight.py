"""考核与分级可见范围: whose rows of an assessment, a grade or an evaluation may somebody see?"""

from typing import Any, TypeVar

from django.db.models import QuerySet

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind

CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}
Rows = TypeVar("Rows", bound=QuerySet[Any])


def seen_by(actor: Actor, rows: Rows) -> Rows:
    """This function will keep what the actor may see of rows with an `office` and a `body`: the city all, a district what it leads in, a body
    its own, nobody else any."""
    kind = actor.office_kind
    if actor.is_platform or kind in CITY:
        return rows
    if kind is OfficeKind.DISTRICT_BUREAU:
        return rows.filter(office_id=actor.office_id)
    return rows.filter(body__office_id=actor.office_id) if kind is OfficeKind.ASSESSMENT_BODY else rows.none()
