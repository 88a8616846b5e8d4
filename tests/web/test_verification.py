"""公众查验: what does anyone learn about a certificate, how fast and how light is it, and what stays hidden?"""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.certificates.issuing import AT, awards, coded, give
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations import revoke
from touchstone.certificates.queries import verify_path

NAME = "阿依古丽·买买提"
LIGHT = 150 * 1024


@pytest.fixture
def certificate(cast: Cast) -> Certificate:
    """Give a certificate of body 甲."""
    give(coded(cast), awards(1, names=(NAME,)))
    return Certificate.objects.get()


def text(response) -> str:
    """Give the words of a page, without markup."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_valid(certificate: Certificate, client: Client) -> None:
    """有效证书：结论、姓名、打码的证件号码、机构、职业、等级、日期、依据。"""
    shown = text(client.get(verify_path(certificate.number)))
    for words in ("证书有效", NAME, "319***********", "上海甲辰精密机械有限公司", "车工", "五级/初级工", "2026年4月7日", certificate.number):
        assert words in shown
    assert "已撤销" not in shown


def test_revoked(certificate: Certificate, client: Client, cast: Cast) -> None:
    """已撤销的证书：醒目说明，不再称有效。"""
    revoke(number=certificate.number, reason="内部原因不公开", by=cast.qian, at=AT)
    shown = text(client.get(verify_path(certificate.number)))
    assert "证书已撤销" in shown
    assert "2026年4月7日撤销" in shown
    assert "证书有效" not in shown
    assert "内部原因" not in shown


@pytest.mark.parametrize(
    ("name", "number", "words"),
    [
        pytest.param(NAME, "Y000031300001265000009", "没有查到姓名与证书编号同时相符", id="没有这个编号"),
        pytest.param("别人", "Y000031300001265000001", "没有查到姓名与证书编号同时相符", id="姓名不符"),
        pytest.param(NAME, "Y00003130000126500000", "应为22位，现为21位", id="少一位"),
        pytest.param(NAME, "X000031300001265000001", "1位字母Y或S加21位数字", id="首位不对"),
        pytest.param(NAME, "<script>alert(1)</script>", "应为22位", id="不是编号"),
    ],
)
def test_nothing_found(certificate: Certificate, client: Client, name: str, number: str, words: str) -> None:
    """查不到时说明怎么办，不泄露证书内容，所填内容保留。"""
    response = client.get("/verify", {"name": name, "number": number})
    assert response.status_code == 200
    assert words in text(response)
    assert "319***" not in text(response)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    ("name", "number"),
    [
        pytest.param(NAME, "Y000031300001265000001", id="原样"),
        pytest.param("阿依古丽•买买提　", "Ｙ００００３１３００００１２６５０００００１", id="全角"),
    ],
)
def test_found_by_name_and_number(certificate: Certificate, client: Client, name: str, number: str) -> None:
    """姓名和编号相符，转到证书页面。"""
    response = client.get("/verify", {"name": name, "number": number})
    assert (response.status_code, response["Location"]) == (302, verify_path(certificate.number))
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", [pytest.param("", id="没有校验值"), pytest.param("AAAAAAAAAAAA", id="猜的校验值"), pytest.param("证书", id="汉字")])
def test_number_alone_opens_nothing(certificate: Certificate, client: Client, code: str) -> None:
    """只有编号打不开证书页面，不能逐号试探。"""
    response = client.get(f"/v/{certificate.number}", {"k": code})
    assert response.status_code == 404
    assert NAME not in response.content.decode()
    unknown = client.get("/v/Y000031300001265999999", {"k": code})
    assert text(response).replace(certificate.number, "") == text(unknown).replace("Y000031300001265999999", "")


def test_filing_over(certificate: Certificate, client: Client) -> None:
    """没有有效备案时照实显示，发证机构仍负责。"""
    shown = text(client.get(verify_path(certificate.number)))
    assert "当前没有有效备案" in shown
    assert "仍对此前发出的证书负责" in shown


def test_few_queries_and_no_cookie(certificate: Certificate, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """查验页面只问数据库几句（其中一句记下查验次数，一句问证书数据到了哪里），不给访客留标记。"""
    with django_assert_max_num_queries(6):
        response = client.get(verify_path(certificate.number))
    assert not response.cookies


def test_light(certificate: Certificate, client: Client) -> None:
    """查验页面连同样式和脚本不超过150KB。"""
    for path in ("/verify", verify_path(certificate.number)):
        page = client.get(path).content
        assets = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page.decode()))
        assert "verify.css" in assets
        weight = len(page)
        for asset in assets:
            found = finders.find(asset)
            if found is None and asset.startswith("vendor/"):
                pytest.skip("前端包还没有安装")
            assert isinstance(found, str)
            with open(found, "rb") as file:
                weight += len(file.read())
        assert weight <= LIGHT, f"{path}: {weight}"
