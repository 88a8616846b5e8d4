"""人员历史装入: how do the offices and the crowd of a synthetic city come in at once? People are sealed one by one as anywhere."""

from collections.abc import Iterable
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.accounts.models import Office, Person
from touchstone.accounts.people import Identity, person_of
from touchstone.ledger.history import HistoryRow, load_rows

_COLUMNS = [field.attname for field in Person._meta.concrete_fields if not field.primary_key]


def load_people(identities: Iterable[Identity], *, by: Actor, at: datetime) -> list[int]:
    """This function will enter people of a synthetic city and give their keys. :raises ValueError: for a wrong identity number."""
    people = (person_of(identity.read()) for identity in identities)
    return load_rows(Person, ({column: getattr(person, column) for column in _COLUMNS} for person in people), by=by, at=at)


def load_offices(rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will set up offices of a synthetic city and give their keys."""
    return load_rows(Office, rows, by=by, at=at)
