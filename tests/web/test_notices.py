"""公示页面: what does anyone see of a notice, how is an objection taken, and who looks on?"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.clocks import travel_to
from tests.exams.stage import Stage, moment
from tests.exams.test_pages import enter
from touchstone.exams.models import Candidate
from touchstone.ledger.operations import mark_synthetic
from touchstone.notices.models import Objection, PublicNotice

WORDS = {"name": "李某", "phone": "021-00000000", "content": "成绩有误"}


@pytest.fixture
def shown(db: None) -> PublicNotice:
    """Give a notice of results that stands on 26 March 2026."""
    from tests.cast import set_up

    mark_synthetic(seed=1)
    stage = Stage(set_up()).reviewed().with_sittings().arranged().held().scored().announced()
    travel_to(moment(date(2026, 3, 26), 9))
    return PublicNotice.objects.get(case=stage.plan.number)


def address(shown: PublicNotice) -> str:
    return reverse("public:notice", args=[shown.number])


def test_masked_list_with_days_left(shown: PublicNotice, client: Client) -> None:
    """名单打码，写明期限、电话和依据。"""
    body = client.get(address(shown)).content.decode()
    for words in ("还剩3个工作日", "2026年3月31日", shown.phone, shown.clause, "提交异议"):
        assert words in body
    for name in Candidate.objects.values_list("name", flat=True):
        assert name not in body


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"name": ""}, "请填写您的姓名", id="没有姓名"),
        pytest.param({"phone": "电话"}, "请填写手机号码", id="不是电话"),
        pytest.param({"content": " "}, "请填写异议内容", id="没有内容"),
    ],
)
def test_incomplete_objection(shown: PublicNotice, client: Client, changed: dict[str, str], words: str) -> None:
    """填得不全，说明缺什么，已填的不丢。"""
    body = client.post(address(shown), WORDS | changed).content.decode()
    assert words in body
    assert all(text in body for key, text in WORDS.items() if key not in changed)
    assert not Objection.objects.exists()


def test_receipt_tells_the_number_only(shown: PublicNotice, client: Client) -> None:
    """回执有编号，不显示谁提出、提了什么。"""
    response = client.post(address(shown), WORDS)
    made = Objection.objects.get()
    assert response["Location"] == reverse("public:objection", args=[made.number])
    body = client.get(response["Location"]).content.decode()
    assert made.number in body
    assert "李某" not in body
    assert "成绩有误" not in body
    assert client.get(reverse("public:objection", args=["YY000000000000"])).status_code == 404


def test_too_late(shown: PublicNotice, client: Client) -> None:
    """期满以后不能再提，页面不再有表格。"""
    travel_to(moment(date(2026, 4, 1), 9))
    assert "提交异议" not in client.get(address(shown)).content.decode()
    assert "公示期已结束" in client.post(address(shown), WORDS).content.decode()
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    ("who", "seen"),
    [pytest.param("wang", True, id="本区"), pytest.param("lv", False, id="别的区"), pytest.param("han", True, id="市职鉴中心")],
)
def test_authorities_see_objections_on_their_ground(shown: PublicNotice, client: Client, who: str, seen: bool) -> None:
    """主管部门看到自己辖区的公示和异议。"""
    client.post(address(shown), WORDS)
    desk = enter(who)
    assert (shown.number in desk.get(reverse("authority:notices")).content.decode()) is seen
    response = desk.get(reverse("authority:notice", args=[shown.number]))
    assert response.status_code == (200 if seen else 404)
    assert ("成绩有误" in response.content.decode()) is seen
    assert "021-00000000" not in response.content.decode()


def test_few_queries(shown: PublicNotice, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """列表页的查询次数不随公示增多。"""
    with django_assert_max_num_queries(6):
        assert client.get(reverse("public:notices")).status_code == 200
    desk = enter("han")
    with django_assert_max_num_queries(12):
        assert desk.get(reverse("authority:notices")).status_code == 200


def test_none_yet(cast: Cast) -> None:
    """没有公示时说明。"""
    assert "目前没有正在进行的公示" in Client().get(reverse("public:notices")).content.decode()
