"""虚构份额: how is one share of a city's bodies filled with its evaluations, the same whoever fills it and whenever?

A share is a transaction of its own. Its people are drawn by a chance of its own, so that shares may be filled in any order, by several processes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.queries import district_bureau, users_of
from touchstone.bodies.queries import bodies as all_bodies
from touchstone.exams.operations import past
from touchstone.filings.queries import scope_in_force
from touchstone.ledger.operations import record
from touchstone.ledger.queries import entries
from touchstone.notices.history import load_messages
from touchstone.parameters.queries import calendar
from touchstone.policy.roles import Role
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.history.evaluations import BodyHere, evaluate, people_of
from touchstone.simulation.history.plans import PastPlan, Timetable
from touchstone.simulation.identity import HISTORY_PLACE, SERIALS, Registry

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.ledger.history import PastLine

SHARES = 100
DRAWN, GROWN = "city.share_drawn", "city.share_grown"
_TOLD = {"plan.signed_for": "认定计划 {} 已由所在区签收", "plan.results_confirmed": "认定计划 {} 成绩公示期满，可以核发证书"}
"""What the job of messages would have told the body (`jobs.messages`)."""


def deal(bodies: Sequence[str], plans: Sequence[PastPlan], at: datetime) -> int:
    """This function will deal bodies and their plans out to shares, write each share down in the ledger, and count the shares."""
    size = -(-len(bodies) // SHARES)
    dealt = [bodies[n : n + size] for n in range(0, len(bodies), size)] if size else []
    by_body: dict[str, list[PastPlan]] = {}
    for plan in plans:
        by_body.setdefault(plan.body, []).append(plan)
    for n, own in enumerate(dealt):
        drawn = [plan.as_record() for number in own for plan in by_body.get(number, [])]
        record(DRAWN, name_of(n), by=PLATFORM, at=at, detail={"plans": drawn})
    return len(dealt)


def name_of(share: int) -> str:
    """This function will name a share in the ledger."""
    return f"share-{share:03d}"


def left_to_fill() -> list[int]:
    """This function will give the shares that are dealt out and not filled yet."""
    dealt = set(entries().filter(event=DRAWN).order_by().values_list("subject", flat=True))
    filled = set(entries().filter(event=GROWN).order_by().values_list("subject", flat=True))
    return sorted(int(name.removeprefix("share-")) for name in dealt - filled)


@transaction.atomic
def fill(share: int, *, seed: int, at: datetime) -> int:
    """This function will fill a share and count its candidates; one that is filled already is left alone."""
    if entries().filter(event=GROWN, subject=name_of(share)).exists():
        return 0
    drawn = [PastPlan.of_record(one) for one in entries().get(event=DRAWN, subject=name_of(share)).detail["plans"]]
    random = Random(f"{seed}|share|{share}")
    each = SERIALS // SHARES
    registry = Registry(random, place=HISTORY_PLACE, serials=range(share * each, share * each + each))
    crowd = Crowd(random, registry=registry, phones_from=10_000_000 + share * 500_000)
    table, here = Timetable(at, calendar()), {}
    for number in dict.fromkeys(plan.body for plan in drawn):
        here[number] = _body(number, at)
    told = people_of(drawn, here, table, crowd, at)
    books = [evaluate(plan, here[plan.body], table, entries_of, random) for plan, entries_of in zip(drawn, told, strict=True)]
    lines = past.keep(books, at=at)
    _tell(lines, {plan.number: here[plan.body] for plan in drawn}, at)
    people = sum(len(one) for one in told)
    record(GROWN, name_of(share), by=PLATFORM, at=at, detail={"plans": len(drawn), "candidates": people})
    return people


def _body(number: str, at: datetime) -> BodyHere:
    body = all_bodies().select_related("office").get(number=number)
    planner, leader = (_actor(body.office, at, role) for role in (Role.BODY_PLANNER, Role.BODY_LEADER))
    bureau = district_bureau(body.district)
    items = {item.level: item for item in scope_in_force(at.date(), body)}
    staff: dict[str, list[Any]] = {}
    for member in body.staff.select_related("person").order_by("pk"):
        staff.setdefault(member.duty, []).append(member)
    venue = next(iter(items.values())).venue
    rooms: dict[str, list[Any]] = {}
    for room in venue.rooms.order_by("pk"):
        rooms.setdefault(room.purpose, []).append(room)
    return BodyHere(body, items, rooms, staff, planner, leader, bureau.pk, _actor(bureau, at, Role.SUPERVISOR))


def _actor(office: "Office", at: datetime, role: Role) -> Actor:
    users = users_of(office, at.date()).filter(person__holdings__office=office, person__holdings__role=role.value).order_by("pk")
    user = users[0]
    assert user.person is not None
    return Actor.of(office, user_id=user.pk, person_name=user.person.name, roles=frozenset({role}))


def _tell(lines: "Sequence[tuple[int, PastLine]]", bodies: "dict[str, BodyHere]", at: datetime) -> None:
    rows = (
        {
            "to_id": user,
            "title": _TOLD[line.event].format(line.subject),
            "content": line.reason,
            "link": f"/body/plans/{line.subject}",
            "sent_at": line.at,
            "read_at": line.at + timedelta(hours=2) if line.at < at - timedelta(days=7) else None,
            "entry_id": key,
        }
        for key, line in lines
        if line.event in _TOLD
        for user in sorted({bodies[line.subject].planner.user_id or 0, bodies[line.subject].leader.user_id or 0})
    )
    load_messages(rows, by=PLATFORM, at=at)
