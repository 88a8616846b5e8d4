"""考评测试公用: a plan of body 甲 whose practical exam is marked on phones by three assessors drawn by chance, on the day, everybody signed in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.cast import Cast, set_up
from tests.exams.stage import EXAM_ON, Stage, moment, stage_again
from tests.experts.people import SECRET, enter_assessors, qualify_as
from touchstone.accounts import operations as accounts
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.models import User
from touchstone.accounts.queries import actors_of, office
from touchstone.exams.models import Marking, Sitting
from touchstone.exams.operations.arrangement import SittingTerms, add_sitting
from touchstone.exams.operations.arranging import arrange
from touchstone.exams.operations.asking import ask_for_assessors
from touchstone.exams.operations.attendance import note_attendance
from touchstone.exams.operations.marks import Sent, send_marks
from touchstone.exams.operations.scoring_sheets import PointLine, set_scoring_sheet
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.queries.marks import Stands
from touchstone.exams.states import Part
from touchstone.experts import operations as experts
from touchstone.experts.models import Assignment
from touchstone.policy.roles import Role
from touchstone.simulation.cast import FOREIGN
from touchstone.simulation.corps import enter_member

AT_ONE = moment(EXAM_ON, 13, 30)
POINTS = (
    PointLine("外圆直径符合图样", Decimal(40), "加工", "每超差0.01毫米扣5分"),
    PointLine("长度符合图样", Decimal(40), "加工"),
    PointLine("安全文明生产", Decimal(20), "现场"),
)


@dataclass
class Bench:
    """The practical exam on its day; assessors are known by their place (the head first), candidates by the order of seats."""

    stage: Stage
    sitting: Sitting
    assessors: list[Actor]
    assignments: list[Assignment]
    sent: int = 0

    def ticket(self, place: int = 0) -> str:
        seat = self.sitting.seats.select_related("candidate").order_by("seat_number")[place]
        return seat.candidate.ticket_number or ""

    def gives(self, who: int, marks: tuple[str, ...], place: int = 0, **more: Any) -> Marking:
        """Let an assessor give a candidate marks, point by point, and hand them in, unless said otherwise."""
        self.sent += 1
        given = {str(n): Stands(Decimal(one)) for n, one in enumerate(marks, 1)}
        asked: dict[str, Any] = {"marks": given, "key": f"k{self.sent}", "hands_in": True, "said_at": AT_ONE, "device": "phone-1", **more}
        return send_marks(sitting_number=self.sitting.number, ticket=self.ticket(place), sent=Sent(**asked), by=self.assessors[who], at=AT_ONE)


def corps_actor(person: Any, username: str, stage: Stage) -> Actor:
    """Give somebody of the corps a log-in at its desk."""
    accounts.open_log_in(person=person, username=username, password="touchstone-demo", by=PLATFORM, at=stage.cast.at)
    accounts.grant_role(person=person, office=office("CORPS"), role=Role.CORPS_MEMBER, since=date(2026, 1, 1), by=PLATFORM, at=stage.cast.at)
    return actors_of(User.objects.get(person=person), EXAM_ON)[0]


def planned(cast: Cast, *, song: bool = False) -> Stage:
    """Bring a plan to where its practical exam has seats and three assessors sent by the draw; with `song`, one of them is 宋 of the cast."""
    members = enter_assessors(2 if song else 3, cast.at)
    if song:
        one = enter_member("song", district=FOREIGN, employer="上海辛酉精工有限公司", body=None, at=cast.at)
        qualify_as(one, cast.at.date(), senior=False)
        members.append(one)
    stage = Stage(cast).reviewed()
    for part, room, hours, duty in ((Part.THEORY, "theory", (9, 11), "invigilator"), (Part.PRACTICAL, "practical", (13, 15), "")):
        terms = SittingTerms(
            part, stage.plan.venue.rooms.filter(purpose=room).order_by("pk")[0].pk, moment(EXAM_ON, hours[0]), moment(EXAM_ON, hours[1]),
            stage.staff(duty)[:2] if duty else [], stage.staff("internal_supervisor")[0],
        )  # fmt: skip
        add_sitting(plan_number=stage.plan.number, terms=terms, by=cast.sun, at=cast.at)
    assign_seats(plan_number=stage.plan.number, by=cast.sun, at=cast.at, seed="种子")
    asked = ask_for_assessors(sitting_number=stage.sittings()[1].number, secret=SECRET, by=cast.sun, at=cast.at)
    experts.dispatch(number=asked.number, by=PLATFORM, at=cast.at)
    for n, member in enumerate(members):
        by = corps_actor(member.person, f"judge{n}", stage) if not getattr(member.person, "user", None) else actor_of(member.person)
        own = Assignment.objects.get(member=member, request=asked)
        experts.accept_assignment(number=own.number, by=by, at=cast.at)
    arrange(plan_number=stage.plan.number, by=cast.sun, at=cast.at)
    stage.plan.refresh_from_db()
    return stage


def actor_of(person: Any) -> Actor:
    """Give somebody who has a log-in as the one who acts at the corps' desk."""
    return actors_of(User.objects.get(person=person), EXAM_ON)[0]


def sheet_set(stage: Stage) -> None:
    """Let the body set the scoring sheet of the practical exam."""
    number = stage.sittings()[1].number
    set_scoring_sheet(sitting_number=number, points=POINTS, origin="按模板填写", by=stage.cast.sun, at=stage.cast.at)


def on_the_day(stage: Stage) -> Bench:
    """Bring the practical exam to half past one: opened, the assessors there, every candidate signed in."""
    sitting = stage.sittings()[1]
    own = list(Assignment.objects.filter(request__case=sitting.number).select_related("member__person__user", "request").order_by("-leads", "id"))
    stage.opened()
    for one in own:
        experts.sign_in(number=one.number, place="", by=actor_of(one.member.person), at=moment(EXAM_ON, 12, 30))
    note_attendance(sitting_number=sitting.number, marks=dict.fromkeys(stage.tickets(), True), by=stage.cast.sun, at=moment(EXAM_ON, 13))
    sitting.refresh_from_db()
    return Bench(stage, sitting, [actor_of(one.member.person) for one in own], own)


def drawn_again() -> Stage:
    """Give a plan whose three assessors are drawn, built once."""
    return stage_again(("drawn",), lambda: planned(set_up()))


def bench_again() -> Bench:
    """Give the practical exam on its day, built once."""
    stage = stage_again(("judged",), _built)
    sitting = stage.sittings()[1]
    rows = Assignment.objects.filter(request__case=sitting.number).select_related("member__person__user", "request")
    own = list(rows.order_by("-leads", "id"))
    return Bench(stage, sitting, [actor_of(one.member.person) for one in own], own)


def _built() -> Stage:
    stage = planned(set_up())
    sheet_set(stage)
    on_the_day(stage)
    return stage
