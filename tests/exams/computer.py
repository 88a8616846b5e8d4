"""机考测试公用: a plan of body 甲 whose theory is taken at the computer, from a paper of the city composed for it and opened at its hour."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from tests.cast import set_up
from tests.clocks import travel_to
from tests.exams.stage import EXAM_ON, Stage, moment, stage_again
from tests.questions.conftest import Stand, stand_up
from tests.questions.papers import laid_down, put, stocked, structured
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.people import opened_id_number
from touchstone.exams.models import ComputerExam, Plan, Script, Seat, Sitting
from touchstone.exams.operations.attendance import note_attendance
from touchstone.exams.operations.computer_exams import set_on_computer
from touchstone.exams.operations.script_answers import Change
from touchstone.exams.operations.script_begin import Held, begin_script, sit_down
from touchstone.ledger.models import Installation
from touchstone.policy.questions.papers import Asked
from touchstone.questions import operations
from touchstone.questions.delivery import as_sent
from touchstone.questions.models import KeyShare, Paper
from touchstone.questions.operations.composing import compose_paper
from touchstone.questions.operations.delivering import delivered_form
from touchstone.questions.placing import Placed
from touchstone.simulation import bank as simulated
from touchstone.simulation.bank_topics import TOPICS

HOUR = moment(EXAM_ON, 9)
END = moment(EXAM_ON, 11)


@dataclass
class Room:
    """The sitting at the computer, on the day; people are known by their place in the order of seats."""

    stage: Stage
    sitting: Sitting
    exam: ComputerExam

    @property
    def seats(self) -> list[Seat]:
        return list(Seat.objects.filter(sitting=self.sitting).select_related("candidate__person").order_by("seat_number"))

    def claim(self, place: int = 0) -> dict[str, str]:
        """What a candidate types at the seat."""
        candidate = self.seats[place].candidate
        return {"ticket": candidate.ticket_number or "", "digits": opened_id_number(candidate.person)[-6:], "code": self.exam.code}

    def begins(self, place: int = 0, at: datetime = HOUR) -> Held:
        """Let a candidate sit down and begin."""
        return begin_script(seat_id=sit_down(**self.claim(place), at=at).pk, at=at)

    def question(self, script: Script, place: int) -> tuple[Placed, list[list[int]]]:
        """Give the question at a place of a script, and the order of its options."""
        position, orders = script.layout[place - 1]
        return delivered_form(script.exam.paper_id, script.letter, HOUR).placed[position], orders

    def places(self, script: Script, *, by_people: bool = False) -> list[int]:
        """Give the places of the questions that a machine scores, or of those that people mark."""
        return [n for n in range(1, len(script.layout) + 1) if (self.question(script, n)[0].kind == "extended") is by_people]

    def right(self, script: Script, place: int) -> list[object]:
        """Give the right answer of a question of one right option, as that script's browser would send it."""
        one, orders = self.question(script, place)
        return as_sent(one, orders, one.content.key[0])

    def change(self, script: Script, sequence: int, place: int, *, right: bool = True, said_at: datetime = HOUR) -> Change:
        """Give a change that answers a question rightly or wrongly."""
        value = self.right(script, place)
        if not right:
            value = [1 - value[0] if value[0] in (0, 1) else 0]
        return Change(sequence, place, value, said_at, 1200)


def at_the_computer(people: int = 3, *, open_paper: bool = True, signed_in: bool = True, door_clock: datetime | None = None) -> Room:
    """Bring the plan to the hour of its theory: two forms, everybody signed in, the paper opened by its two holders; at the doors it is
    `door_clock`, where it matters."""
    stage = stage_again(("computer", people), lambda: _built(people), people)
    sitting = stage.sittings()[0]
    room = Room(stage, sitting, ComputerExam.objects.select_related("paper").get(sitting=sitting))
    if door_clock is not None:
        # The city's mark belongs before its first line, which was kept and put back with the rest.
        Installation.objects.update_or_create(pk=1, defaults={"synthetic": True, "seed": 1})
        travel_to(door_clock)
    if open_paper:
        open_up(room)
    stage.opened()
    if signed_in:
        marks = dict.fromkeys(stage.tickets(), True)
        note_attendance(sitting_number=sitting.number, marks=marks, by=stage.cast.sun, at=HOUR - timedelta(minutes=20))
    return room


def _built(people: int) -> Stage:
    cast = set_up()
    stage = Stage(cast, people=people).reviewed().with_sittings().arranged()
    stand = stand_up(cast)
    structured()
    stocked(stand, stand.city)
    _open_questions(stand)
    paper = city_paper(stand, stage.plan)
    set_on_computer(sitting_number=stage.sittings()[0].number, paper_number=paper.number, by=cast.sun, at=cast.at)
    return stage


KINDS = {"choice": Asked(9, Decimal(6)), "true_false": Asked(9, Decimal(4)), "extended": Asked(2, Decimal(5))}
"""Twenty questions a form: nine with one right option, nine that are right or wrong, two that people mark."""


def _open_questions(stand: Stand) -> None:
    """Put questions that people mark into the city's bank: the paper needs two in each form."""
    topics = enumerate((topic, code) for code in ("A", "1", "2") for topic in TOPICS[:8])
    entries = []
    for place, (topic, code) in topics:
        content = simulated.open_question(replace(topic, explain=f"{place}：{topic.explain}"))
        entries.append((stand.about(content, f"{code}.1.{place % 8 + 1}", difficulty=Decimal("0.6")), content))
    put(stand.city, entries, stand.city_people["author"].user_id, stand.at)


def city_paper(stand: Stand, plan: Plan) -> Paper:
    """Compose and seal a paper of the city for a plan, to be opened at its hour; its holders take their shares."""
    blueprint = laid_down(stand, stand.city, kinds=KINDS)
    made = operations.ask_paper(blueprint=blueprint.number, forms=2, case=plan.number, by=stand.ji, at=stand.at)
    paper = compose_paper(number=made.number, by=PLATFORM, at=stand.at)
    assert paper.state == "composed", paper.report
    holders = [stand.ji.user_id or 0, stand.shao.user_id or 0]
    operations.seal_paper(number=paper.number, holders=holders, opens_at=HOUR - timedelta(minutes=30), by=stand.ji, at=stand.at)
    for name in ("ji", "shao"):
        share = operations.take_share(number=paper.number, by=getattr(stand, name), at=stand.at)
        SHARES[_digest(paper, getattr(stand, name))] = share
    return paper


SHARES: dict[str, str] = {}
"""By digest: papers of several kept states have the same number, and each its own shares."""


def _digest(paper: Paper, holder: Actor) -> str:
    return KeyShare.objects.get(paper=paper, holder_id=holder.user_id).digest


def open_up(room: Room) -> None:
    """Let the two holders open the paper half an hour before."""
    for name in ("ji", "shao"):
        holder = getattr(room.stage.cast, name)
        share = SHARES[_digest(room.exam.paper, holder)]
        operations.give_share(number=room.exam.paper.number, share=share, by=holder, at=HOUR - timedelta(minutes=30))
    room.exam.paper.refresh_from_db()
