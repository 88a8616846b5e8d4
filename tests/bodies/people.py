"""机构测试人物: bodies with valid codes, and the people who act for them and for the offices."""

from datetime import date, datetime

from django.utils.timezone import get_current_timezone

from touchstone.accounts.actor import PLATFORM, VISITOR, Actor
from touchstone.accounts.models import Office, User
from touchstone.accounts.operations import enter_person, grant_role, open_log_in, set_up_office
from touchstone.bodies.models import Body
from touchstone.bodies.operations import register_body
from touchstone.kernel.numbers import id_check_place, uscc_check_place
from touchstone.policy.roles import ROLES_OF_OFFICE, BodyKind, OfficeKind, Ownership, Role

AT = datetime(2026, 11, 2, 9, 30, tzinfo=get_current_timezone())
DAY = AT.date()
PASSWORD = "quiet-lantern-47"


def uscc(serial: int) -> str:
    """Give a credit code with the right check place."""
    first = f"91310101MA{serial:07d}"
    return first + uscc_check_place(first)


def id_number(serial: int) -> str:
    """Give an identity number with the right check place; place 310999 does not exist."""
    first = f"31099919900101{serial:03d}"
    return first + id_check_place(first)


def facts(serial: int = 1, **changed: object) -> dict[str, object]:
    """Give what `register_body` wants to know."""
    return {
        "name": f"东方{serial}号机械有限公司",
        "uscc": uscc(serial),
        "kind": BodyKind.ENTERPRISE,
        "ownership": Ownership.PRIVATE,
        "district": "310110",
        "industry": "machinery",
        "address": "杨浦区长阳路1号",
        "legal_representative": "李东方",
        "founded_on": date(2001, 5, 8),
        "contact_name": "林经办",
        "contact_phone": "021-55550001",
        **changed,
    }


def make_body(serial: int = 1, **changed: object) -> Body:
    """Register a body as a visitor would."""
    return register_body(**facts(serial, **changed), by=VISITOR, at=AT)  # type: ignore[arg-type]


def actor(office: Office, *roles: Role, serial: int = 500) -> Actor:
    """Let somebody with a log-in act in an office."""
    person = enter_person(name=f"王{serial}", id_number=id_number(serial), by=PLATFORM, at=AT)
    user = User.objects.filter(person=person).first() or open_log_in(person=person, username=f"u{serial}", password=PASSWORD, by=PLATFORM, at=AT)
    for role in roles:
        grant_role(person=person, office=office, role=role, since=DAY, by=PLATFORM, at=AT)
    return Actor.of(office, user_id=user.pk, person_name=person.name, roles=frozenset(roles))


def office(kind: OfficeKind, number: str = "", district: str = "", industry: str = "") -> Office:
    """Set up an office."""
    number = number or f"{kind.value}{district}{industry}"[:24]
    return set_up_office(
        number=number,
        kind=kind,
        name=f"{kind.label}{district}",
        short_name=kind.label,
        district=district,
        industry=industry,
        phone="021-23110000",
        by=PLATFORM,
        at=AT,
    )


def everyone_in(found: Office, serial: int = 500) -> Actor:
    """Let one person hold every role the office has."""
    return actor(found, *sorted(ROLES_OF_OFFICE[OfficeKind(found.kind)]), serial=serial)
