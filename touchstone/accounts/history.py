"""人员历史装入: how do the offices, the crowd and the log-ins of a synthetic city come in at once? People are sealed one by one as anywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from touchstone.accounts.actor import Actor
from touchstone.accounts.models import Holding, Office, Person, User
from touchstone.accounts.people import Identity, person_of
from touchstone.ledger.history import HistoryRow, PastLine, load_lines, load_rows
from touchstone.policy.roles import Role

_COLUMNS = [field.attname for field in Person._meta.concrete_fields if not field.primary_key]


@dataclass(frozen=True)
class PastLogIn:
    """A log-in of a synthetic city: whose, by what name, and which roles its person holds in an office from a day on."""

    person: Person
    username: str
    office_id: int
    office_number: str
    roles: tuple[Role, ...]
    since: date


def load_people(identities: Iterable[Identity], *, by: Actor, at: datetime) -> list[int]:
    """This function will enter people of a synthetic city and give their keys. :raises ValueError: for a wrong identity number."""
    return load_made((person_of(identity.read()) for identity in identities), by=by, at=at)


def load_made(people: Iterable[Person], *, by: Actor, at: datetime) -> list[int]:
    """This function will enter people who are made already (`person_of`) and give their keys."""
    return load_rows(Person, ({column: getattr(person, column) for column in _COLUMNS} for person in people), by=by, at=at)


def load_offices(rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will set up offices of a synthetic city and give their keys."""
    return load_rows(Office, rows, by=by, at=at)


def load_log_ins(log_ins: Sequence[PastLogIn], *, password: str, by: Actor, at: datetime) -> None:
    """This function will give people of a synthetic city, entered already, log-ins with one password and their roles, each told in the ledger.

    The password is hashed once: it is the same for all and known to everybody.
    """
    hashed = make_password(password)
    load_rows(
        User,
        (
            {
                "username": one.username,
                "password": hashed,
                "person_id": one.person.pk,
                "first_name": "",
                "last_name": "",
                "email": "",
                "is_superuser": False,
                "is_staff": False,
                "is_active": True,
                "date_joined": at,
                "last_login": None,
            }
            for one in log_ins
        ),
        by=by,
        at=at,
    )
    held = [(one, role) for one in log_ins for role in one.roles]
    rows = ({"person_id": one.person.pk, "office_id": one.office_id, "role": role.value, "since": one.since, "until": None} for one, role in held)
    load_rows(Holding, rows, by=by, at=at)
    opened = [PastLine("login.opened", one.person.number, by, at, {"username": one.username}) for one in log_ins]
    granted = [_granted(one, role, by, at) for one, role in held]
    load_lines([*opened, *granted], by=by, at=at)


def _granted(one: PastLogIn, role: Role, by: Actor, at: datetime) -> PastLine:
    detail = {"office": one.office_number, "role": role.value, "since": one.since.isoformat()}
    return PastLine("role.granted", one.person.number, by, at, detail)
