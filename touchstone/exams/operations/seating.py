"""座位编排: who sits where? By chance, but so that anyone who knows the recorded seed gets the same seats again."""

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, Plan, Seat, Sitting
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.courses import not_sat
from touchstone.exams.queries.exceptions import counted_directly
from touchstone.exams.queries.sittings import entrants, plan_parts, sittings, where_and_when
from touchstone.exams.states import Part, PlanState
from touchstone.experts.queries.dispatch import requests_for
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import Finding, must, records
from touchstone.ledger.numbering import next_serials
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.exams.arrangement import enough_seats
from touchstone.policy.exams.seating import form_at, neighbours_differ


@transaction.atomic
def assign_seats(*, plan_number: str, by: Actor, at: datetime, seed: str = "") -> int:
    """This function will seat every eligible candidate once in each part, by a chance that `seed` fixes, and count the seats.

    Earlier seats are replaced; ticket numbers, once given, stay. Nobody gets two sittings at the same time. Assessors were drawn for the candidates
    of a sitting, to whom they have no tie: while they are asked for, nobody changes seats.

    :raises Refusal: while assessors are asked for; when rooms seat fewer than there are candidates, or the hours leave somebody no place.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "arrange", plan)
    if plan.state != PlanState.REVIEWED:
        state = PlanState(plan.state).label
        raise MoveRefused(f"当前为“{state}”，不能编排座位。", RECORD, "资格审核完成后、考务确认前可以编排座位。")
    check_not_stopped(plan, at.date())
    if any(one.opened_at is not None for one in sittings(plan)):
        raise Refusal("已有场次开考，不能重新编排座位。", RECORD, "已经开考的计划请考完；确实不能继续的，请另行编制计划。")
    seed = seed or secrets.token_hex(16)
    people = list(entrants(plan))
    if not people:
        raise Refusal("没有符合条件的考生，无法编排座位。", RECORD, "请先完成资格审核。")
    if counted_directly(plan)[0]:
        raise Refusal("本计划的人员都已直接认定，不组织考试。", RECORD, "请在计划页确认直接认定。")
    held = list(sittings(plan))
    _check_nobody_asked_for(held)
    placed = seating(people, held, plan_parts(plan), seed, not_sat(plan))
    Seat.objects.filter(sitting__plan=plan).delete()
    Seat.objects.bulk_create(
        (
            Seat(sitting=sitting, candidate=candidate, seat_number=number, form=form_of(plan, sitting, number))
            for sitting, number, candidate in placed
        ),
        batch_size=2000,
    )
    Candidate.objects.bulk_update(give_tickets(plan, people, seed), ["ticket_number"], batch_size=1000)
    record("plan.seated", plan.number, by=by, at=at, detail=told_of_seats(plan, held, placed, seed))
    return len(placed)


def told_of_seats(plan: Plan, held: list[Sitting], placed: list[tuple[Sitting, int, Candidate]], seed: str) -> dict[str, Any]:
    """This function will give what the ledger tells of seats: the seed that gives them again, their fingerprint, what the rule finds of papers."""
    lines = [[sitting.number, number, form_of(plan, sitting, number), candidate.number] for sitting, number, candidate in placed]
    detail: dict[str, Any] = {"seed": seed, "seats": len(placed), "sha256": hashlib.sha256(json.dumps(lines).encode()).hexdigest()}
    detail["findings"] = records(_papers(plan, held, placed))
    return detail


def _check_nobody_asked_for(held: list[Sitting]) -> None:
    asked = requests_for(one.number for one in held)
    if asked:
        told = tuple(f"{where_and_when(one)}：{asked[one.number].number}" for one in held if one.number in asked)
        raise Refusal(
            "已按现有座位申请派遣考评人员，重新编排会使回避失去依据。", notice("三(二)2"), "请先取消这些派遣申请，编排座位后再申请派遣。", told
        )


def form_of(plan: Plan, sitting: Sitting, number: int) -> str:
    """This function will say which paper lies on a seat; only theory has papers that could be copied from a neighbour."""
    return form_at(number, plan.exam_on) if sitting.part == Part.THEORY else ""


def _papers(plan: Plan, held: list[Sitting], placed: list[tuple[Sitting, int, Candidate]]) -> list[Finding]:
    """What the rule finds of each room of theory."""
    theory = [one for one in held if one.part == Part.THEORY]
    rooms = {one.number: {number: form_of(plan, one, number) for at, number, _ in placed if at.number == one.number} for one in theory}
    return [neighbours_differ(forms, plan.exam_on) for forms in rooms.values() if forms]


def seating(
    everyone: list[Candidate], held: list[Sitting], parts: Iterable[Part], seed: str, kept: Mapping[int, Collection[Part]] | None = None
) -> list[tuple[Sitting, int, Candidate]]:
    """This function will give (sitting, seat number, candidate); the same for the same seed, people and sittings.

    Whoever has kept the score of a part (`kept`, by candidate), or is wholly exempt from it, has no seat in it. Who has the fewest sittings left
    open by earlier parts is placed first.

    :raises Refusal: see `assign_seats`.
    """
    given: dict[str, list[Sitting]] = defaultdict(list)
    placed: list[tuple[Sitting, int, Candidate]] = []
    for part in parts:
        own = [one for one in held if one.part == part]
        people = [one for one in everyone if part not in (kept or {}).get(one.pk, ())]
        found = enough_seats(part, sum(one.room.seats for one in own), len(people))
        must(found, "请增加场次或换用更大的考场，再编排座位。")
        open_to = {person.number: [one for one in own if not _clashes(one, given[person.number])] for person in people}
        taken: dict[str, int] = defaultdict(int)
        for person in sorted(people, key=lambda each: (len(open_to[each.number]), _chance(seed, part, each.number))):
            place = next((one for one in open_to[person.number] if taken[one.number] < one.room.seats), None)
            if place is None:
                raise _no_place(person, part, own)
            taken[place.number] += 1
            given[person.number].append(place)
            placed.append((place, taken[place.number], person))
    return placed


def _clashes(one: Sitting, others: Iterable[Sitting]) -> bool:
    return any(one.starts_at < other.ends_at and other.starts_at < one.ends_at for other in others)


def _no_place(person: Candidate, part: Part, own: list[Sitting]) -> Refusal:
    hours = "、".join(where_and_when(one) for one in own)
    return Refusal(
        f"{part.label}的场次（{hours}）与其他科目时间重叠，排到{person.name}时已没有不冲突的座位。",
        notice("三(三)2"),
        "请错开各科时间，或增加场次后再编排座位。",
    )


def _chance(seed: str, part: str, number: str) -> bytes:
    return hashlib.sha256(f"{seed}|{part}|{number}".encode()).digest()


def give_tickets(plan: Plan, people: Iterable[Candidate], seed: str) -> list[Candidate]:
    """This function will number (not save) the tickets of those who have none, in an order by chance, apart from that of the seats."""
    without = sorted((one for one in people if one.ticket_number is None), key=lambda each: _chance(seed, "ticket", each.number))
    year_and_serial = "".join(letter for letter in plan.number if letter.isdigit())
    for candidate, serial in zip(without, next_serials(f"ticket-{plan.number}", len(without)), strict=True):
        candidate.ticket_number = f"{year_and_serial}{serial:05d}"
    return without
