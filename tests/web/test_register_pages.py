"""名录与入驻: does the register answer for the day asked, and does a body get in with nothing lost on the way?"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.bodies.people import id_number
from tests.cast import Cast
from tests.filings.conftest import filed_to  # noqa: F401 (a fixture)
from tests.web.test_filing_pages import client as signed_in
from touchstone.accounts.queries import actors_of, user_named
from touchstone.bodies.models import Body
from touchstone.filings.models import Filing
from touchstone.simulation.identity import uscc
from touchstone.web import clock

REGISTER = "/register"


def text(response) -> str:
    """Give the words of a page, without markup."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.fixture
def filed(cast: Cast, filed_to: Callable[[str], str]) -> Filing:  # noqa: F811
    """Give body 甲's filing, in force."""
    return Filing.objects.get(number=filed_to("signed"))


def on(filing: Filing, days: int) -> str:
    """Give the day so many days after the filing's first (negative: after its last)."""
    assert filing.in_force_from is not None
    assert filing.until is not None
    return str((filing.in_force_from if days >= 0 else filing.until) + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "asked", "words"),
    [
        pytest.param(0, {}, "备案有效", id="生效当天"),
        pytest.param(-1, {}, "备案有效", id="最后一天"),
        pytest.param(0, {"occupation": "车工"}, "在备案范围内", id="范围内的职业"),
        pytest.param(0, {"occupation": "cg", "level": "5"}, "在备案范围内", id="拼音首字母和等级"),
        pytest.param(0, {"occupation": "车工", "level": "1"}, "已备案，但不在此范围", id="没有的等级"),
        pytest.param(0, {"occupation": "焊工"}, "已备案，但不在此范围", id="没有的职业"),
        pytest.param(0, {"district": "310151"}, "已备案，但不在此范围", id="没有考核点的区"),
        pytest.param(0, {"district": "outside"}, "已备案，但不在此范围", id="外省市"),
    ],
)
def test_a_body_is_filed_or_not(filed: Filing, client: Client, days: int, asked: dict[str, str], words: str) -> None:
    """按机构名称查：在备案范围内、已备案但不在此范围、没有有效备案，三种答案各有一句话。"""
    assert words in text(client.get(REGISTER, {"q": filed.body.name, "day": on(filed, days), **asked}))


def test_before_the_first_and_after_the_last_day_it_is_not_filed(filed: Filing, client: Client) -> None:
    """生效前一天、截止次日，都没有有效备案。"""
    assert filed.in_force_from is not None
    for day in (filed.in_force_from - timedelta(days=1), filed.until):
        assert "没有有效备案" in text(client.get(REGISTER, {"q": filed.body.name, "day": str(day)}))


def test_without_a_name_only_bodies_with_that_scope_are_listed(filed: Filing, cast: Cast, client: Client) -> None:
    """不写机构名称时，只列当日备案范围相符的机构。"""
    found = text(client.get(REGISTER, {"occupation": "车工", "day": on(filed, 0)}))
    assert cast.body_a.name in found
    assert cast.body_b.name not in found
    assert "当日没有机构备案" in text(client.get(REGISTER, {"occupation": "焊工", "day": on(filed, 0)}))
    assert "它没有在本平台备案" in text(client.get(REGISTER, {"q": "没有这家公司"}))


@pytest.mark.parametrize("asked", [{"day": "昨天"}, {"level": "9"}, {"district": "x"}, {"page": "zzz"}], ids=["日期", "等级", "区", "页码"])
def test_nonsense_in_the_address_is_answered_with_a_page(filed: Filing, client: Client, asked: dict[str, str]) -> None:
    """地址里的条件写错，仍是一张页面。"""
    assert client.get(REGISTER, asked).status_code == 200


