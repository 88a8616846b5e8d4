"""告知他区: a venue lies in another district, which is not asked but told, and supervises it; has it taken note?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.filings import permissions
from touchstone.filings.models import Filing
from touchstone.filings.operations._case import NothingToDo, locked, note, owes
from touchstone.filings.queries.routing import route_of
from touchstone.policy.documents import our_default
from touchstone.policy.filing.consents import offices_told
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.operations import close_tasks

MATTER = "filing.venue_told"


def tell_venue_districts(filing: Filing, by: Actor, at: datetime) -> None:
    """This function will tell the other districts in which a venue of an accepted filing lies; part of the acceptance."""
    districts = filing.scope.values_list("venue__district", flat=True)
    told, _ = offices_told(route_of(filing, at.date()), districts, district=filing.body.district)
    for wanted in told:
        office = district_bureau(wanted.district) if wanted.kind is OfficeKind.DISTRICT_BUREAU else city_centre()
        owes(filing, MATTER, "考核点设在本区，请知悉并纳入督导", office=office, role=Role.SUPERVISOR, by=by, at=at, due_on=None)


@transaction.atomic
def take_note(*, number: str, by: Actor, at: datetime) -> None:
    """This function will note that the actor's office knows of a venue on its ground. :raises NothingToDo: when it was not told, or has noted it."""
    filing = locked(number)
    permissions.check_may(by, "take_note", filing)
    if not close_tasks(case=number, matter=MATTER, office_id=by.office_id, by=by, at=at, outcome="已知悉"):
        raise NothingToDo("没有需要您所在单位知悉的考核点。", our_default("他区考核点的告知"), "可在备案件中查看考核点所在区。")
    note("filing.venue_noted", filing, by=by, at=at, note=by.office_name)
