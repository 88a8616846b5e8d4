"""课证融通测试: course marks are checked, handed in, confirmed; they exempt from elements; what is sat counts for the rest; who may."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.exams.courses import ALL_OF, CNC, DRAWING, THEORY, UNITS, SchoolStage, checked, confirmed, register_number, school_stage, school_stage_of
from tests.exams.stage import NAMES, moment
from tests.kept import kept
from touchstone.accounts.actor import VISITOR, NotAllowed
from touchstone.bodies.models import CourseBatch, CourseResult, Pilot
from touchstone.bodies.operations import end_pilot
from touchstone.bodies.operations.courses import confirm_courses, drop_courses, hand_in_courses, take_back_course_result, type_course_mark
from touchstone.certificates.models import Certificate
from touchstone.exams.models import Exemption, Seat
from touchstone.exams.operations.courses import grant_exemptions, join_course_exam, part_course_exam, take_back_exemptions
from touchstone.exams.operations.results import conclude
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.queries.courses import considered, exempt_by
from touchstone.exams.queries.results import scores_by_candidate, scores_of
from touchstone.exams.states import Part
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry

SCORED = moment(date(2026, 3, 23), 10)
Scene = tuple[SchoolStage, Pilot]


@pytest.fixture
def scene(db: None) -> Scene:
    """Give a plan of the school with three students registered, and the pilot; built once."""
    plan, key = kept(("courses",), lambda: _keys(school_stage()))
    return school_stage_of(plan), Pilot.objects.select_related("body").get(pk=key)


def _keys(built: Scene) -> tuple[int, ...]:
    return built[0].plan.pk, built[1].pk


def sit(stage: SchoolStage, *practical: str) -> None:
    """Close the review, hold the exam, enter what each who sat scored: 80 in theory, and the practical mark by order of registration."""
    stage.closed().with_sittings().arranged().held()
    marks = dict(zip([one.pk for one in stage.candidates()], practical, strict=True))
    lines = []
    for one in stage.candidates():
        one.refresh_from_db()
        sat = set(Seat.objects.filter(candidate=one).values_list("sitting__part", flat=True))
        given = {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(marks[one.pk])}
        lines.append(ScoreLine(one.ticket_number or "", {part: mark for part, mark in given.items() if part.value in sat}))
    found = enter_scores(plan_number=stage.plan.number, lines=lines, by=stage.cast.sun, at=SCORED)
    assert all(one.done for one in found), found


def test_a_workbook_is_first_only_tried(scene: Scene) -> None:
    """试算逐行给结果，不登记任何成绩；错行、别的单元、没有的学籍号、超过满分都说明原因。"""
    stage, pilot = scene
    marks = {(0, DRAWING): "80", (1, "钳工实训"): "80", (2, CNC): "180", (0, CNC): "七十"}
    made = checked(stage.cast, pilot, marks)
    told = {one.row_number: (one.outcome, one.sentence) for one in made.rows.all()}
    assert told[2][0] == "ready"
    assert "没有“钳工实训”" in told[3][1]
    assert "0到100" in told[4][1]
    assert "0到100" in told[5][1]
    assert not CourseResult.objects.exists()
    with pytest.raises(Refusal, match="没有考生可以新增免考"):
        grant_exemptions(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at)


def test_who_enters_does_not_confirm(scene: Scene) -> None:
    """左登记的由范确认；范自己登记的自己不能确认；左不是负责人，也不能确认。"""
    stage, pilot = scene
    cast = stage.cast
    made = checked(cast, pilot, ALL_OF)
    with pytest.raises(Refusal, match="已试算"):
        confirm_courses(number=made.number, by=cast.qian, at=cast.at)
    hand_in_courses(number=made.number, by=cast.sun, at=cast.at)
    with pytest.raises(NotAllowed, match="机构负责人"):
        confirm_courses(number=made.number, by=cast.sun, at=cast.at)
    assert "还没有确认" in considered(stage.plan)[0].why_not[0].reason
    assert confirm_courses(number=made.number, by=cast.qian, at=cast.at) == 4
    again = checked(cast, pilot, ALL_OF)
    assert {one.outcome for one in again.rows.all()} == {"unchanged"}
    own = type_course_mark(
        pilot_number=pilot.number, register_number=register_number(2), unit=CNC, mark=Decimal(66), passed_on=date(2026, 1, 15),
        proof="成绩单", by=cast.qian, at=cast.at,
    )  # fmt: skip
    hand_in_courses(number=own.number, by=cast.qian, at=cast.at)
    with pytest.raises(Refusal, match="登记人以外"):
        confirm_courses(number=own.number, by=cast.qian, at=cast.at)
    assert drop_courses(number=own.number, reason="由左老师登记", by=cast.qian, at=cast.at).state == CourseBatch.State.DROPPED


def test_elements_are_exempt_and_the_rest_is_sat(scene: Scene) -> None:
    """甲理论全部免考、技能免考30%；乙技能免考30%；丙没有。甲不排理论座位，成绩按课程成绩折算，证书依据写明。"""
    stage, pilot = scene
    confirmed(stage.cast, pilot, ALL_OF)
    plan, cast = stage.plan, stage.cast
    assert grant_exemptions(plan_number=plan.number, by=cast.sun, at=cast.at) == 4
    with pytest.raises(Refusal, match="没有考生可以新增免考"):
        grant_exemptions(plan_number=plan.number, by=cast.sun, at=cast.at)
    first, second, third = stage.candidates()
    assert [one.element for one in exempt_by(first)] == ["读图与绘图", "相关知识", "程序编制"]
    assert [one["outcome"] for one in exempt_by(first)[0].findings] == ["met", "met"]
    assert exempt_by(third) == []
    sit(stage, "50", "50", "50")
    assert set(Seat.objects.filter(candidate=first).values_list("sitting__part", flat=True)) == {"practical"}
    scores = scores_by_candidate(plan)
    assert scores[first.pk][Part.THEORY].mark == Decimal("86.0")  # 80 x 40% + 90 x 60%
    assert scores[first.pk][Part.PRACTICAL].mark == Decimal("56.0")  # 50 x 70% + 70 x 30%
    assert scores[second.pk][Part.PRACTICAL].mark == Decimal("61.4")  # 50 x 70% + 88 x 30%
    assert scores[third.pk][Part.PRACTICAL].mark == Decimal(50)
    for one in (first, second, third):
        assert scores_of(one) == scores[one.pk]
    counts = conclude(plan_number=plan.number, by=cast.sun, at=SCORED)
    assert (counts["passed"], counts["failed"]) == (1, 2)
    second.refresh_from_db()
    assert any("30%的要素以课程成绩免考" in one["reason"] for one in second.result_findings)
    stage.checked().announced().confirmed().certified()
    held = Certificate.objects.get()
    assert held.holder_name == NAMES[1]
    assert "程序编制" in held.basis["exempt"]


def test_the_share_of_a_part_is_bounded(db: None) -> None:
    """技能的免考不超过50%：第二个要素超过上限，仍须考核。"""
    stage, pilot = school_stage(1, units=(*UNITS, replace(UNITS[2], unit="车削实训", element="轴类零件加工", share=30)))
    confirmed(stage.cast, pilot, {(0, CNC): "70", (0, "车削实训"): "90"})
    (line,) = considered(stage.plan)
    assert [one.taught.element for one in line.could_be] == ["程序编制"]
    assert any("超过技能考核的上限50%" in one.reason for one in line.why_not)


def test_a_course_mark_taken_back_stops_the_conclusion(scene: Scene) -> None:
    """课程成绩撤销后，免考不撤销不能核定结论；撤销免考后，没有座位的科目按缺考。"""
    stage, pilot = scene
    confirmed(stage.cast, pilot, ALL_OF)
    plan, cast = stage.plan, stage.cast
    grant_exemptions(plan_number=plan.number, by=cast.sun, at=cast.at)
    sit(stage, "80", "80", "80")
    wrong = CourseResult.objects.get(unit=THEORY)
    with pytest.raises(Refusal, match="请写明撤销课程成绩的原因"):
        take_back_course_result(number=wrong.number, reason=" ", by=cast.qian, at=SCORED)
    take_back_course_result(number=wrong.number, reason="登分有误", by=cast.qian, at=SCORED)
    with pytest.raises(Refusal, match="课程成绩已被更正或撤销"):
        conclude(plan_number=plan.number, by=cast.sun, at=SCORED)
    first = stage.candidates()[0]
    assert take_back_exemptions(candidate_number=first.number, reason="课程成绩有误", by=cast.sun, at=SCORED) == 3
    assert scores_by_candidate(plan)[first.pk][Part.THEORY].absent
    assert scores_of(first)[Part.THEORY].absent
    conclude(plan_number=plan.number, by=cast.sun, at=SCORED)
    first.refresh_from_db()
    assert first.result == "failed"


def test_one_sitting_is_the_exam_of_a_course_as_well(scene: Scene) -> None:
    """理论考试同时作为“机械制图”的学历课程考试：公示期满后成绩记入课程成绩；本场不能再以这门课免考。"""
    stage, pilot = scene
    plan, cast = stage.plan, stage.cast
    with pytest.raises(Refusal, match="没有“钳工实训”"):
        join_course_exam(plan_number=plan.number, unit="钳工实训", by=cast.sun, at=cast.at)
    join_course_exam(plan_number=plan.number, unit=DRAWING, by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match="已同时作为"):
        join_course_exam(plan_number=plan.number, unit=DRAWING, by=cast.sun, at=cast.at)
    confirmed(cast, pilot, {(1, DRAWING): "61"})
    assert considered(plan)[1].could_be == []
    sit(stage, "80", "80", "80")
    conclude(plan_number=plan.number, by=cast.sun, at=SCORED)
    stage.checked().announced().confirmed()
    found = CourseResult.objects.filter(batch__origin="exam").order_by("student__register_number")
    assert [(one.unit, one.mark, one.passed_on) for one in found] == [(DRAWING, Decimal(80), plan.exam_on)] * 2
    refused = CourseBatch.objects.get(origin="exam").rows.get(outcome="refused")
    assert refused.name == NAMES[1] and "已有成绩61分" in refused.sentence
    with pytest.raises(MoveRefused, match="资格审核完成以前"):
        part_course_exam(plan_number=plan.number, unit=DRAWING, reason="改了", by=cast.sun, at=SCORED)


def test_nothing_without_the_pilot_nor_after_the_arrangement(scene: Scene) -> None:
    """考务确认以后不再核定免考；试点结束以后没有可以免考的。"""
    stage, pilot = scene
    confirmed(stage.cast, pilot, ALL_OF)
    stage.closed().with_sittings().arranged()
    with pytest.raises(MoveRefused, match="考务确认前核定"):
        grant_exemptions(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at)
    end_pilot(number=pilot.number, reason="教学计划调整", by=stage.cast.han, at=stage.cast.at + timedelta(days=1))
    assert considered(stage.plan)[0].could_be == []
    assert not Exemption.objects.exists()


def test_who_may_not(scene: Scene) -> None:
    """别的机构、区人社局、考生和未登录的都不能核定；被拒绝的不留下任何记录。"""
    stage, pilot = scene
    confirmed(stage.cast, pilot, ALL_OF)
    before = Entry.objects.count()
    for other in (stage.cast.shi, stage.cast.wang, stage.cast.han, VISITOR):
        with pytest.raises(NotAllowed):
            grant_exemptions(plan_number=stage.plan.number, by=other, at=stage.cast.at)
        with pytest.raises(NotAllowed):
            checked(stage.cast, pilot, ALL_OF, by=other)
    assert Entry.objects.count() == before
