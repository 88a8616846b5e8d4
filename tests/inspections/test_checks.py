"""日常督导测试: does an office begin a check without a draw only on its own ground, with items of the list, by two who are free?"""

from dataclasses import replace
from typing import Any

import pytest

from tests.cast import Cast
from tests.exams.stage import Stage as ExamStage
from tests.inspections.stage import Stage, filed_body, inspector
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations import open_venue
from touchstone.bodies.queries import venues_of
from touchstone.filings.operations import Fix, confirm_visit, record_visit
from touchstone.inspections import queries
from touchstone.inspections.models import Visit
from touchstone.inspections.operations import CheckTerms, begin_check, declare_recusal
from touchstone.inspections.queries import visiting
from touchstone.policy.inspections import VisitOutcome
from touchstone.simulation.cast import FOREIGN, person_of
from touchstone.simulation.filing import file_to, people_on, sight
from touchstone.simulation.inspections import fill_in, sign_and_seal
from touchstone.tasks.queries import open_on, waiting_for


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a district with two filed bodies and its inspectors."""
    return Stage(cast, bodies=2)


def test_a_check_goes_the_way_of_a_drawn_visit_and_is_not_public(stage: Stage) -> None:
    """本区备案的机构可以日常检查，两人、同一张表、同样封存；不是抽查，不列入抽查结果。"""
    cast = stage.cast
    body = filed_body(20, cast.at)
    terms = CheckTerms(body.number, ["system", "archive"], person_of("inspector0").number, campaign="ZX2026001")
    made = begin_check(terms=terms, by=cast.wang.with_key("k1"), at=cast.at)
    assert begin_check(terms=terms, by=cast.wang.with_key("k1"), at=cast.at) == made and Visit.objects.count() == 1, "重复提交只开始一次"
    assert (made.campaign, made.task, made.body) == ("ZX2026001", None, body)
    assert waiting_for(cast.inspector0).filter(case=made.number).count() == 1
    fill_in(made.number, {"archive.video": "录像少一小时。"}, by=cast.wang, at=cast.at)
    sign_and_seal(made.number, (cast.wang, cast.inspector0), at=cast.at)
    done = Visit.objects.get(number=made.number)
    assert done.outcome == VisitOutcome.TO_RECTIFY and done.score == 77.8
    assert visiting.problems_of(done).count() == 1 and not queries.any_result()
    assert not open_on(made.number).exclude(matter="treat_findings").exists()
    (listed,) = visiting.with_open_findings(visiting.visits(cast.wu))
    assert listed == done and vars(listed)["open_count"] == 1
    assert list(visiting.visits(cast.wu)) == [done] and list(visiting.visits(cast.du)) == []


def test_off_its_ground_with_other_items_or_alone_it_does_not_begin(stage: Stage) -> None:
    """不在监管职责之内、事项不在清单或者不适用、没有第二人、应当回避、考核点不是它的，都不能开始。"""
    cast = stage.cast
    body, away = filed_body(20, cast.at), filed_body(21, cast.at, district=FOREIGN)
    second = person_of("inspector0").number

    def begun(by=cast.wang, number=body.number, items=("system",), other=second, place=""):
        return lambda: begin_check(terms=CheckTerms(number, items, other, place), by=by, at=cast.at)

    tries = {
        "不在": begun(number=away.number),
        "不适用": begun(items=("fees",)),
        "不在督导检查事项清单": begun(items=("beauty",)),
        "请选择检查事项": begun(items=()),
        "可以采用的方式": begun(items=("scores",)),
        "同去的检查人员。": begun(other="P0"),
        "不能是您自己": begun(other=person_of("wang").number),
        "不是该机构的考核点": begun(place="KD1"),
        "没有编号": begun(number="X"),
    }
    for says, attempt in tries.items():
        refused_and_nothing_changed(attempt, says, "inspections")
    for who in (cast.wu, cast.du, cast.lin, cast.jiang):
        refused_and_nothing_changed(begun(by=who), "不在" if who == cast.du else "质量督导员", "inspections")
    declare_recusal(body_number=body.number, ground="relative", words="", by=cast.inspector0, at=cast.at)
    refused_and_nothing_changed(begun(), "应当回避", "inspections")


def test_a_venue_on_foreign_ground_is_the_other_districts(stage: Stage) -> None:
    """机构备案在别的区而考核点设在本区的：本区只能检查这个考核点。"""
    cast = stage.cast
    away = filed_body(22, cast.at, district=FOREIGN)
    told: dict[str, Any] = {"address": "虚构路22号", "tenure": "owned", "leased_until": None, "by": PLATFORM, "at": cast.at}
    venue = open_venue(body=away, name="浦东基地", district=cast.body_a.district, **told)
    made = begin_check(terms=CheckTerms(away.number, ["venue"], person_of("inspector0").number, venue.number), by=cast.wang, at=cast.at)
    assert made.place == venue.number and "浦东基地" in made.place_words


def test_a_phone_is_measured_from_where_the_venue_was_found(cast: Cast) -> None:
    """距离从两名评估员踏勘时确认的考核点位置算起；没有确认过的，不算距离。"""
    people, at = people_on("district_enterprise", cast.at.date()), cast.at
    number = file_to("appointed", cast.body_a, people, at=at)
    venue = venues_of(cast.body_a)[0]
    assert visiting.nearest(cast.body_a.pk, 31.221, 121.54).metres is None
    seen = replace(sight(venue.pk, at.date(), "范某", "与填报一致。"), place=Fix(31.22, 121.54, 8))
    kept = record_visit(number=number, sight=seen, by=people["first"], at=at)
    assert visiting.nearest(cast.body_a.pk, 31.221, 121.54).metres is None
    confirm_visit(number=number, visit_id=kept.pk, by=people["second"], at=at)
    assert visiting.nearest(cast.body_a.pk, 31.221, 121.54) == visiting.Nearest(venue.name, 111)


def test_a_sitting_is_looked_in_on_where_it_is_held(cast: Cast) -> None:
    """可以只检查一个场次：由场次所在区检查；别的机构的场次不能填。"""
    held = ExamStage(cast).reviewed().with_sittings()
    sitting, second = held.sittings()[0], inspector(0, cast.at)
    terms = CheckTerms(cast.body_a.number, ["sitting"], person_of("inspector0").number, sitting.number)
    made = begin_check(terms=terms, by=cast.wang, at=cast.at)
    assert made.place == sitting.number and "实训中心" in made.place_words and second.office_id == made.office_id
    other = filed_body(23, cast.at)
    refused_and_nothing_changed(
        lambda: begin_check(terms=replace(terms, body=other.number), by=cast.wang, at=cast.at), "不是该机构的考核点或者场次", "inspections"
    )
