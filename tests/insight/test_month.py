"""月报测试: what does a month come to, does it stay so, for whom is it, and what is kept of it?"""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import Stage, moment
from tests.exams.test_pages import enter
from tests.filings.watched import PUDONG
from tests.insight.deciding import visited
from tests.monitoring.hits import WITHIN, hit, ran
from tests.refusing import all_refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.certificates.models import Certificate
from touchstone.exams.models import SignIn
from touchstone.files.models import Attachment
from touchstone.files.queries import content
from touchstone.insight.models import MonthlyReport
from touchstone.insight.operations import ask_report, give_up_report, make_report
from touchstone.insight.operations.reporting import hash_of
from touchstone.insight.queries.month import COLUMNS, differences, document, months_told, reckoned
from touchstone.insight.states import ReportState
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import mark_synthetic
from touchstone.monitoring.models import Alert
from touchstone.monitoring.operations import dismiss, reopen
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
MAY = moment(date(2026, 5, 6), 9)


@pytest.fixture
def city(db: None) -> Cast:
    """Give two months in which a plan went all the way, a visit was held, an alert was decided and a task was late."""
    mark_synthetic(seed=1)
    cast = set_up()
    visited(cast, VisitOutcome.TO_RECTIFY)
    Stage(cast).all_the_way(("80", "85"), ("50", "60"))
    numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True))
    ran(hit(WITHIN, numbers[0], told="同一登分人一分钟内登记成绩62人。"), at=moment(date(2026, 4, 9), 9))
    dismiss(number=Alert.objects.get().number, reason="系批量导入。", by=cast.wu, at=moment(date(2026, 4, 10), 9))
    owed: dict[str, Any] = {"matter": "decide", "title": "作出决定", "office_id": cast.wu.office_id, "role": Role.DIRECTOR}
    open_task(case="BA2026999999", **owed, due_on=date(2026, 4, 15), by=PLATFORM, at=cast.at)
    travel_to(MAY)
    return cast


def at_home(month: date) -> dict[str, int]:
    """Give what a month comes to in 浦东新区."""
    return {key: places[PUDONG] for key, places in reckoned(month).items() if PUDONG in places}


def test_two_months_in_figures(city: Cast) -> None:
    """三月办考试、公布成绩、抽取和检查，四月发证、认定预警、一项待办超期；备案二月生效。"""
    assert at_home(date(2026, 2, 1)) == {"filed": 13}
    march = at_home(MARCH)
    assert march.pop("late", 0) >= 0
    assert march == {"sittings": 2, "present": 6, "announced": 3, "passed": 2, "drawn": march["drawn"], "visited": 1, "found": 1}
    april = at_home(APRIL)
    assert april["issued"] == 2 and april["raised"] == 1 and april["decided"] == 1 and april["late"] >= 1
    assert all(one.key in reckoned(APRIL) for one in COLUMNS)


def test_a_month_that_is_over_always_comes_to_the_same(city: Cast) -> None:
    """四月以后更正到考、重新核实预警、补办超期的待办、撤销证书，三月和四月的月报都不变。"""
    before = {month: hash_of(document(month)) for month in (MARCH, APRIL)}
    SignIn.objects.filter(pk=SignIn.objects.order_by("pk")[0].pk).update(replaced_at=MAY)
    reopen(number=Alert.objects.get().number, reason="收到新的证据。", by=city.wu, at=MAY)
    close_tasks(case="BA2026999999", by=PLATFORM, at=MAY, outcome="已办")
    Certificate.objects.filter(pk=Certificate.objects.order_by("pk")[0].pk).update(state="revoked", revoked_on=MAY.date())
    assert {month: hash_of(document(month)) for month in before} == before


def test_a_report_is_made_and_kept(city: Cast) -> None:
    """提出、生成、留存：数字、哈希、PDF；再生成一次是第二版，第一版不变；同一月正在生成的不重复。"""
    asked = ask_report(month=APRIL, by=city.han, at=MAY)
    assert (asked.number, asked.edition, asked.state) == ("YB202600001", 1, ReportState.ASKED)
    made = make_report(number=asked.number, by=PLATFORM, at=MAY)
    assert made.sha256 == hash_of(made.figures) and make_report(number=asked.number, by=PLATFORM, at=MAY).made_at == made.made_at
    assert content(Attachment.objects.get(case=made.number)).startswith(b"%PDF-")
    again = make_report(number=ask_report(month=APRIL, by=city.shen, at=MAY).number, by=PLATFORM, at=MAY)
    assert (again.edition, again.sha256) == (2, made.sha256)
    assert Entry.objects.get(event="month.made", subject=made.number).detail["sha256"] == made.sha256


