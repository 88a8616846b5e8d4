"""评聘页面: who gets in by which door, are lists filtered and exported, and do the pages ask the database a steady number of questions?"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.appointments.stage import Appointing
from tests.appointments.test_rounds import own_desk
from tests.cast import Cast
from tests.exams.test_pages import enter
from touchstone.accounts.models import User
from touchstone.appointments.models import Nomination


@pytest.fixture
def stage(cast: Cast) -> Appointing:
    """Give a round in which 韩大匠 was appointed."""
    stage = Appointing(cast)
    stage.all_the_way()
    return stage


@pytest.mark.parametrize(
    ("who", "door", "code"),
    [
        pytest.param("sun", "body", 200, id="本企业考务经办人"),
        pytest.param("shi", "body", 403, id="别家企业"),
        pytest.param("wang", "authority", 200, id="注册地所在区"),
        pytest.param("lv", "authority", 403, id="别的区"),
        pytest.param("han", "authority", 200, id="市职鉴中心"),
        pytest.param("chen", "candidate", 403, id="别人"),
    ],
)
def test_who_opens_them(stage: Appointing, who: str, door: str, code: int) -> None:
    """评聘、申报、聘任和聘书由本企业、管辖单位查看；别家、别的区、别人打不开。"""
    one = Nomination.objects.get(round=stage.round, person=stage.people[0])
    pages = [("nomination", one.number), ("appointment", one.appointment.number), ("appointment_letter", one.appointment.number)]
    if door != "candidate":
        pages.append(("appointment_round", stage.round.number))
    for name, number in pages:
        address = reverse(f"{door}:{name}", args=[number])
        assert enter(who).get(address).status_code == code, name
        assert Client().get(address)["Location"].startswith("/login")


def test_lists(stage: Appointing, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """清单可以查询、导出，查询次数有限；别的区是空的。"""
    for who, door in (("sun", "body"), ("wang", "authority"), ("han", "authority")):
        client = enter(who)
        with django_assert_max_num_queries(25):
            listed = client.get(f"{reverse(f'{door}:appointment_rounds')}?post=special_technician&state=appointed").content.decode()
        assert stage.round.number in listed
        with django_assert_max_num_queries(25):
            listed = client.get(f"{reverse(f'{door}:appointments')}?person=韩大&state=serving").content.decode()
        assert "PR202600001" in listed
        for name in ("appointment_rounds", "appointments"):
            assert client.get(f"{reverse(f'{door}:{name}')}?export=csv").status_code == 200
    assert "PR2026" not in enter("lv").get(reverse("authority:appointments")).content.decode()
    with django_assert_max_num_queries(45):
        assert enter("sun").get(reverse("body:appointment_round", args=[stage.round.number])).status_code == 200


def test_the_person_opens_their_own(stage: Appointing) -> None:
    """本人看得到自己的岗位、申报和聘书。"""
    own_desk(stage.people[0], stage.cast)
    own = enter(User.objects.get(person=stage.people[0]).username)
    listed = own.get(reverse("candidate:appointments")).content.decode()
    assert "聘期至2028年4月1日" in listed
    one = Nomination.objects.get(person=stage.people[0])
    for name, number in (("nomination", one.number), ("appointment", one.appointment.number), ("appointment_letter", one.appointment.number)):
        assert own.get(reverse(f"candidate:{name}", args=[number])).status_code == 200


def test_wrong_posts_are_told(stage: Appointing) -> None:
    """填错的表单留在原处或者给出提示，不会出错。"""
    qian = enter("qian")
    page = reverse("body:appointment", args=["PR202600001"])
    for posted, says in (
        ({"act": "end", "ending": "term_over", "on": "x", "words": "x"}, "请选择终止情形"),
        ({"act": "end", "ending": "left", "on": "x", "words": "x"}, "请选择终止日"),
        ({"act": "appraise", "year": "x", "grade": "x", "words": "x"}, "请选择考核等次"),
        ({"act": "renew", "years": "x", "words": "x"}, "请填写续聘年限"),
    ):
        assert says in qian.post(page, posted, follow=True).content.decode()
    assert "请选择聘期起始日" in qian.post(
        reverse("body:appointment_round", args=[stage.round.number]), {"act": "appoint", "since": "", "words": "x"}, follow=True
    ).content.decode()
    announced = {"post": "special_technician", "occupation": "6-18-01-01|", "posts": 1, "term_years": 9, "criteria": "x"}
    day = {"applications_until": date(2026, 12, 1).isoformat()}
    assert "1至3年" in qian.post(reverse("body:appointment_round_new"), announced | day).content.decode()
    assert enter("lin").get(reverse("body:appointment_round_new")).status_code == 403
    assert qian.get(reverse("body:appointment_review", args=[stage.round.number])).status_code == 302
