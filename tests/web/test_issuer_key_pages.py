"""发证密钥页面: does a body's key come, get countersigned and go through pages, and what is published for everybody?"""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.certificates.issuing import awards, coded, give
from tests.web.test_body_pages import client_of, text
from touchstone.certificates.models import Certificate, Credential, IssuerKey
from touchstone.certificates.operations import revoke
from touchstone.certificates.queries import root_public_key
from touchstone.trust.issuers import Issuers
from touchstone.trust.status_lists import read_list
from touchstone.web import clock


@pytest.fixture
def body(cast: Cast) -> Cast:
    """Give the cast, body 甲 with its site code."""
    return coded(cast)


def test_made_countersigned_and_retired(body: Cast) -> None:
    """机构负责人生成，市职鉴中心在列表里加签，机构看到使用中，再停用。"""
    qian, xu = client_of(body, "qian"), client_of(body, "xu")
    keys = reverse("body:issuer_keys")
    assert "待加签" in text(qian.post(keys, {}, follow=True))
    key = IssuerKey.objects.get()
    assert "已加签" in text(xu.post(reverse("authority:issuer_keys"), {"action": "countersign", "row": key.pk}, follow=True))
    page = reverse("body:issuer_key", args=[key.number])
    assert "使用中" in text(qian.get(page))
    assert "写明停用" in text(qian.post(page, {"act": "retire", "reason": ""}, follow=True))
    assert "已停用" in text(qian.post(page, {"act": "retire", "reason": "更换", "leaked": "1"}, follow=True))
    assert "可能泄露" in text(qian.get(page))


def test_outcome_for_each_row(body: Cast) -> None:
    """批量加签：每一把都有结果，不能加签的写明原因。"""
    give(body, awards(1))
    client_of(body, "qian").post(reverse("body:issuer_keys"), {})
    rows = [key.pk for key in IssuerKey.objects.all()]
    shown = text(client_of(body, "xu").post(reverse("authority:issuer_keys"), {"action": "countersign", "row": rows}, follow=True))
    assert "加签结果" in shown
    assert "不能加签发证密钥" in shown


def test_who_sees_what(body: Cast) -> None:
    """经办人看得到、不能生成；别家和外区看不到；未登录的去登录。"""
    give(body, awards(1))
    key = IssuerKey.objects.get(body=body.body_a)
    page = reverse("body:issuer_key", args=[key.number])
    assert "由评价机构负责人生成" in text(client_of(body, "sun").get(reverse("body:issuer_keys")))
    assert client_of(body, "shi").get(page).status_code == 403
    desk = reverse("authority:issuer_key", args=[key.number])
    assert client_of(body, "wang").get(desk).status_code == 200
    assert client_of(body, "lv").get(desk).status_code == 403
    assert client_of(body, "xu").get(page).status_code == 403
    assert Client().get(page).status_code == 302
    client_of(body, "wang").post(desk, {"act": "retire", "reason": "试"})
    assert IssuerKey.objects.get(pk=key.pk).state == "countersigned"


@pytest.mark.parametrize(("who", "page"), [("qian", "body:issuer_keys"), ("xu", "authority:issuer_keys")], ids=["机构", "市职鉴中心"])
def test_lists_take_few_queries(body: Cast, who: str, page: str, django_assert_max_num_queries) -> None:
    """列表的查询次数不随行数增加。"""
    for n in range(3):
        give(body, awards(1, first=n, plan=f"JH20260000{n}"), plan=f"JH20260000{n}")
        client = client_of(body, "qian")
        client.post(reverse("body:issuer_keys"), {})
        client_of(body, "xu").post(reverse("authority:issuer_keys"), {"action": "countersign", "all_matching": "1", "query": "standing=made"})
    assert IssuerKey.objects.filter(body=body.body_a).count() == 4
    client = client_of(body, who)
    with django_assert_max_num_queries(18):
        assert "MY" in text(client.get(reverse(page)))


class TestFilesForEverybody:
    def test_issuers(self, body: Cast, client: Client) -> None:
        """签发者名录任何人可取，由市级根密钥签署。"""
        give(body, awards(1))
        answer = client.get("/issuers.json")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        root = root_public_key()
        assert root is not None
        read = Issuers.read(answer.json(), root)
        assert read.of_body(body.body_a.number)
        assert client.get("/issuers.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304

    def test_lists_say_what_was_revoked(self, body: Cast, client: Client) -> None:
        """状态列表任何人可取；撤销以后取到的就写明。"""
        give(body, awards(1))
        credential = Credential.objects.get()
        address = f"/status/{credential.list_number}/revocation"
        root = root_public_key()
        assert root is not None
        assert not read_list(client.get(address).json(), Issuers.read(client.get("/issuers.json").json(), root)).bits[credential.place]
        revoke(number=Certificate.objects.get().number, reason="有误", by=body.qian, at=clock.now() + timedelta(seconds=1))
        document = json.loads(client.get(address).content)
        assert read_list(document, Issuers.read(client.get("/issuers.json").json(), root)).bits[credential.place]

    @pytest.mark.parametrize("address", ["/status/9/revocation", "/status/1/other", "/status/0/revocation"])
    def test_no_such_list(self, body: Cast, client: Client, address: str) -> None:
        """没有的列表是404。"""
        assert client.get(address).status_code == 404


def test_signed_document_is_handed_out(body: Cast) -> None:
    """发证机构下载签名凭证；别家、主管部门不能。"""
    give(body, awards(1))
    certificate = Certificate.objects.get()
    page = reverse("body:credential_file", args=[certificate.number])
    answer = client_of(body, "sun").get(page)
    assert json.loads(answer.content)["credentialSubject"]["certificateNumber"] == certificate.number
    assert client_of(body, "shi").get(page).status_code == 403
    assert client_of(body, "lin").get(page).status_code == 403
    assert "状态列表" in text(client_of(body, "han").get(reverse("authority:certificate", args=[certificate.number])))
