"""配合督导测试: who sees a visit from when on, who asks an industry authority to assist, who answers, and does anybody learn of it too early?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.test_pages import enter
from tests.inspections.stage import Stage
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.inspections.models import Assistance, Task
from touchstone.inspections.operations.assisting import answer_assistance, ask_to_assist, note_opinion
from touchstone.inspections.queries.assisting import known_visits, offices_to_ask, unanswered
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import mark_synthetic
from touchstone.tasks.models import Copy
from touchstone.tasks.models import Task as Owed

WORDS = "请派人核对车间设备。"


@pytest.fixture
def stage(db: None) -> Stage:
    """Give a district whose visits are drawn."""
    mark_synthetic(seed=1)
    return Stage(set_up()).drawn()


@pytest.fixture
def cast(stage: Stage) -> Cast:
    return stage.cast


@pytest.fixture
def visit(stage: Stage) -> Task:
    return Task.objects.order_by("opens_at", "number")[0]


def test_nobody_learns_of_a_visit_before_its_hour(cast: Cast, visit: Task) -> None:
    """揭晓以前，市级、抽查单位、行业主管都看不到这项任务，也不能请人配合；到时刻就看得到。"""
    early = visit.opens_at - timedelta(minutes=1)
    for who in (cast.han, cast.wu, cast.pan):
        assert list(known_visits(who, early)) == [] and visit in known_visits(who, visit.opens_at)
    assert list(known_visits(cast.tang, visit.opens_at)) == [] and list(known_visits(cast.lv, visit.opens_at)) == []
    refused_and_nothing_changed(
        lambda: ask_to_assist(visit=visit.number, office="HY-machinery", words=WORDS, by=cast.wu, at=early), "还没有揭晓", "inspections"
    )
    travel_to(early)
    assert enter("pan").get(reverse("authority:known_visit", args=[visit.number])).status_code == 403


def test_asked_answered_and_opined(cast: Cast, visit: Task) -> None:
    """请市和区的行业主管配合；被请的收到待办，答复和意见抄送抽查单位；每一步都有存证。"""
    at = visit.opens_at
    assert [one.number for one in offices_to_ask(visit)] == ["HY-machinery", "HY-machinery-310115"]
    made = ask_to_assist(visit=visit.number, office="HY-machinery", words=WORDS, by=cast.wang, at=at)
    assert made.number == "PH202600001" and Owed.objects.get(case=made.number).office_id == cast.pan.office_id
    assert [one.number for one in unanswered(cast.pan)] == [made.number]
    answer_assistance(number=made.number, comes=True, people="潘致和", words="", by=cast.pan, at=at)
    note_opinion(number=made.number, words="设备符合要求。", by=cast.pan, at=at)
    assert Owed.objects.get(case=made.number).closed_at == at
    assert Copy.objects.filter(case=made.number, office_id=cast.wu.office_id).count() == 2
    events = Entry.objects.filter(subject=made.number).order_by("pk").values_list("event", flat=True)
    assert list(events) == ["assistance.asked", "assistance.answered", "assistance.opined"]
    travel_to(at)
    page = reverse("authority:known_visit", args=[visit.number])
    assert "设备符合要求。" in enter("wu").get(page).content.decode()
    assert "设备符合要求。" not in enter("jiang").get(page).content.decode()


def test_what_is_refused_changes_nothing(cast: Cast, visit: Task) -> None:
    """别的单位、别的行业、没有内容、重复邀请、代人答复、没派人就提意见，都不成立。"""
    at = visit.opens_at
    told: dict[str, Any] = {"visit": visit.number, "office": "HY-machinery", "words": WORDS, "at": at}
    all_refused_and_nothing_changed(
        [
            ("别的区", lambda: ask_to_assist(**told, by=cast.lv), "由抽查单位"),
            ("市级", lambda: ask_to_assist(**told, by=cast.han), "由抽查单位"),
            ("受理经办人", lambda: ask_to_assist(**told, by=cast.zhou), "由抽查单位"),
            ("别的行业", lambda: ask_to_assist(**told | {"office": "HY-education"}, by=cast.wu), "不是这家机构的行业主管部门"),
            ("没有内容", lambda: ask_to_assist(**told | {"words": " "}, by=cast.wu), "请写明请求配合的内容"),
        ],
        "inspections",
    )
    made = ask_to_assist(**told, by=cast.wu)
    answer: dict[str, Any] = {"number": made.number, "comes": True, "people": "潘致和", "words": "", "at": at}
    all_refused_and_nothing_changed(
        [
            ("重复邀请", lambda: ask_to_assist(**told, by=cast.wang), "已经邀请过"),
            ("别的行业答复", lambda: answer_assistance(**answer, by=cast.tang), "由上海市装备制造行业主管部门答复"),
            ("抽查单位答复", lambda: answer_assistance(**answer, by=cast.wu), "由上海市装备制造行业主管部门答复"),
            ("没写派谁", lambda: answer_assistance(**answer | {"people": ""}, by=cast.pan), "请写明派谁配合"),
            ("没写原因", lambda: answer_assistance(**answer | {"comes": False}, by=cast.pan), "请写明原因"),
            ("没派人就提意见", lambda: note_opinion(number=made.number, words="好", by=cast.pan, at=at), "没有派人配合"),
            ("没有这件", lambda: note_opinion(number="PH0", words="好", by=cast.pan, at=at), "没有配合督导PH0"),
        ],
        "inspections",
    )
    answer_assistance(**answer, by=cast.pan)
    all_refused_and_nothing_changed([("重复答复", lambda: answer_assistance(**answer, by=cast.pan), "已经答复过")], "inspections")
    assert Assistance.objects.get().comes


def test_who_opens_the_pages(cast: Cast, visit: Task) -> None:
    """主管部门的人能看自己的；机构看不到；未登录的先登录；待办里的编号直接打开。"""
    travel_to(visit.opens_at)
    made = ask_to_assist(visit=visit.number, office="HY-machinery", words=WORDS, by=cast.wu, at=visit.opens_at)
    page = reverse("authority:known_visits")
    assert visit.number in enter("pan").get(page).content.decode() and WORDS in enter("pan").get(page).content.decode()
    assert "还没有揭晓的任务" in enter("tang").get(page).content.decode()
    assert enter("lin").get(page).status_code == 403 and Client().get(page)["Location"].startswith("/login")
    assert enter("pan").get(reverse("authority:assistance", args=[made.number]))["Location"].endswith(visit.number)
    assert enter("pan").get(reverse("authority:assistance", args=["PH0"])).status_code == 404
    assert enter("wu").get(page, {"export": "csv"}).status_code == 200
