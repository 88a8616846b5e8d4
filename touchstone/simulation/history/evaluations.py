"""虚构认定史: who came to an evaluation of the past, in which rooms did it sit, and what did everybody score?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.history import load_made
from touchstone.accounts.people import Identity, person_of
from touchstone.exams.operations import past
from touchstone.exams.operations.past import PastEntry, PastSitting
from touchstone.exams.states import Part, PlanState
from touchstone.policy.eligibility.admission import DIRECT
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.results import Score
from touchstone.policy.roles import BodyKind
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.evaluation import at_hour, mark
from touchstone.simulation.history.plans import SCORED, SEATED, PastPlan, Timetable

if TYPE_CHECKING:
    from touchstone.bodies.models import Body, Room, StaffMember
    from touchstone.exams.models import Plan
    from touchstone.filings.models import ScopeItem

_SLOTS = {
    Part.THEORY: [(time(8, 0), 90), (time(9, 40), 90), (time(11, 20), 90)],
    Part.PRACTICAL: [(time(13 + n * 55 // 60, n * 55 % 60), 45) for n in range(6)],
    Part.PANEL: [(time(18, 40), 60)],
}
"""Start and minutes of the sittings of a part, one after another; each holds every room of that part."""
_GROUNDS = {BodyKind.ENTERPRISE: "own_staff", BodyKind.SOCIAL: "public", BodyKind.SCHOOL: "own_student"}
_EMPLOYED = {"since": None, "until": None}


@dataclass(frozen=True)
class BodyHere:
    """A body as its evaluations need it: lines of scope by level, rooms by purpose, staff by duty, who plans and who leads, and who signs in the
    district."""

    body: "Body"
    items: "Mapping[int, ScopeItem]"
    rooms: "Mapping[str, Sequence[Room]]"
    staff: "Mapping[str, Sequence[StaffMember]]"
    planner: Actor
    leader: Actor
    bureau: int
    signer: Actor


def people_of(plans: Sequence[PastPlan], bodies: Mapping[str, BodyHere], table: Timetable, crowd: Crowd, at: datetime) -> list[list[PastEntry]]:
    """This function will draw everybody who is registered in the plans and enter them as people, all at once; by plan, in order."""
    found = [[_applicant(plan, bodies[plan.body], table, crowd) for _ in range(plan.people)] for plan in plans]
    people = [one.person for entries in found for one in entries]
    for person, key in zip(people, load_made(people, by=PLATFORM, at=at), strict=True):
        person.pk = key
    return found


def _applicant(plan: PastPlan, here: BodyHere, table: Timetable, crowd: Crowd) -> PastEntry:
    kind, random, moments = BodyKind(here.body.kind), crowd.random, table.of(plan.exam_on)
    able = random.random() < 0.95
    someone, application = crowd.applies(plan.level, moments.registered.date(), able=able, student=kind is BodyKind.SCHOOL)
    own_staff = kind is BodyKind.ENTERPRISE
    employment = random.choice((DIRECT, DIRECT, DIRECT, "劳务派遣")) if own_staff else ""
    proofs: dict[str, dict[str, Any]] = {}
    if own_staff and employment != DIRECT:
        proofs["employment"] = _EMPLOYED | {"remark": "已核劳动合同"}
    elif kind is BodyKind.SCHOOL:
        proofs["employment"] = _EMPLOYED | {"remark": "已核学籍证明"}
    brought = random.random() < 0.96 and moments.checked <= table.at
    person = person_of(Identity(someone.name, someone.id_number, someone.phone).read())
    employer = here.body.name if own_staff else ""
    return PastEntry(
        person, _GROUNDS[kind], employment, employer, application.condition, application.claims, proofs | application.proofs, handed_in=brought
    )


def evaluate(drawn: PastPlan, here: BodyHere, table: Timetable, entries: Sequence[PastEntry], random: Random) -> past.Book:
    """This function will carry a plan through its steps as far as it has come, and give its book."""
    moments, state = table.of(drawn.exam_on), drawn.state
    book = past.Book(_plan(drawn, here, table), moments, table.days, here.planner, here.leader, here.signer)
    past.drafted(book)
    if state is not PlanState.DRAFTED and moments.reported <= table.at:
        past.reported(book, here.bureau)
        if moments.signed <= table.at:
            past.signed_for(book)
        past.registered(book, entries)
    if state is PlanState.CANCELLED:
        past.cancelled(book, max(line.at for line in book.lines), "生产任务调整，改期另行安排")
        return book
    if moments.reviewed <= table.at:
        past.reviewed(book)
    if state in SEATED:
        past.arranged(book, _sittings(book, here), f"{random.getrandbits(64):016x}")
    if state in SEATED - {PlanState.ARRANGED}:
        absent = {one.ticket_number or "" for one in book.entrants if random.random() < 0.04}
        past.held(book, absent)
        if state in SCORED:
            past.scored(book, {one.ticket_number or "": _marks(book, (one.ticket_number or "") in absent, random) for one in book.entrants})
            past.looked_again(book, random.randbytes(32), here.leader)
            past.announced(book, drawn.notice)
        if state in {PlanState.CONFIRMED, PlanState.CERTIFIED}:
            past.confirmed(book)
        if state is PlanState.CERTIFIED:
            past.certified(book, drawn.archive)
    return book


def _marks(book: past.Book, absent: bool, random: Random) -> dict[Part, Score]:
    return {part: Score(absent=True) if absent else Score(mark=mark(random)) for part in book.parts}


def _plan(drawn: PastPlan, here: BodyHere, table: Timetable) -> "Plan":
    item, moments = here.items[drawn.level], table.of(drawn.exam_on)
    return past.planned(
        item,
        body=here.body,
        number=drawn.number,
        title=f"{item.trade or item.occupation}{Level(drawn.level).short_label}认定（{drawn.exam_on:%Y年%-m月}）",
        exam_on=drawn.exam_on,
        registration_closes_on=moments.closes_on,
        quota=max(drawn.people, 30) + 10,
        contact=f"{here.planner.person_name} 021-00000000",
        state=drawn.state,
        open_to_candidates=here.body.kind == BodyKind.SOCIAL,
        drafted_at=moments.drafted,
    )


def _sittings(book: past.Book, here: BodyHere) -> list[PastSitting]:
    found: list[PastSitting] = []
    for part in book.parts:
        people = len(book.entrants)
        duty = "invigilator" if part is Part.THEORY else "assessor"
        for start, minutes in _SLOTS[part]:
            for place, room in enumerate(here.rooms[part.value]):
                if people <= 0:
                    break
                starts = at_hour(book.plan.exam_on, start.hour, start.minute)
                staff = here.staff[duty][place * 3 : place * 3 + 3]
                found.append(PastSitting(part, room, starts, starts + timedelta(minutes=minutes), staff, here.staff["internal_supervisor"][place]))
                people -= room.seats
    return found
