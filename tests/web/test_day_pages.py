"""考试当日页面: who gets in, by whom is a sitting seen, and do the lists ask the database a steady number of questions?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.clocks import travel_to
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.exams.test_pages import enter
from touchstone.exams.models import SignIn
from touchstone.exams.queries import serving
from touchstone.ledger.models import Installation


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a plan whose sittings are opened, on its day."""
    return Stage(cast).reviewed().with_sittings().arranged().opened()


@pytest.mark.parametrize(
    ("who", "door", "code"),
    [
        pytest.param("sun", "body", 200, id="本机构考务经办人"),
        pytest.param("lin", "body", 200, id="本机构其他人可以看"),
        pytest.param("shi", "body", 403, id="别家机构"),
        pytest.param("wang", "authority", 200, id="注册地所在区"),
        pytest.param("lv", "authority", 403, id="别的区"),
        pytest.param("han", "authority", 200, id="市职鉴中心"),
        pytest.param("song", "expert", 403, id="不当班的考评人员"),
    ],
)
def test_who_sees_a_sitting(stage: Stage, who: str, door: str, code: int) -> None:
    """场次由本机构、当班人员和管辖的主管部门查看。"""
    for tab in ("seats", "incidents", "papers"):
        address = f"{reverse(f'{door}:sitting', args=[stage.sittings()[0].number])}?tab={tab}"
        assert enter(who).get(address).status_code == code
        assert Client().get(address)["Location"].startswith("/login")


def test_the_device_at_the_door_is_known_again_by_a_random_mark(stage: Stage) -> None:
    """签到处写明存一个随机标识；同一浏览器签到的考生记同一个标识，另一台的不同；没有签成的不存。"""
    Installation.objects.update_or_create(pk=1, defaults={"synthetic": True, "seed": 1})
    travel_to(moment(EXAM_ON, 8, 45))
    address, (first, second, third) = reverse("body:sitting", args=[stage.sittings()[0].number]), stage.tickets()
    one, other = enter("sun"), enter("sun")
    assert "随机标识" in one.get(address).content.decode()
    one.post(address, {"act": "sign_in", "ticket": first, "identity": ""})
    assert "ts_door" not in one.cookies
    of_plan = f"{reverse('body:attendance', args=[stage.plan.number])}?sitting={stage.sittings()[0].number}"
    assert "随机标识" in one.get(of_plan).content.decode()
    for client, page, ticket in ((one, address, first), (one, of_plan, second), (other, address, third)):
        client.post(page, {"act": "sign_in", "ticket": ticket, "identity": "id_card"})
    marks = dict(SignIn.objects.values_list("seat__candidate__ticket_number", "device"))
    assert marks[first] == marks[second] != marks[third]
    assert {len(mark) for mark in marks.values()} == {32}
    assert bool(one.cookies["ts_door"]["httponly"])


def test_an_office_that_looks_on_changes_nothing(stage: Stage) -> None:
    """主管部门只看，提交什么都不算。"""
    address = reverse("authority:sitting", args=[stage.sittings()[0].number])
    told = enter("wang").post(address, {"act": "end", "reason": "x"}, follow=True).content.decode()
    assert "请由当班人员办理" in told
    assert stage.sittings()[0].closed_at is None


def test_what_was_refused_stands_in_the_form_again(stage: Stage) -> None:
    """没有选类别、份数对不上而没写说明的，说明为什么，所填的内容还在表里。"""
    address = reverse("body:sitting", args=[stage.sittings()[0].number])
    told = enter("sun").post(f"{address}?tab=incidents", {"act": "incident", "kind": "", "words": "9时20分停电两分钟"}).content.decode()
    assert "请选择最接近的一类" in told and "9时20分停电两分钟</textarea>" in told
    counted = {"act": "hand_over", "step": "collected", "packets": "7", "sheets": "913", "intact": "1"}
    told = enter("sun").post(f"{address}?tab=papers", counted).content.decode()
    assert 'value="913"' in told and 'value="7"' in told


@pytest.mark.parametrize("people", [pytest.param(2, id="2人"), pytest.param(20, id="20人")])
def test_queries_do_not_grow_with_people(cast: Cast, people: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """人数多了，查询次数不变。"""
    stage = Stage(cast, people=people).reviewed().with_sittings().arranged().opened()
    client, number = enter("sun"), stage.sittings()[0].number
    for tab in ("seats", "incidents", "papers"):
        with django_assert_max_num_queries(34):
            assert client.get(f"{reverse('body:sitting', args=[number])}?tab={tab}").status_code == 200


def test_the_offices_see_their_own_ground(stage: Stage, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """今日场次：注册地所在区、市职鉴中心、本领域行业主管看得到，别的区看不到；页面查询次数不多。"""
    seen = {who: serving.sittings_on_ground(getattr(stage.cast, who), EXAM_ON, EXAM_ON).count() for who in ("wang", "han", "jiang", "lv")}
    assert seen == {"wang": 2, "han": 2, "jiang": 2, "lv": 0}
    for who in ("wang", "lv"):
        with django_assert_max_num_queries(30):
            assert enter(who).get(f"{reverse('authority:today')}?days=today&phase=closed&told=yes").status_code == 200
    assert enter("wang").get(f"{reverse('authority:today')}?export=csv").status_code == 200
