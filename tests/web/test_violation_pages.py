"""违纪违规页面: who gets in by which door, and do the pages ask the database a steady number of questions?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exams.stage import Stage
from tests.exams.test_pages import enter
from tests.violations.test_cases import heard, self_of
from touchstone.accounts.models import User
from touchstone.violations.models import Violation


@pytest.fixture
def case(cast: Cast) -> Violation:
    """Give a case against a candidate that waits for the leader."""
    return heard(Stage(cast).reviewed().with_sittings().arranged().opened())


@pytest.mark.parametrize(
    ("who", "door", "code"),
    [
        pytest.param("sun", "body", 200, id="本机构考务经办人"),
        pytest.param("shi", "body", 403, id="别家机构"),
        pytest.param("wang", "authority", 200, id="注册地所在区"),
        pytest.param("lv", "authority", 403, id="别的区"),
        pytest.param("jiang", "authority", 403, id="行业主管"),
        pytest.param("han", "authority", 200, id="市职鉴中心"),
        pytest.param("chen", "candidate", 403, id="别的考生"),
        pytest.param("song", "expert", 403, id="别的考评人员"),
    ],
)
def test_who_opens_a_case(case: Violation, who: str, door: str, code: int) -> None:
    """案件由本机构、受理申诉的单位和本人查看。"""
    for address in (reverse(f"{door}:violation", args=[case.number]), reverse(f"{door}:violation_paper", args=[case.number, "notice"])):
        assert enter(who).get(address).status_code == code
        assert Client().get(address)["Location"].startswith("/login")


def test_the_person_opens_their_own(case: Violation, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """本人打开自己的案件和清单。"""
    username = User.objects.get(person=case.person).username if User.objects.filter(person=case.person).exists() else ""
    assert username == ""
    assert case.candidate is not None
    own = enter(User.objects.get(pk=self_of(case.candidate).user_id or 0).username)
    with django_assert_max_num_queries(30):
        assert case.act_words in own.get(reverse("candidate:violations")).content.decode()
    assert "陈述申辩" in own.get(reverse("candidate:violation", args=[case.number])).content.decode()


def test_lists_and_forms(case: Violation, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """档案可以查询、导出；立案只对考务经办人和负责人开放。"""
    sun = enter("sun")
    with django_assert_max_num_queries(30):
        listed = sun.get(f"{reverse('body:violations')}?person=陈一&tier=serious").content.decode()
    assert case.number in listed
    assert sun.get(f"{reverse('body:violations')}?export=csv").status_code == 200
    with django_assert_max_num_queries(40):
        assert sun.get(reverse("body:violation", args=[case.number])).status_code == 200
    for query in ("", "?party=staff", f"?incident={case.incident}"):
        assert sun.get(f"{reverse('body:violation_new')}{query}").status_code == 200
    assert enter("lin").get(reverse("body:violation_new")).status_code == 403
    wrong = {"act": "decide", "measure": "none", "words": "x"}
    assert "请选择处理" in enter("qian").post(reverse("body:violation", args=[case.number]), wrong, follow=True).content.decode()
