"""课证融通舞台: a school with a pilot, students with course marks, and a plan for them, as far as a test needs it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import load_workbook

from tests.cast import START, Cast, set_up, set_up_again
from tests.exams.stage import CODE, NAMES, Stage, stage_of
from touchstone.accounts.actor import Actor
from touchstone.accounts.people import Identity
from touchstone.bodies.models import Body, CourseBatch, Pilot
from touchstone.bodies.operations import approve_pilot, enter_student
from touchstone.bodies.operations.courses import check_course_sheet, confirm_courses, hand_in_courses, template_of
from touchstone.exams.models import Candidate
from touchstone.exams.operations.eligibility_review import close_review
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.registration_entry import Entry
from touchstone.policy.exams.courses import Taught
from touchstone.policy.exams.parts import Part
from touchstone.sheets.courses import SHAPE
from touchstone.simulation import cast as people
from touchstone.simulation.identity import id_number, phone

DRAWING, THEORY, CNC = "机械制图", "车工工艺学", "数控编程"
UNITS = (
    Taught(DRAWING, "读图与绘图", Part.THEORY, 40),
    Taught(THEORY, "相关知识", Part.THEORY, 60),
    Taught(CNC, "程序编制", Part.PRACTICAL, 30),
)
"""Both courses of theory together carry all of it; the third nearly a third of the practical."""


@dataclass(frozen=True)
class SchoolCast(Cast):
    """The cast with a school in the place of body 甲: 范 leads and keeps its registers, 左 plans and enters."""

    def __getattr__(self, username: str) -> Actor:
        stands_in = {"sun": "zuo", "lin": "fan", "qian": "fan"}
        return super().__getattr__(stands_in.get(username, username))


def school_cast(cast: Cast) -> SchoolCast:
    """Give the cast around the school."""
    school: Body = people.set_up_other_bodies(since=date(2026, 1, 1), at=cast.at)["BODY-F"]
    return SchoolCast(school, cast.body_b, cast.at)


def approve(cast: Cast, units: Sequence[Taught] = UNITS) -> Pilot:
    """Let the school try out 课证融通 in its occupation until the end of 2027."""
    return approve_pilot(
        body=cast.body_a, kind="course_and_certificate", occupations=[CODE], plan="三门课程与标准要素对应", units=units, since=cast.at.date(),
        until=date(2028, 1, 1), filed={CODE}, by=cast.han, at=cast.at,
    )  # fmt: skip


class SchoolStage(Stage):
    """A plan of the school for its own students in their last year."""

    def _candidate(self, n: int) -> Candidate:
        identity = Identity(name=NAMES[n], id_number=id_number(n, birthday=date(2007, 1, 1), male=True), phone=phone(n))
        enter_student(
            body=self.cast.body_a, agreement=None, name=identity.name, id_number=identity.id_number, register_number=register_number(n),
            major="数控技术", programme="高职", full_time=True, enrolled_on=date(2023, 9, 1), graduates_on=date(2026, 7, 1),
            by=self.cast.lin, at=self.cast.at,
        )  # fmt: skip
        claims = {"years_in_field": "0", "education": "高职在读", "major": "数控技术", "certificate": None}
        entry = Entry(identity, "own_student", "", self.cast.body_a.name, "5-1", claims)
        made = register_candidate(plan_number=self.plan.number, entry=entry, by=self.cast.sun, at=self.cast.at)
        assert made.state == "eligible", made.findings
        return made

    def registered(self) -> "SchoolStage":
        """The plan is reported, and everybody registered and eligible; the review is still open."""
        report_plan(number=self.plan.number, by=self.cast.sun, at=self.cast.at)
        for n in range(self.people):
            self._candidate(n)
        self._again()
        return self

    def closed(self) -> "SchoolStage":
        """The review is closed."""
        close_review(number=self.plan.number, by=self.cast.sun, at=self.cast.at)
        self._again()
        return self

    def candidates(self) -> list[Candidate]:
        """Give the candidates as they were registered."""
        return list(self.plan.candidates.order_by("number"))


def register_number(n: int) -> str:
    """Give the register number of a student of the stage."""
    return f"G2023{n + 1:06d}"


def sheet(pilot: Pilot, marks: Mapping[tuple[int, str], str], passed_on: str = "2026-01-15", names: Mapping[int, str] | None = None) -> bytes:
    """Give the school's workbook, filled: the mark of a student (by place) in a unit."""
    book = load_workbook(io.BytesIO(template_of(pilot=pilot, day=date(2026, 3, 2))))
    page = book[SHAPE.sheet]
    page.delete_rows(2, page.max_row)
    for (n, unit), mark in marks.items():
        page.append([register_number(n), (names or {}).get(n, NAMES[n]), unit, mark, passed_on])
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def checked(cast: Cast, pilot: Pilot, marks: Mapping[tuple[int, str], str], by: Actor | None = None) -> CourseBatch:
    """Send a workbook in, the planner or somebody else; nothing counts yet."""
    content, proof = sheet(pilot, marks), "2025学年第一学期成绩单"
    return check_course_sheet(pilot_number=pilot.number, name="课程成绩.xlsx", content=content, proof=proof, by=by or cast.sun, at=cast.at)


def confirmed(cast: Cast, pilot: Pilot, marks: Mapping[tuple[int, str], str]) -> CourseBatch:
    """Send a workbook in, hand it in, and have it confirmed by the leader."""
    made = checked(cast, pilot, marks)
    hand_in_courses(number=made.number, by=cast.sun, at=cast.at)
    confirm_courses(number=made.number, by=cast.qian, at=cast.at)
    made.refresh_from_db()
    return made


def school_stage(count: int = 3, units: Sequence[Taught] = UNITS) -> tuple[SchoolStage, Pilot]:
    """Give a plan of the school with everybody registered, and the pilot that covers it."""
    cast = school_cast(set_up())
    pilot = approve(cast, units)
    return SchoolStage(cast, people=count).registered(), pilot


ALL_OF = {(0, DRAWING): "80", (0, THEORY): "90", (0, CNC): "70", (1, CNC): "88"}
"""The first passed everything, the second one unit, the third none."""


def school_stage_of(plan: int) -> SchoolStage:
    """Give the stage of a plan of the school that lies in the database already."""
    school = Body.objects.select_related("office").get(plans=plan)
    return stage_of(plan, SchoolCast(school, set_up_again().body_b, START), kind=SchoolStage)