def test_a_body_of_the_register(
    filed: Filing, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """机构页：备案范围、期限、考核点和备案经过；经办人的姓名不公开。"""
    assert filed.in_force_from is not None
    moment = cast.at.replace(year=filed.in_force_from.year, month=filed.in_force_from.month, day=filed.in_force_from.day)
    monkeypatch.setattr(clock, "now", lambda: moment)
    with django_assert_max_num_queries(17):
        shown = text(client.get(reverse("public:register_body", args=[cast.body_a.number])))
    for words in ("备案有效", "车工", "五、四、三级", filed.number, "实训中心"):
        assert words in shown
    assert cast.body_a.contact_name not in shown
    assert "从未备案" in text(client.get(reverse("public:register_body", args=[cast.body_b.number])))
    assert client.get(reverse("public:register_body", args=["PJ999999"])).status_code == 404


def test_the_register_asks_as_often_for_many_as_for_few(
    filed: Filing, cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """名录页的查询次数不随机构数增加。"""
    with django_assert_max_num_queries(9):
        client.get(REGISTER, {"q": "上海", "day": on(filed, 0)})


FACTS = {
    "name": "上海新来职业技能评价有限公司", "uscc": uscc(700), "kind": "enterprise", "ownership": "private", "district": "310110",
    "industry": "machinery", "address": "虚构路7号", "legal_representative": "何新", "founded_on": "2010-01-01", "contact_name": "何新",
    "contact_phone": "021-7000", "person_name": "何新来", "id_number": id_number(970), "phone": "13800000000", "username": "he_xin",
    "password": "quiet-lantern-47", "again": "quiet-lantern-47",
}  # fmt: skip
SIGN_UP = "/sign-up"


def test_a_body_signs_up_and_its_first_person_is_in(cast: Cast, client: Client) -> None:
    """入驻后直接进入机构信息，第一位经办人有三种岗位。"""
    answer = client.post(SIGN_UP, FACTS, follow=True)
    assert answer.redirect_chain == [("/body/profile", 302)]
    assert "上海新来职业技能评价有限公司" in text(answer)
    user = user_named("he_xin")
    assert user is not None
    assert len(actors_of(user, clock.today())[0].roles) == 3
    assert "一个账号只代表一家机构" in text(client.get(SIGN_UP))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"uscc": FACTS["uscc"][:-1]}, "统一社会信用代码应为18位，现为17位", id="信用代码少一位"),
        pytest.param({"uscc": uscc(1)}, "已经入驻", id="信用代码已入驻"),
        pytest.param({"id_number": "31011519900101001X"}, "校验位不符", id="证件号码写错"),
        pytest.param({"username": "lin"}, "登录名lin已被使用", id="登录名已有人用"),
        pytest.param({"password": "1234567890", "again": "1234567890"}, "密码过于简单", id="密码太常见"),
        pytest.param({"again": "别的"}, "两次输入的密码不一样", id="两次密码不同"),
        pytest.param({"founded_on": "2099-01-01"}, "成立日期晚于今天", id="成立日期在以后"),
        pytest.param({"phone": "1380000"}, "手机号码应为11位数字", id="手机号码少位"),
        pytest.param({"name": ""}, "请填写机构名称", id="没有名称"),
    ],
)
def test_a_sign_up_refused_keeps_what_was_typed(cast: Cast, client: Client, changed: dict[str, str], words: str) -> None:
    """不能入驻时说明原因，已填内容仍在（密码除外），没有留下机构和账号。"""
    bodies = Body.objects.count()
    answer = client.post(SIGN_UP, {**FACTS, **changed})
    assert answer.status_code == 200
    assert words in text(answer)
    page = answer.content.decode()
    assert "虚构路7号" in page
    assert "何新来" in page
    assert "quiet-lantern-47" not in page
    assert Body.objects.count() == bodies
    assert user_named("he_xin") is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("", "", id="还没写"),
        pytest.param("9131", "应为18位，现为4位", id="写了一半"),
        pytest.param(uscc(1), "已经入驻", id="已入驻"),
        pytest.param(uscc(700).lower(), "校验位正确", id="小写也认"),
        pytest.param("<b>", "应为18位", id="不是代码"),
    ],
)
def test_the_credit_code_is_checked_while_typing(cast: Cast, client: Client, typed: str, words: str) -> None:
    """信用代码边写边校验。"""
    assert words in text(client.get("/sign-up/uscc", {"uscc": typed}))


@pytest.mark.parametrize(
    ("typed", "first"),
    [pytest.param("cg", "6-18-01-01 车工", id="首字母"), pytest.param("6-18-02", "6-18-02-04 焊工", id="编码"), pytest.param("", "", id="空")],
)
def test_occupations_are_offered_while_typing(cast: Cast, client: Client, typed: str, first: str) -> None:
    """职业候选按编码、名称或拼音给出。"""
    page = client.get("/occupations", {"occupation": typed}).content.decode()
    assert (first in page) if first else ("option" not in page)


@pytest.mark.parametrize("username", ["", "zhou", "sun"], ids=["访客", "区经办人", "机构经办人"])
def test_public_pages_show_the_public_menu_to_everyone(cast: Cast, username: str) -> None:
    """公众页面的菜单对谁都一样：登录的经办人看到的也是公众服务，不是本单位的菜单。"""
    page = signed_in(username).get("/register").content.decode()
    (menu,) = re.findall(r'<nav class="ts-public-nav".*?</nav>', page, re.S)
    assert reverse("public:register") in menu and "/desk/" not in menu and "/body/" not in menu
