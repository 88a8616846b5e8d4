"""我的证书页面: does a holder show a certificate, with a line or without, share a part of it, and learn how often it was looked up?"""

import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pypdf
import pytest
import segno
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.certificates.issuing import AT, awards, coded, give
from tests.logs.conftest import unlocked  # noqa: F401
from tests.logs.stage import a_sequencer, fresh_place
from tests.web.test_body_pages import client_of, text
from tests.web.test_filing_pages import client as candidate_client
from touchstone.accounts.actor import NotAllowed
from touchstone.certificates.models import Certificate, Checks, Share
from touchstone.certificates.operations import count_check, print_batch, print_one, revoke, share, withdraw_share
from touchstone.certificates.queries import verify_path
from touchstone.kernel.law import Refusal
from touchstone.logs.models import Log
from touchstone.trust.log.notes import Verifier
from touchstone.trust.log.proofs import Receipt
from touchstone.web import clock


@pytest.fixture
def mine(cast: Cast) -> Certificate:
    """Give a certificate of 陈, beside one of somebody else."""
    (award, other) = awards(2)
    chen = cast.person("chen")
    give(coded(cast), [replace(award, holder_id=chen.pk, holder_name=chen.name), other])
    return Certificate.objects.select_related("credential").get(holder=chen)


def chosen(**changes: object) -> dict[str, object]:
    """A form of sharing."""
    return {"act": "share", "facts": ["level", "occupation"], "days": "7", "purpose": "某公司应聘"} | changes


class TestPages:
    def test_shown_with_its_code(self, mine: Certificate) -> None:
        """我的证书：二维码、签名时间、下载凭证、离线出示页。"""
        browser = candidate_client("chen")
        page = browser.get(reverse("candidate:certificate", args=[mine.number]))
        assert "任何人扫码都能当场核对" in text(page)
        assert 'src="data:image/svg+xml;base64,' in page.content.decode()
        document = json.loads(browser.get(reverse("candidate:credential_file", args=[mine.number])).content)
        assert document["credentialSubject"]["certificateNumber"] == mine.number
        assert mine.number in text(browser.get(reverse("candidate:wallet")))
        assert browser.get(reverse("candidate:wallet_manifest_file")).json()["start_url"] == "/me/wallet"
        assert "javascript" in browser.get(reverse("candidate:wallet_worker_file")).headers["Content-Type"]

    def test_nobody_elses(self, mine: Certificate) -> None:
        """别人的证书打不开；机构和主管部门不从这里进；未登录的去登录。"""
        other = Certificate.objects.exclude(pk=mine.pk).get()
        for name in ("certificate", "credential_file"):
            assert candidate_client("chen").get(reverse(f"candidate:{name}", args=[other.number])).status_code == 403
            assert Client().get(reverse(f"candidate:{name}", args=[mine.number])).status_code == 302
        assert candidate_client("qian").get(reverse("candidate:certificate", args=[mine.number])).status_code == 403

    def test_nothing_yet(self, cast: Cast) -> None:
        """还没有证书时说明下一步。"""
        assert "还没有可以出示的证书" in text(candidate_client("chen").get(reverse("candidate:wallet")))