def test_a_district_has_its_own(city: Cast) -> None:
    """区的月报只有本区各行和全市合计；市的看不到区的，区的看不到市的和别区的。"""
    home = make_report(number=ask_report(month=APRIL, by=city.wu, at=MAY).number, by=PLATFORM, at=MAY)
    whole = make_report(number=ask_report(month=APRIL, by=city.han, at=MAY).number, by=PLATFORM, at=MAY)
    assert home.figures["places"]["issued"] == {PUDONG: 2} and home.figures["city"] == whole.figures["city"]
    seen = {"wu": [home.number], "lv": [], "han": [whole.number], "shen": [whole.number]}
    for who, numbers in seen.items():
        opened = [one for one in (home.number, whole.number) if enter(who).get(reverse("authority:month", args=[one])).status_code == 200]
        assert opened == numbers, who


def test_what_is_refused_changes_nothing(city: Cast) -> None:
    """没有结束的月份、正在生成的月份、不是负责人，都不成立。"""
    ask_report(month=APRIL, by=city.han, at=MAY)
    all_refused_and_nothing_changed(
        [
            ("没有结束", lambda: ask_report(month=date(2026, 5, 1), by=city.han, at=MAY), "还没有结束"),
            ("太早", lambda: ask_report(month=date(2020, 5, 1), by=city.han, at=MAY), "不在可以编制的范围内"),
            ("正在生成", lambda: ask_report(month=APRIL, by=city.shen, at=MAY), "正在生成"),
            ("督导员", lambda: ask_report(month=APRIL, by=city.wang, at=MAY), "审批负责人查看"),
            ("行业主管", lambda: ask_report(month=APRIL, by=city.pan, at=MAY), "审批负责人查看"),
            ("机构", lambda: ask_report(month=APRIL, by=city.lin, at=MAY), "审批负责人查看"),
        ],
        "insight",
    )


def test_what_failed_may_be_asked_for_again(city: Cast) -> None:
    """没有生成的写明原因，可以重新提出。"""
    asked = ask_report(month=APRIL, by=city.han, at=MAY)
    give_up_report(number=asked.number, fault="磁盘已满", by=PLATFORM, at=MAY)
    assert "磁盘已满" in enter("han").get(reverse("authority:month", args=[asked.number])).content.decode()
    assert ask_report(month=APRIL, by=city.han, at=MAY).edition == 2


def test_the_page_the_paper_and_the_workbook(city: Cast) -> None:
    """页面、PDF和工作簿是同样的数字；重新计算一致；被改动的留存显出差别。"""
    made = make_report(number=ask_report(month=APRIL, by=city.han, at=MAY).number, by=PLATFORM, at=MAY)
    han, page = enter("han"), reverse("authority:month", args=[made.number])
    said = han.get(page).content.decode()
    assert "2026年4月监管月报" in said and "发证2本" in said and made.sha256 in said
    assert han.get(reverse("authority:month_paper", args=[made.number])).content.startswith(b"%PDF-")
    sheet = load_workbook(io.BytesIO(b"".join(han.get(page, {"export": "xlsx"}).streaming_content))).active  # type: ignore[attr-defined]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows()}  # type: ignore[union-attr]
    issued = rows["区"].index("发证（本）")
    assert (rows["浦东新区"][issued], rows["全市合计"][issued]) == (2, 2)
    assert "与留存的一致" in han.get(page, {"compare": "1"}).content.decode()
    kept = MonthlyReport.objects.get()
    kept.figures["places"]["issued"][PUDONG] = 5
    kept.save()
    changed = differences(kept.figures, document(APRIL))
    assert changed == [("issued", PUDONG, 5, 2)]


def test_who_reads_the_reports(city: Cast) -> None:
    """只有三类单位的审批负责人能看。"""
    page = reverse("authority:months")
    assert "还没有月报" in enter("wu").get(page).content.decode()
    assert {enter(who).get(page).status_code for who in ("wang", "pan", "lin", "zhu")} == {403}
    assert Client().get(page)["Location"].startswith("/login")


def test_the_months_that_can_be_told() -> None:
    """自通知施行之月起，最多两年，不含本月。"""
    assert months_told(date(2024, 7, 15)) == [date(2024, 6, 1), date(2024, 5, 1)]
    assert len(months_told(date(2026, 11, 1))) == 24 and months_told(date(2026, 11, 1))[0] == date(2026, 10, 1)
