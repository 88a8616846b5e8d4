"""往事·考试: in which rooms did an evaluation sit, who sat where, who came, and who watched?"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.exams.models import Sitting
from touchstone.exams.operations.arrangement import told_of
from touchstone.exams.operations.past.book import Book, PastSeat
from touchstone.exams.operations.seating import form_of, give_tickets, seating, told_of_seats
from touchstone.exams.queries.sittings import people_findings, where_and_when
from touchstone.exams.states import Part
from touchstone.kernel.rules import Finding, records
from touchstone.ledger.numbering import next_serials
from touchstone.policy.exams.arrangement import arranged_in_time, enough_seats, everyone_seated
from touchstone.policy.exams.day import may_open_now, supervisor_is_there
from touchstone.policy.exams.deadlines import SCORES_WITHIN

if TYPE_CHECKING:
    from touchstone.bodies.models import Room, StaffMember

IDENTITY = "id_card"
_BEFORE = timedelta(minutes=30)


@dataclass(frozen=True)
class PastSitting:
    """A sitting that was planned: part, room, hours, who serves and who supervises."""

    part: Part
    room: "Room"
    starts_at: datetime
    ends_at: datetime
    staff: Sequence["StaffMember"]
    supervisor: "StaffMember"


def arranged(book: Book, planned: Sequence[PastSitting], seed: str) -> None:
    """This function will plan the sittings, seat everybody by the chance that `seed` fixes, give tickets, and settle the arrangement."""
    plan, by, at = book.plan, book.planner, book.moments.seated
    for one, serial in zip(planned, next_serials(f"sitting-{plan.number}", len(planned)), strict=True):
        people = [{"number": member.person.number, "name": member.person.name} for member in one.staff]
        sitting = Sitting(
            number=f"{plan.number}-{serial:02d}", plan=plan, part=one.part.value, room=one.room, starts_at=one.starts_at,
            ends_at=one.ends_at, invigilators=people, supervisor=one.supervisor.person,
        )  # fmt: skip
        book.sittings.append(sitting)
        book.note("sitting.added", plan.number, by, at, told_of(sitting))
    book.sittings.sort(key=lambda one: (one.starts_at, one.number))
    people_here = book.entrants
    placed = seating(people_here, book.sittings, book.parts, seed)
    book.seats = [
        PastSeat(sitting, candidate, number, form_of(plan, sitting, number)) for sitting, number, candidate in placed
    ]
    give_tickets(plan, people_here, seed)
    book.note("plan.seated", plan.number, by, at, told_of_seats(plan, book.sittings, placed, seed))
    _settled(book, {member.person.number: member for one in planned for member in one.staff if member.duty == "assessor"})


def _settled(book: Book, qualified: Mapping[str, "StaffMember"]) -> None:
    plan, by, at = book.plan, book.planner, book.moments.arranged
    people, seated = len(book.entrants), Counter(seat.sitting.number for seat in book.seats)
    found: list[Finding] = []
    for part in book.parts:
        own = [one for one in book.sittings if one.part == part]
        found.append(enough_seats(part, sum(one.room.seats for one in own), people))
        found.append(everyone_seated(part, sum(seated[one.number] for one in own), people))
        for one in own:
            one.seated = seated[one.number]  # type: ignore[attr-defined]
            found += people_findings(plan, one, part, dict(qualified), None)
    timely = arranged_in_time(at.date(), plan.exam_on, book.calendar)
    book.note("plan.arranged", plan.number, by, at, {"findings": records([*found, timely])})
    book.done("arrange", by, at, "考务已编排")
    book.owe_planner("close_sittings", "登记到考并确认考试结束", by, at, plan.exam_on)


def held(book: Book, absent: Collection[str]) -> None:
    """This function will open and close every sitting and note who came; `absent` are ticket numbers."""
    by, plan = book.planner, book.plan
    seats: dict[str, list[PastSeat]] = {}
    for seat in book.seats:
        seats.setdefault(seat.sitting.number, []).append(seat)
    for sitting in book.sittings:
        _opened_and_closed(book, sitting, seats.get(sitting.number, []), absent)
    at = book.moments.held
    counts = {"seats": len(book.seats), "absent": sum(not seat.present for seat in book.seats)}
    book.note("plan.held", plan.number, by, at, counts)
    book.done("close_sittings", by, at, "考试已结束")
    book.owe_planner("enter_scores", "录入成绩", by, at, book.after(SCORES_WITHIN.on(plan.exam_on).value))


def _opened_and_closed(book: Book, sitting: Sitting, seats: Sequence[PastSeat], absent: Collection[str]) -> None:
    by, number = book.planner, book.plan.number
    opened, over = sitting.starts_at - _BEFORE, sitting.ends_at
    day, supervisor = localtime(opened).date(), sitting.supervisor.name if sitting.supervisor else ""
    found = [
        supervisor_is_there(where_and_when(sitting), supervisor, False, IDENTITY, day),
        may_open_now(opened, sitting.starts_at, sitting.ends_at, day),
    ]
    sitting.opened_at, sitting.opened_by_id, sitting.opened_on = opened, by.user_id, IDENTITY
    detail: dict[str, Any] = {"sitting": sitting.number, "supervisor": supervisor, "in_person": False, "findings": records(found)}
    book.note("sitting.opened", number, by, opened, detail)
    marks = {}
    for seat in seats:
        ticket = seat.candidate.ticket_number or ""
        seat.present, seat.noted_at = ticket not in absent, over
        marks[ticket] = seat.present
    book.note("sitting.attendance_noted", number, by, over, {"sitting": sitting.number, "marks": marks, "done": len(seats), "refused": 0})
    sitting.closed_at, sitting.closed_by_id = over, by.user_id
    told = {"sitting": sitting.number, "seats": len(seats), "absent": sum(not seat.present for seat in seats)}
    book.note("sitting.closed", number, by, over, told)
