"""各区尺度测试: who is compared with whom, what is flagged, which decisions stand behind it, and who explains and answers?"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.test_pages import enter
from tests.filings.watched import PUDONG, XUHUI
from tests.insight.deciding import EACH, LATER, decided, visited
from tests.refusing import all_refused_and_nothing_changed
from tests.revocations.giving import Case
from touchstone.insight.models import Explanation
from touchstone.insight.operations import answer_explanation, explain
from touchstone.insight.queries.drift import QUESTIONS, compared, compared_one, decisions, span_on
from touchstone.insight.states import Answer
from touchstone.kernel.rules import Outcome
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import mark_synthetic
from touchstone.policy.certificates.revocation import Verdict
from touchstone.policy.inspections import VisitOutcome
from touchstone.tasks.models import Copy, Task

PAGE, DAY = "authority:drift", LATER.date()
ALERT = next(one for one in QUESTIONS if one.key == "alert")


@pytest.fixture
def city(db: None) -> Iterator[Cast]:
    """浦东新区 found all its six alerts untrue, 徐汇区 two of six."""
    mark_synthetic(seed=1)
    cast = set_up()
    decided(cast, dismissed_at_home=EACH, dismissed_elsewhere=2)
    travel_to(LATER)
    yield cast


def test_the_year_before_this_month_is_compared() -> None:
    """比较的是本月以前的十二个整月。"""
    span = span_on(DAY)
    assert (f"{span.since}", f"{span.until}") == ("2025-06-01", "2026-06-01")


def test_a_district_is_compared_with_all_others_together(city: Cast) -> None:
    """浦东六件全部不属实，其他区六件中两件：相差67个百分点，两边都标出；没有作出决定的区件数不足。"""
    lines = {one.district: one for one in compared(ALERT, DAY)}
    home = lines[PUDONG]
    assert (home.cases, home.milder, home.other_cases, home.other_milder, home.share) == (6, 6, 6, 2, 100.0)
    assert home.finding.outcome is Outcome.UNMET
    assert home.finding.reason == "认定不属实：本区6件中6件（100%），其他区6件中2件（33%），相差超过20个百分点"
    assert lines[XUHUI].finding.outcome is Outcome.UNMET
    assert lines["310110"].finding.outcome is Outcome.UNPROVEN and len(lines) == 16


def test_alike_is_not_flagged(db: None) -> None:
    """两区大致一样的，不标出。"""
    mark_synthetic(seed=1)
    decided(set_up(), dismissed_at_home=3, dismissed_elsewhere=2)
    assert compared_one(ALERT, PUDONG, DAY).finding.outcome is Outcome.MET


def test_the_number_leads_to_the_decisions(city: Cast) -> None:
    """点开件数就是那些决定；点开“不属实”就是其中不属实的；导出留痕。"""
    han, address = enter("han"), reverse("authority:drift_district", args=["alert", XUHUI])
    said = han.get(reverse(PAGE)).content.decode()
    assert f'href="{address}">6</a>' in said and f'href="{address}?way=mild">2</a>' in said
    assert "共6件决定" in han.get(address).content.decode() and "共2件决定" in han.get(address, {"way": "mild"}).content.decode()
    assert "共4件决定" in han.get(address, {"way": "strict"}).content.decode()
    numbers = [one.case_number for one in decisions(ALERT, span_on(DAY), XUHUI)]
    assert all(f'/desk/alerts/{number}">' in han.get(address).content.decode() for number in numbers)
    assert han.get(address, {"export": "csv"}).status_code == 200
    assert Entry.objects.filter(event="list.exported", subject=f"drift-alert-{XUHUI}").exists()


def test_who_reads_what(city: Cast) -> None:
    """市局、市职鉴中心看全市；区负责人看本区与其他区合计；别的区看不到；其他人看不到。"""
    said = enter("han").get(reverse(PAGE)).content.decode()
    assert "浦东新区" in said and "徐汇区" in said and "有2项差异须说明" in said and "不说明哪一件决定错了" in said
    said = enter("wu").get(reverse(PAGE)).content.decode()
    assert "还没有说明" in said and reverse("authority:drift_district", args=["alert", XUHUI]) not in said
    assert enter("wu").get(reverse("authority:drift_district", args=["alert", XUHUI])).status_code == 403
    assert enter("shen").get(reverse("authority:drift_district", args=["alert", XUHUI])).status_code == 200
    for who in ("wang", "pan", "lin", "zhu"):
        assert enter(who).get(reverse(PAGE)).status_code == 403
    assert Client().get(reverse(PAGE))["Location"].startswith("/login")
    assert enter("han").get(reverse("authority:drift_district", args=["nothing", XUHUI])).status_code == 404
    assert enter("han").get(reverse("authority:drift_district", args=["alert", "999999"])).status_code == 404


def test_explained_and_answered(city: Cast) -> None:
    """区负责人写明原因，市职鉴中心收到待办，答复以后该区收到抄送；当时的数字一并留存。"""
    made = explain(asked="alert", words="本区三月集中核实了一批历史数据。", by=city.wu, at=LATER)
    assert (made.number, made.cases, made.milder, made.other_cases, made.other_milder) == ("CD202600001", 6, 6, 6, 2)
    assert Task.objects.get(case=made.number).title == "答复浦东新区对“预警认定”尺度差异的说明"
    answer_explanation(number=made.number, accepted=False, words="核实口径请与其他区一致。", by=city.han, at=LATER)
    assert Explanation.objects.get().outcome == Answer.TO_ALIGN
    assert Task.objects.get(case=made.number).closed_at == LATER
    assert "请统一尺度" in Copy.objects.get(case=made.number).title
    said = enter("wu").get(reverse("authority:drift_district", args=["alert", PUDONG])).content.decode()
    assert "核实口径请与其他区一致" in said and "提交说明" not in said
    assert list(Entry.objects.filter(subject=made.number).order_by("pk").values_list("event", flat=True)) == ["drift.explained", "drift.answered"]


def test_what_is_refused_changes_nothing(city: Cast) -> None:
    """没有理由、没有差异、重复说明、不是本区负责人、不是市级负责人、重复答复，都不成立。"""
    made = explain(asked="alert", words="本区的原因。", by=city.wu, at=LATER)
    told: dict[str, Any] = {"number": made.number, "accepted": True}
    all_refused_and_nothing_changed(
        [
            ("没有写原因", lambda: explain(asked="alert", words=" ", by=city.lv, at=LATER), "请写明与其他区不同的原因"),
            ("没有差异", lambda: explain(asked="visit", words="原因", by=city.lv, at=LATER), "不需要说明"),
            ("重复说明", lambda: explain(asked="alert", words="原因", by=city.wu, at=LATER), "已经说明过"),
            ("督导员", lambda: explain(asked="alert", words="原因", by=city.wang, at=LATER), "由该区人社局审批负责人说明"),
            ("市级", lambda: explain(asked="alert", words="原因", by=city.han, at=LATER), "由该区人社局审批负责人说明"),
            ("没有这一项", lambda: explain(asked="nothing", words="原因", by=city.lv, at=LATER), "没有这一项比较"),
            ("区答复", lambda: answer_explanation(**told, words="同意", by=city.lv, at=LATER), "由市职鉴中心或者市人社局的审批负责人答复"),
            ("没有答复意见", lambda: answer_explanation(**told, words="", by=city.han, at=LATER), "请写明答复意见"),
            ("没有这份说明", lambda: answer_explanation(number="CD0", accepted=True, words="好", by=city.han, at=LATER), "没有说明CD0"),
        ],
        "insight",
    )
    answer_explanation(**told, words="理由成立。", by=city.shen, at=LATER)
    all_refused_and_nothing_changed(
        [("重复答复", lambda: answer_explanation(**told, words="再答", by=city.han, at=LATER), "已经答复")], "insight"
    )


def test_visits_and_revocations_are_read_alike(db: None) -> None:
    """双随机检查结果和证书撤销决定按作出决定的区计入：未发现问题、保留证书是从轻的一种。"""
    mark_synthetic(seed=1)
    cast = set_up()
    visited(cast, VisitOutcome.CLEAN)
    Case(cast).opened().notified().proposed(Verdict.REVOKE, Verdict.KEEP, Verdict.KEEP).sent_up().decided()
    told = {one.key: compared_one(one, PUDONG, DAY) for one in QUESTIONS}
    assert (told["visit"].cases, told["visit"].milder) == (1, 1)
    assert (told["revocation"].cases, told["revocation"].milder) == (3, 2)


def test_the_page_asks_a_steady_number_of_questions(city: Cast) -> None:
    """查询次数不随件数增长。"""
    for who in ("han", "wu"):
        browser = enter(who)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse(PAGE)).status_code == 200
        assert len(asked) <= 26
