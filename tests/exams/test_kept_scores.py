"""保留成绩测试: is a part passed before found at registration, given no seat, counted at the end, and not beyond its time?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast, cast  # noqa: F401
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.web.test_filing_pages import client
from touchstone.certificates.models import Certificate
from touchstone.exams.models import Candidate, KeptScore, Plan, Seat, VoidedPart
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.day import close_sitting
from touchstone.exams.operations.results import conclude
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.queries.kept import kept_by, kept_scores, passed_before
from touchstone.exams.queries.results import scores_of
from touchstone.exams.queries.sittings import arrangement
from touchstone.exams.states import Part
from touchstone.ledger.models import Entry


@pytest.fixture
def earlier(cast: Cast) -> Candidate:  # noqa: F811
    """Give somebody who passed theory with 80 and failed the practical with 50, in results that stand; the exam was a year ago."""
    stage = Stage(cast, people=2).reviewed().with_sittings().arranged().held().scored(("80", "50"), ("90", "90")).announced().confirmed()
    Plan.objects.filter(pk=stage.plan.pk).update(exam_on=EXAM_ON - timedelta(days=365))
    return Candidate.objects.select_related("plan").get(plan=stage.plan, result="failed")


def sat(stage: Stage) -> Stage:
    """Everybody came to what they have a seat in."""
    for sitting in stage.opened().sittings():
        marks = {ticket or "": True for ticket in sitting.seats.values_list("candidate__ticket_number", flat=True)}
        note_attendance(sitting_number=sitting.number, marks=marks, by=stage.cast.sun, at=sitting.ends_at)
        close_sitting(sitting_number=sitting.number, by=stage.cast.sun, at=sitting.ends_at)
    close_sittings(plan_number=stage.plan.number, by=stage.cast.sun, at=moment(EXAM_ON, 17))
    stage.plan.refresh_from_db()
    return stage


def test_a_part_passed_before_is_not_sat_again(cast: Cast, earlier: Candidate) -> None:  # noqa: F811
    """理论80分保留：没有理论座位，录入时不用填，最后照算，合格；证书上有两科成绩。"""
    stage = Stage(cast, people=2).reviewed().with_sittings().arranged()
    mine = Candidate.objects.get(plan=stage.plan, person=earlier.person)
    (kept,) = kept_by(mine)
    assert kept.part == "theory" and kept.value == 80 and kept.comes_from == earlier
    assert Entry.objects.get(event="candidate.score_kept").subject == mine.number
    assert list(Seat.objects.filter(candidate=mine).values_list("sitting__part", flat=True)) == ["practical"]
    assert Seat.objects.filter(sitting__plan=stage.plan).count() == 3
    assert not arrangement(stage.plan, cast.at.date()).missing

    page = client("sun").get(f"/body/plans/candidates/{mine.number}").content.decode()
    assert "保留的单科成绩" in page and "80分，2025年3月20日在上海甲辰精密机械有限公司参加评价时取得" in page
    sat(stage)
    line = ScoreLine(mine.ticket_number or "", {Part.THEORY: Decimal(90)})
    (wrong,) = enter_scores(plan_number=stage.plan.number, lines=[line], by=cast.sun, at=moment(date(2026, 3, 23), 9))
    assert "保留以前的成绩80.0分" in wrong.sentence
    marks = {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(70)}
    lines = [ScoreLine(ticket, marks) for ticket in stage.tickets()]
    entered = enter_scores(plan_number=stage.plan.number, lines=lines, by=cast.sun, at=moment(date(2026, 3, 23), 10))
    assert all(one.done for one in entered), entered
    assert not mine.scores.filter(part="theory").exists()
    conclude(plan_number=stage.plan.number, by=cast.sun, at=moment(date(2026, 3, 23), 11))
    mine.refresh_from_db()
    assert mine.result == "passed"
    assert any("保留至" in one["reason"] for one in mine.result_findings)
    assert scores_of(mine)[Part.THEORY].kept_from == earlier.plan.exam_on
    stage.announced().confirmed().certified()
    issued = Certificate.objects.get(candidate_number=mine.number)
    assert issued.theory == 80 and issued.practical == 70


def test_beyond_its_time_it_is_sat_again(cast: Cast, earlier: Candidate) -> None:  # noqa: F811
    """考试推迟到保留期满以后：照常排座。"""
    plan = Stage(cast, people=1, serial=1).plan
    assert set(passed_before([earlier.person_id], plan)[earlier.person_id]) == {Part.THEORY}
    plan.exam_on = date(2027, 3, 20)
    assert passed_before([earlier.person_id], plan) == {}


@pytest.mark.parametrize("changes", [{"level": 4}, {"state": "announced"}], ids=["别的等级", "公示未满"])
def test_what_does_not_match_is_not_kept(changes: dict[str, object], cast: Cast, earlier: Candidate) -> None:  # noqa: F811
    Plan.objects.filter(pk=earlier.plan_id).update(**changes)
    assert passed_before([earlier.person_id], Stage(cast, people=1, serial=1).plan) == {}


def test_what_a_case_took_away_is_not_kept(cast: Cast, earlier: Candidate) -> None:  # noqa: F811
    """以前的成绩因违纪作废的，不保留；后来才作废的，也不再算数；决定撤销的，恢复。"""
    plan = Stage(cast, people=1, serial=1).plan
    voided = VoidedPart.objects.create(candidate=earlier, part=Part.THEORY, case="AJ1", voided_at=cast.at)
    assert passed_before([earlier.person_id], plan) == {}
    stage = Stage(cast, people=1, serial=2).reviewed()
    mine = Candidate.objects.get(plan=stage.plan)
    KeptScore.objects.create(candidate=mine, part=Part.THEORY, value=80, passed_on=earlier.plan.exam_on, comes_from=earlier)
    assert kept_by(mine) == [] and kept_scores(stage.plan) == {}
    voided.undone_at = cast.at
    voided.save()
    assert set(kept_scores(stage.plan)[mine.pk]) == {Part.THEORY}


def test_who_failed_everything_or_passed_keeps_nothing(cast: Cast, earlier: Candidate) -> None:  # noqa: F811
    plan = Stage(cast, people=1, serial=1).plan
    passed = Candidate.objects.get(plan=earlier.plan, result="passed")
    earlier.scores.update(value=50)
    assert passed_before([passed.person_id, earlier.person_id], plan) == {}
    assert not KeptScore.objects.exists()
