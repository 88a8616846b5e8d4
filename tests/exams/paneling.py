"""综合评审测试公用: a plan of level 2 of body 甲 whose panel is drawn by chance: papers handed in, the day, the defence, marks and minutes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from tests.cast import Cast, set_up
from tests.exams.judging import actor_of, corps_actor
from tests.exams.stage import EXAM_ON, Stage, moment, stage_again
from tests.experts.people import SECRET, enter_assessors, qualify_as
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.exams.models import Candidate, Defence, Sitting
from touchstone.exams.operations import defences
from touchstone.exams.operations.arrangement import SittingTerms, add_sitting
from touchstone.exams.operations.arranging import arrange
from touchstone.exams.operations.asking import ask_for_assessors
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.day import close_sitting
from touchstone.exams.operations.marks import Sent, send_marks
from touchstone.exams.operations.panel_papers import hand_in_paper
from touchstone.exams.operations.scoring_sheets import PointLine, set_scoring_sheet
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.queries.marks import Stands
from touchstone.exams.states import Part
from touchstone.experts import operations as experts
from touchstone.experts.models import Assignment
from touchstone.simulation.cast import FOREIGN
from touchstone.simulation.corps import enter_member

STARTS = moment(EXAM_ON, 15, 30)
POINTS = (PointLine("论文选题有实用价值、数据可靠", Decimal(40), "论文"), PointLine("答辩切题、说得清楚", Decimal(60), "答辩"))
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n"


def pdf(mark: object) -> bytes:
    """Give a PDF of one page that differs from every other by its mark."""
    return PDF + f"%{mark}\n".encode()


@dataclass
class Review:
    """The panel of a plan; members are known by their place (the chair first), candidates by the order of seats."""

    stage: Stage
    sitting: Sitting
    members: list[Actor] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    sent: int = 0

    def candidate(self, place: int = 0) -> Candidate:
        return self.sitting.seats.select_related("candidate__plan").order_by("seat_number")[place].candidate

    def ticket(self, place: int = 0) -> str:
        return self.candidate(place).ticket_number or ""

    def papers(self, place: int = 0, at: datetime | None = None) -> None:
        """Let the body hand in 技术总结 and 业绩材料 for a candidate."""
        one = self.candidate(place)
        for kind, title in (("summary", "车床主轴热变形补偿的技术总结"), ("achievements", "技术革新获奖证书")):
            hand_in_paper(
                number=one.number, kind=kind, title=title, name="材料.pdf", content=pdf(f"{one.number}{kind}"), by=self.stage.cast.sun,
                at=at or self.stage.cast.at,
            )  # fmt: skip

    def begins(self, place: int = 0, at: datetime = STARTS) -> Defence:
        return defences.begin_defence(sitting_number=self.sitting.number, ticket=self.ticket(place), by=self.members[0], at=at)

    def asks(self, who: int, question: str, place: int = 0, key: str = "") -> None:
        self.sent += 1
        defences.note_question(
            sitting_number=self.sitting.number, ticket=self.ticket(place), asked_by=self.assignments[who].number, question=question,
            answer="回答切题", key=key or f"q{self.sent}", by=self.members[who], at=STARTS + timedelta(minutes=5),
        )  # fmt: skip

    def ends(self, place: int = 0, minutes: int = 30, reason: str = "") -> Defence:
        ticket = self.ticket(place)
        return defences.end_defence(
            sitting_number=self.sitting.number, ticket=ticket, by=self.members[0], at=STARTS + timedelta(minutes=minutes), reason=reason
        )

    def marks(self, who: int, paper: str, defence: str, place: int = 0) -> None:
        self.sent += 1
        given = {"1": Stands(Decimal(paper)), "2": Stands(Decimal(defence))}
        sent = Sent(marks=given, key=f"m{self.sent}", hands_in=True)
        send_marks(sitting_number=self.sitting.number, ticket=self.ticket(place), sent=sent, by=self.members[who], at=STARTS + timedelta(minutes=35))

    def signs(self, who: int, agrees: bool = True, words: str = "", place: int = 0) -> None:
        at = STARTS + timedelta(minutes=40)
        defences.sign_minutes(
            sitting_number=self.sitting.number, ticket=self.ticket(place), agrees=agrees, words=words, by=self.members[who], at=at
        )

    def defended(self, place: int = 0, marks: tuple[str, str] = ("32", "50"), agree: int = 3) -> None:
        """Let a candidate be heard, marked by all three and the minutes be signed, `agree` of them in favour."""
        self.begins(place)
        for who in range(3):
            self.asks(who, f"第{who + 1}个问题", place)
        self.ends(place)
        for who in range(3):
            self.marks(who, *marks, place)
            self.signs(who, agrees=who < agree, words="" if who < agree else "创新点不足", place=place)

    def over(self) -> None:
        """Close the exam."""
        stage = self.stage
        for one in stage.sittings():
            note_attendance(sitting_number=one.number, marks=dict.fromkeys(stage.tickets(), True), by=stage.cast.sun, at=one.ends_at)
            close_sitting(sitting_number=one.number, by=stage.cast.sun, at=one.ends_at)
        close_sittings(plan_number=stage.plan.number, by=stage.cast.sun, at=moment(EXAM_ON, 19))


def planned(cast: Cast, *, song: bool = False) -> Stage:
    """Bring a plan of level 2 to where its panel is drawn and has accepted; with `song`, one of it is 宋 of the cast. Nothing is handed in."""
    members = enter_assessors(2 if song else 3, cast.at)
    for one in members:
        one.qualifications.update(kind="senior_assessor", highest_level=1)
    if song:
        known = enter_member("song", district=FOREIGN, employer="上海辛酉精工有限公司", body=None, at=cast.at)
        qualify_as(known, cast.at.date(), senior=True)
        members.append(known)
    stage = Stage(cast, level=2).reviewed().with_sittings()
    terms = SittingTerms(
        Part.PANEL, stage.plan.venue.rooms.get(purpose="panel").pk, STARTS, STARTS + timedelta(hours=3), [], stage.staff("internal_supervisor")[0]
    )
    add_sitting(plan_number=stage.plan.number, terms=terms, by=cast.sun, at=cast.at)
    assign_seats(plan_number=stage.plan.number, by=cast.sun, at=cast.at, seed="种子")
    number = stage.sittings()[2].number
    asked = ask_for_assessors(sitting_number=number, secret=SECRET, by=cast.sun, at=cast.at)
    experts.dispatch(number=asked.number, by=PLATFORM, at=cast.at)
    for n, member in enumerate(members):
        by = corps_actor(member.person, f"judge{n}", stage) if not getattr(member.person, "user", None) else actor_of(member.person)
        experts.accept_assignment(number=Assignment.objects.get(member=member, request=asked).number, by=by, at=cast.at)
    arrange(plan_number=stage.plan.number, by=cast.sun, at=cast.at)
    set_scoring_sheet(sitting_number=number, points=POINTS, origin="按模板填写", by=cast.sun, at=cast.at)
    stage.plan.refresh_from_db()
    return stage


def review_of(stage: Stage) -> Review:
    """Give the panel of a plan with its members, the chair first."""
    sitting = stage.sittings()[2]
    rows = Assignment.objects.filter(request__case=sitting.number).select_related("member__person__user", "request")
    own = list(rows.order_by("-leads", "id"))
    return Review(stage, sitting, [actor_of(one.member.person) for one in own], own)


def on_the_day(stage: Stage) -> Review:
    """Bring the panel to half past three: opened, its members there, every candidate signed in."""
    review = review_of(stage)
    stage.opened()
    for who, one in zip(review.members, review.assignments, strict=True):
        experts.sign_in(number=one.number, place="", by=who, at=moment(EXAM_ON, 15))
    note_attendance(sitting_number=review.sitting.number, marks=dict.fromkeys(stage.tickets(), True), by=stage.cast.sun, at=STARTS)
    return review_of(stage)


def drawn_again() -> Review:
    """Give a panel that is drawn and has accepted, weeks before its day; built once."""
    return review_of(stage_again(("panel",), lambda: planned(set_up())))


def day_again() -> Review:
    """Give a panel on its day, with everybody's papers; built once."""
    return review_of(stage_again(("panel day",), _built))


def _built() -> Stage:
    stage = planned(set_up())
    for place in range(3):
        review_of(stage).papers(place)
    on_the_day(stage)
    return stage
