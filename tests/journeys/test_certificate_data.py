"""旅程: certificate data is uploaded with wrong rows, returned with reasons, corrected, accepted, handed over, and one row mended."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.clocks import travel_to
from tests.exams.stage import Stage
from tests.jobs.national import running
from tests.journeys.conftest import PHONE, Site, confirm, look_again, shows
from tests.revocations.giving import EXECUTED, Case
from tests.uploads.sending import LATER, PREFIX, SENT, reviewed, rows_of, workbook
from tests.uploads.test_following import ISSUED
from touchstone.accounts.actor import PLATFORM
from touchstone.certificates.models import Certificate
from touchstone.certificates.queries import verify_path
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.policy.certificates.revocation import Verdict
from touchstone.simulation.cast import PASSWORD
from touchstone.uploads import operations


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a plan whose notice is over; its body numbers its certificates in a system of its own."""
    mark_synthetic(seed=1)
    cast = set_up()
    return Stage(cast).reviewed().with_sittings().arranged().held().scored().announced().confirmed()


def upload(page: Page, content: bytes) -> None:
    """Send a workbook by the page's form."""
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("选择填好的上传表").set_input_files({"name": "证书数据.xlsx", "mimeType": media, "buffer": content})
    page.get_by_role("button", name="上传并核对").click()


