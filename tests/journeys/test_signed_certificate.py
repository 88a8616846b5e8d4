"""旅程: a body's key is countersigned, a certificate is signed, its holder shows it without a line, a stranger checks it, it is revoked."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.clocks import travel_to
from tests.exams.stage import Stage, moment
from tests.journeys.conftest import PHONE, Site, confirm
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.operations import open_log_in
from touchstone.certificates.models import Certificate, IssuerKey
from touchstone.certificates.operations import revoke
from touchstone.exams.operations.candidate_desk import seat as candidate_desk
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD, actor_of


@pytest.fixture
def stage(transactional_db: None, settings: Any, live_server: Any) -> Stage:
    """Give a plan whose results have stood before the public, one candidate passed, and the candidate's log-in."""
    settings.PUBLIC_URL = live_server.url
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    stage = Stage(cast, people=1).reviewed().with_sittings().arranged().held().scored().announced().confirmed()
    person = stage.plan.candidates.get().person
    open_log_in(person=person, username="chiren", password=PASSWORD, by=PLATFORM, at=cast.at)
    candidate_desk(person, cast.at)
    travel_to(moment(date(2026, 4, 7), 9))
    return stage


def checked(page: Page, outcome: str) -> None:
    """Wait for what the stranger's own browser finds."""
    expect(page.locator(f'#checker[data-outcome="{outcome}"]')).to_be_visible()


@pytest.mark.duty("A3.4")
def test_signed_shown_without_a_line_checked_and_revoked(stage: Stage, site: Site) -> None:
    """机构生成密钥、市级加签；核发即签名；持证人离线出示、分享一部分；外人在自己手机里核对；撤销后查到已撤销。"""
    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/certificates")
    qian.get_by_role("link", name="发证密钥").click()
    expect(qian.get_by_text("还没有发证密钥")).to_be_visible()
    confirm(qian, "生成发证密钥", "生成")
    expect(qian.get_by_text("已送市职鉴中心加签")).to_be_visible()
    key = IssuerKey.objects.get()

    xu = site.log_in("xu", PASSWORD)
    xu.goto(f"{site.url}/desk/inbox")
    xu.get_by_role("link", name=re.compile("加签发证密钥")).first.click()
    expect(xu.get_by_text(key.fingerprint).first).to_be_visible()
    confirm(xu, "加签", "加签")
    expect(xu.get_by_text("今后核发的证书由这把密钥签名")).to_be_visible()

    qian.goto(f"{site.url}/body/plans/{stage.plan.number}/results")
    confirm(qian, "核发证书", "核发")
    expect(qian.get_by_text("已核发证书1本")).to_be_visible()
    certificate = Certificate.objects.select_related("credential").get()
    assert certificate.credential.key_id == key.pk
    run_what_is_due()

    phone = site.log_in_by_form("chiren", PASSWORD, viewport=PHONE)
    phone.goto(f"{site.url}/me/certificates")
    phone.get_by_role("link", name="二维码和分享").click()
    expect(phone.get_by_text("任何人扫码都能当场核对")).to_be_visible()
    phone.get_by_label("证书编号").uncheck()
    phone.get_by_label("姓名").uncheck()
    phone.get_by_label("给谁看").fill("某公司应聘")
    phone.get_by_role("button", name="生成链接").click()
    expect(phone.get_by_text("分享链接已生成")).to_be_visible()
    link = phone.locator("#shares code").first.inner_text()
    phone.get_by_role("link", name="离线出示").click()
    phone.get_by_role("button", name="存到这部手机").click()
    expect(phone.get_by_text("已存到这部手机")).to_be_visible()
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text("现在没有网络")).to_be_visible()
    expect(phone.get_by_role("img", name="查验二维码")).to_be_visible()
    shown = phone.get_by_text(certificate.number)
    expect(shown).to_be_visible()

    stranger = site.visit(f"/v#{certificate.credential.qr.partition('#')[2]}", viewport=PHONE)
    checked(stranger, "good")
    expect(stranger.get_by_text("由“上海甲辰精密机械有限公司”签发")).to_be_visible()
    stranger.goto(link)
    expect(stranger.get_by_role("heading", name="证书有效")).to_be_visible()
    expect(stranger.get_by_text("五级/初级工")).to_be_visible()
    expect(stranger.get_by_text(certificate.number)).to_have_count(0)

    qian.goto(f"{site.url}/body/certificates/{certificate.number}")
    expect(qian.get_by_text(certificate.number).first).to_be_visible()
    # How a revocation comes about, with its hearing, is a story of its own.
    day = date(2026, 4, 7)
    revoke(number=certificate.number, reason="冒名顶替，已核实", by=actor_of("qian", day), at=moment(day, 9))
    run_what_is_due()
    qian.reload()
    expect(qian.get_by_text("已撤销").first).to_be_visible()
    stranger.goto(certificate.credential.qr)
    checked(stranger, "bad")
    expect(stranger.get_by_text("证书已被撤销").first).to_be_visible()

    phone.context.set_offline(False)
    phone.goto(f"{site.url}/me/certificates/{certificate.number}")
    expect(phone.get_by_text("打开过1次")).to_be_visible()
    confirm(phone, "收回", "收回")
    expect(phone.get_by_text("已收回").first).to_be_visible()
    stranger.goto(link)
    expect(stranger.get_by_text("持证人已收回这次分享")).to_be_visible()