class TestSharing:
    def test_only_what_was_chosen(self, mine: Certificate) -> None:
        """只显示所选的内容和是否有效；打开次数记下，不记是谁。"""
        browser = candidate_client("chen")
        page = browser.post(reverse("candidate:certificate", args=[mine.number]), chosen(), follow=True).content.decode()
        address = re.search(r"/share/[\w-]+", page)
        assert address is not None
        shown = text(Client().get(address[0]))
        assert "五级/初级工" in shown
        assert "车工" in shown
        for hidden in (mine.holder_name, mine.number, mine.body_name):
            assert hidden not in shown
        assert "打开过1次" in text(browser.get(reverse("candidate:certificate", args=[mine.number])))
        assert Checks.objects.get().many == 1

    def test_withdrawn_and_over(self, mine: Certificate) -> None:
        """收回和到期以后什么也不显示；不对的链接也是。"""
        browser, page = candidate_client("chen"), reverse("candidate:certificate", args=[mine.number])
        address = re.search(r"/share/[\w-]+", browser.post(page, chosen(), follow=True).content.decode())
        assert address is not None
        assert "已收回" in text(browser.post(page, {"act": "withdraw", "share": Share.objects.get().number}, follow=True))
        answer = Client().get(address[0])
        assert answer.status_code == 410
        assert "五级" not in text(answer)
        assert Client().get("/share/abc").status_code == 404

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            pytest.param({"facts": []}, "至少选择一项", id="没有选内容"),
            pytest.param({"days": "400"}, "1到90天", id="太久"),
            pytest.param({"days": "x"}, "1到90天", id="不是天数"),
        ],
    )
    def test_refused(self, mine: Certificate, changes: dict[str, object], words: str) -> None:
        """没有选内容、有效期不对的，说明原因。"""
        answer = candidate_client("chen").post(reverse("candidate:certificate", args=[mine.number]), chosen(**changes), follow=True)
        assert words in text(answer)
        assert not Share.objects.exists()

    def test_only_the_holder(self, mine: Certificate, cast: Cast) -> None:
        """只有持证人能分享和收回；到期的不用收回。"""
        terms: dict[str, Any] = {"number": mine.number, "facts": ["name"], "days": 1, "purpose": "", "secret": "s" * 22}
        for who in ("qian", "han", "shi"):
            with pytest.raises(NotAllowed, match="持证人本人"):
                share(**terms, by=getattr(cast, who), at=AT)
        made = share(**terms, by=cast.chen, at=AT)
        with pytest.raises(NotAllowed):
            withdraw_share(number=made.number, by=cast.qian, at=AT)
        with pytest.raises(Refusal, match="已经结束"):
            withdraw_share(number=made.number, by=cast.chen, at=AT + timedelta(days=1))

    def test_revoked_is_told_by_the_link(self, mine: Certificate, cast: Cast) -> None:
        """撤销以后，分享链接显示已撤销。"""
        share(number=mine.number, facts=["name"], days=7, purpose="", secret="s" * 22, by=cast.chen, at=clock.now())
        revoke(number=mine.number, reason="有误", by=cast.qian, at=clock.now())
        assert "证书已撤销" in text(Client().get("/share/" + "s" * 22))


class TestChecks:
    def test_counted_by_month(self, mine: Certificate) -> None:
        """查验次数按月计，只计未登录的公众。"""
        for month in (4, 4, 5):
            count_check(certificate=mine, at=AT.replace(year=2025, month=month))  # months that are over, whenever this runs
        Client().get(verify_path(mine.number))
        candidate_client("chen").get(verify_path(mine.number))
        assert sorted(Checks.objects.values_list("many", flat=True)) == [1, 1, 2]

    def test_public_page_leads_to_the_check_in_the_browser(self, mine: Certificate) -> None:
        """查验页给出在自己浏览器里核对签名的地址。"""
        assert 'href="/v#' in Client().get(verify_path(mine.number)).content.decode()


class TestPrinted:
    def test_pdf_carries_what_was_signed(self, mine: Certificate, cast: Cast) -> None:
        """PDF附带签名凭证，取出来与所存的一字不差；一份PDF里有多本的，各带各的。"""
        one = pypdf.PdfReader(io.BytesIO(print_one(number=mine.number, by=cast.qian, at=AT)))
        assert one.attachments["credential.json"][0].decode() == mine.credential.document
        numbers = list(Certificate.objects.values_list("number", flat=True))
        both = pypdf.PdfReader(io.BytesIO(print_batch(numbers=numbers, case="JH202600001", by=cast.qian, at=AT)))
        assert set(both.attachments) == {f"{number}-credential.json" for number in numbers}

    def test_pdf_carries_the_receipt_once_it_is_published(self, mine: Certificate, cast: Cast, unlocked: None) -> None:  # noqa: F811
        """公开日志公布以后，PDF附带回执，持证人也能下载；回执与这本证书的记录相符。"""
        fresh_place()
        page = reverse("candidate:receipt_file", args=[mine.number])
        assert "稍后再下载" in text(candidate_client("chen").get(page, follow=True))
        a_sequencer(now=lambda: AT).step()
        told = candidate_client("chen").get(page).content.decode()
        log = Log.objects.get(name="certificates-2026")
        Receipt.read(told).check(bytes(mine.credential.leaf), Verifier.read(log.key))
        paper = pypdf.PdfReader(io.BytesIO(print_one(number=mine.number, by=cast.qian, at=AT)))
        assert paper.attachments["receipt.tlog-proof"][0].decode() == told

    def test_code_is_read_back(self, mine: Certificate) -> None:
        """证书上的二维码扫出来就是签名的内容，不超过版本13。"""
        assert int(segno.make(mine.credential.qr, error="m", micro=False).version) <= 13
        assert mine.credential.qr.partition("#")[0].endswith("/v")


def test_issuer_hands_out(mine: Certificate, cast: Cast) -> None:
    """发证机构也能下载同一份凭证。"""
    answer = client_of(cast, "sun").get(reverse("body:credential_file", args=[mine.number]))
    assert answer.content.decode() == mine.credential.document
