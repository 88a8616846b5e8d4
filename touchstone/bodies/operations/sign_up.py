"""自助入驻: a body comes in together with its first person, who leads it until roles are shared out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import enter_person, grant_role, open_chosen_log_in
from touchstone.bodies.models import Body
from touchstone.bodies.operations.register import register_body
from touchstone.policy.roles import BodyKind, Ownership, Role

_FIRST_ROLES = (Role.BODY_FILER, Role.BODY_LEADER, Role.BODY_PLANNER)
"""Whoever works on questions and papers is named by the leader: one who writes and judges alone would be no review."""


@dataclass(frozen=True)
class FirstPerson:
    """Who signs a body up: identity and log-in."""

    name: str
    id_number: str
    phone: str
    username: str
    password: str


@transaction.atomic
def sign_up(
    *,
    person: FirstPerson,
    name: str,
    uscc: str,
    kind: BodyKind,
    ownership: Ownership,
    district: str,
    industry: str,
    address: str,
    legal_representative: str,
    founded_on: date | None,
    contact_name: str,
    contact_phone: str,
    by: Actor,
    at: datetime,
) -> Body:
    """This function will register a body and give its first person a log-in that leads it, files and plans.

    :raises Refusal: as `register_body`; for a weak password, a log-in name taken, a person who has a log-in already.
    """
    body = register_body(
        name=name,
        uscc=uscc,
        kind=kind,
        ownership=ownership,
        district=district,
        industry=industry,
        address=address,
        legal_representative=legal_representative,
        founded_on=founded_on,
        contact_name=contact_name,
        contact_phone=contact_phone,
        by=by,
        at=at,
    )
    first = enter_person(name=person.name, id_number=person.id_number, phone=person.phone, by=PLATFORM, at=at)
    open_chosen_log_in(person=first, username=person.username, password=person.password, at=at)
    for role in _FIRST_ROLES:
        grant_role(person=first, office=body.office, role=role, since=at.date(), by=PLATFORM, at=at)
    return body
