"""旅程: a stranger checks a signed certificate on a phone, also without a line; it is touched, and it is revoked."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, Route, expect

from tests.cast import Cast, set_up
from tests.certificates.issuing import AT, awards, coded, give
from tests.clocks import travel_to
from tests.journeys.conftest import PHONE, Site, shows
from touchstone.certificates.models import Credential
from touchstone.certificates.operations import revoke
from touchstone.certificates.queries import root_public_key
from touchstone.cli.verify import command
from touchstone.ledger.operations import mark_synthetic
from touchstone.trust.signing import multikey

NAME = "阿依古丽·买买提"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast on the day of issue, body 甲 with its site code."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(AT)
    return coded(cast)


def verdict(page: Page, words: str) -> None:
    """Expect a verdict in large letters."""
    expect(page.get_by_role("heading", name=words, level=2)).to_be_visible()


def test_a_stranger_checks_a_certificate(cast: Cast, site: Site, settings, tmp_path: Path) -> None:
    """扫码、断网再扫、凭证文件、改动过的凭证、命令行；撤销以后马上看得出来。"""
    settings.PUBLIC_URL = site.url
    give(cast, awards(1, names=(NAME,)))
    credential = Credential.objects.select_related("certificate").get()

    phone = site.visit("/verify", viewport=PHONE)
    held: list[Route] = []
    phone.route("**/certificate-check*", lambda route: held.append(route), times=1)
    with phone.expect_request("**/certificate-check*"):
        phone.get_by_role("link", name="核对签名").click()
    expect(phone.get_by_role("heading", name="证书真伪查验")).to_be_visible()
    phone.get_by_label("二维码的网址或文字").fill(credential.qr)
    check = phone.get_by_role("button", name="查验", exact=True)
    expect(check).to_be_disabled()  # until the script is there, so that no slow line loses what was typed
    held.pop().continue_()
    check.click()
    verdict(phone, "证书真实有效")
    shows(phone, NAME, "上海甲辰精密机械有限公司", "截至2026年4月7日的状态列表", "由“上海甲辰精密机械有限公司”签发")

    expect(phone.locator("[data-kept=yes]")).to_be_attached()
    phone.context.set_offline(True)
    phone.goto("about:blank")
    phone.goto(credential.qr)
    verdict(phone, "证书真实有效")
    shows(phone, NAME, "现在没有网络", "截至2026年4月7日的状态列表")
    phone.context.set_offline(False)

    phone.get_by_role("button", name="再查一本").click()
    given = tmp_path / "credential.json"
    given.write_text(credential.document, encoding="utf-8")
    phone.get_by_label("选择文件").set_input_files(given)
    verdict(phone, "证书真实有效")
    shows(phone, "国密签名（SM2/SM3）正确")

    phone.get_by_role("button", name="再查一本").click()
    given.write_text(credential.document.replace("五级/初级工", "一级/高级技师"), encoding="utf-8")
    phone.get_by_label("选择文件").set_input_files(given)
    verdict(phone, "不予承认")
    shows(phone, "签名与内容不符", "下列内容不可信")

    root = root_public_key()
    assert root is not None
    terminal = CliRunner().invoke(command, [credential.qr, "--root", multikey(root), "--at", AT.isoformat(), "--json"])
    assert terminal.exit_code == 0, terminal.output
    assert json.loads(terminal.output)["certificate"]["name"] == NAME

    revoke(number=credential.certificate.number, reason="超范围发证", by=cast.qian, at=AT)
    phone.goto("about:blank")
    phone.goto(credential.qr)
    verdict(phone, "不予承认")
    shows(phone, "证书已被撤销")
    phone.get_by_role("button", name="再查一本").click()
    phone.get_by_label("二维码的网址或文字").fill("随便写的")
    phone.get_by_role("button", name="查验", exact=True).click()
    verdict(phone, "不予承认")
    shows(phone, "不是证书的二维码")
    phone.get_by_role("link", name="用姓名和编号查验").click()
    expect(phone.get_by_role("heading", name="职业技能等级证书查验")).to_be_visible()