@pytest.mark.duty("A3.5")
def test_from_a_workbook_with_wrong_rows_to_the_national_query(stage: Stage, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """上传有错的表，逐行说明；更正、提交、抽查、退回、再更正、接收；上报，退回一行，更正再报，收录；公众看到。"""
    first, second, third = rows_of(stage)
    travel_to(SENT)
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body")
    sun.get_by_role("link", name="证书数据", exact=True).click()
    with sun.expect_download():
        sun.get_by_role("link", name="下载上传表").click()
    upload(sun, workbook([first | {"education": "私塾"}, second | {"theory": "95"}, third]))
    expect(sun.get_by_text("正在逐行核对").first).to_be_visible()
    site.work_off_jobs()
    look_again(sun)
    shows(sun, "平台登记的是80", "核对不通过")
    sun.get_by_role("row", name=second["number"]).get_by_role("link").first.click()
    shows(sun, "理论知识考试填的是95，平台登记的是80", "在备案范围和有效期内")
    sun.get_by_label("理论成绩").fill("80")
    sun.get_by_label("更正理由").fill("登分时看错一行")
    sun.get_by_role("button", name="更正本行").click()
    expect(sun.get_by_text("已更正，原来的一行留存备查")).to_be_visible()
    sun.get_by_role("link", name="返回本批").click()
    sun.get_by_role("button", name="提交审核").click()
    expect(sun.get_by_text("已提交审核")).to_be_visible()

    travel_to(LATER)
    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/inbox")
    zhou.get_by_role("link", name="审核证书数据").first.click()
    zhou.get_by_role("row", name=third["number"]).get_by_role("link").first.click()
    zhou.get_by_label("有误的，写明原因").fill("毕业证书为中专，文化程度填写有误")
    zhou.get_by_role("button", name="指出本行有误").click()
    expect(zhou.get_by_text("已指出本行有误")).to_be_visible()
    zhou.get_by_role("link", name="返回本批").click()
    confirm(zhou, "接收", "确认接收")
    expect(zhou.get_by_text("有1行指出有误，不能接收")).to_be_visible()
    confirm(zhou, "退回更正", "确认退回")
    expect(zhou.get_by_text("已退回更正，机构收到待办")).to_be_visible()

    sun.goto(f"{site.url}/body/inbox")
    sun.get_by_role("link", name="证书数据被退回").first.click()
    sun.get_by_role("row", name=third["number"]).get_by_role("link").first.click()
    expect(sun.get_by_text("毕业证书为中专").first).to_be_visible()
    sun.get_by_label("文化程度").fill("中专")
    sun.get_by_label("更正理由").fill("已核对毕业证书")
    sun.get_by_role("button", name="更正本行").click()
    sun.get_by_role("link", name="返回本批").click()
    sun.get_by_role("button", name="提交审核").click()
    accepted(zhou, site)

    anyone = site.visit(verify_path(first["number"]), viewport=PHONE)
    expect(anyone.get_by_role("heading", name="证书有效")).to_be_visible()
    expect(anyone.get_by_text("正在上报全国联网查询，不影响证书效力")).to_be_visible()
    with running() as national:
        for name, value in national.settings().items():
            monkeypatch.setenv(name, value)
        run_what_is_due()
        site.work_off_jobs()
        sun.goto(f"{site.url}/body/certificate-data")
        shows(sun, "全国联网查询退回1行")
        sun.goto(f"{site.url}/body/inbox")
        sun.get_by_role("link", name="全国联网查询退回").first.click()
        sun.get_by_role("row", name=first["number"]).get_by_role("link").first.click()
        shows(sun, "文化程度“私塾”不在代码表内")
        the_centre_sees_what_came_back(site, first["number"])
        sun.get_by_label("文化程度").fill("初中")
        sun.get_by_label("更正理由").fill("按代码表填写")
        sun.get_by_role("button", name="更正本行").click()
        expect(sun.get_by_text("单独成批提交审核")).to_be_visible()
        accepted(zhou, site)
        run_what_is_due()
        site.work_off_jobs()
        assert national.has()["taken"] == [f"{PREFIX}26500050{n}" for n in (1, 2, 3)]
    anyone.reload()
    expect(anyone.get_by_text("全国联网查询已收录")).to_be_visible()


@pytest.fixture
def case(transactional_db: None) -> Case:
    """Give a case about three certificates that the national query has: one to be revoked, one corrected, decided and not executed yet."""
    mark_synthetic(seed=1)
    stage = Stage(set_up()).all_the_way()
    batch = operations.receive_issued(plan_number=stage.plan.number, by=PLATFORM, at=ISSUED)
    assert batch is not None
    reviewed(stage.cast, operations.process(number=batch.number, by=PLATFORM, at=ISSUED))
    numbers = list(Certificate.objects.filter(plan_number=stage.plan.number).order_by("number").values_list("number", flat=True))
    return Case(stage.cast, issued=numbers)


@pytest.mark.duty("F3.3")
def test_a_correction_reaches_the_national_query_as_one(case: Case, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """全国查询已收录的证书：机构执行撤销和更正，撤销与新证书在同一个上报包；市职鉴中心逐行看到；公众查到新证书已收录。"""
    with running() as national:
        for name, value in national.settings().items():
            monkeypatch.setenv(name, value)
        travel_to(LATER)
        hand_over(site)
        case.ordered(Verdict.REVOKE, Verdict.CORRECT, Verdict.KEEP)
        travel_to(EXECUTED)
        qian = site.log_in("qian", PASSWORD)
        qian.goto(f"{site.url}/body/revocations/{case.number}")
        qian.get_by_label("本案全部待执行的").check()
        qian.get_by_label("撤销不能恢复").check()
        qian.get_by_role("button", name="执行决定", exact=True).click()
        shows(qian, "已办结", "已更正")
        new = case.row(1).replaced_by
        hand_over(site)
        assert national.has()["void"] == case.issued[:2]
        assert national.has()["taken"] == sorted([*case.issued, new])
    tao = site.log_in("tao", PASSWORD)
    tao.goto(f"{site.url}/desk/certificate-data")
    tao.get_by_role("link", name="上报包").click()
    tao.get_by_role("link", name="SB2026000002").click()
    shows(tao, "已有回执", "全国查询已撤销", case.issued[0], new)
    tao.get_by_role("link", name=new).click()
    shows(tao, f"代替证书{case.issued[1]}", "全国查询已收录")
    anyone = site.visit(verify_path(new), viewport=PHONE)
    expect(anyone.get_by_role("heading", name="证书有效")).to_be_visible()
    expect(anyone.get_by_text("全国联网查询已收录")).to_be_visible()
    old = site.visit(verify_path(case.issued[1]), viewport=PHONE)
    expect(old.get_by_role("heading", name="证书已撤销")).to_be_visible()


def hand_over(site: Site) -> None:
    """The worker does what is due: files go out and receipts come."""
    run_what_is_due()
    site.work_off_jobs()


def the_centre_sees_what_came_back(site: Site, number: str) -> None:
    """The centre's clerk opens the parcel with the row that was sent back, and takes its file with a reason."""
    tao = site.log_in("tao", PASSWORD)
    tao.goto(f"{site.url}/desk/certificate-data")
    tao.get_by_role("link", name="上报包").click()
    tao.get_by_role("link", name="SB2026000001").click()
    shows(tao, "已有回执", "文化程度“私塾”不在代码表内", number)
    confirm_with = tao.get_by_role("button", name="下载上报文件")
    confirm_with.click()
    tao.get_by_label("下载的理由").fill("与对方核对退回的一行")
    with tao.expect_download() as file:
        tao.get_by_role("button", name="下载", exact=True).click()
    assert number in file.value.path().read_text()
    tao.reload()
    shows(tao, "与对方核对退回的一行")


def accepted(page: Page, site: Site) -> None:
    """The clerk looks at every drawn row of the batch that waits and accepts it."""
    page.goto(f"{site.url}/desk/inbox")
    page.get_by_role("link", name="审核证书数据").first.click()
    expect(page).not_to_have_url(f"{site.url}/desk/inbox")
    page.goto(f"{page.url}?drawn=True&state=passed")
    page.get_by_label("选择本页全部").check()
    page.get_by_role("button", name="看过，无误").click()
    confirm(page, "接收", "确认接收")
    expect(page.get_by_text("已接收，随后上报全国联网查询")).to_be_visible()
