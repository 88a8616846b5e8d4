"""旅程: two assessors visit a venue with phones that have no line; what they write is kept there, and comes to the desk once."""

import base64

import pytest
from playwright.sync_api import Page, expect

from tests.cast import WideCast
from tests.filings.conftest import people, ready
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_filing_district_enterprise import press, score_all, told
from tests.journeys.test_filing_school import cast  # noqa: F401
from touchstone.files.queries import of_case
from touchstone.filings.models import SiteVisit
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.filing import _STEPS, file_to

PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def appointed(cast: WideCast) -> str:  # noqa: F811
    """Take a filing of school 己 to where its two assessors go out."""
    return file_to("appointed", ready("school", cast), people(cast, "school"), at=cast.at)


def on_the_spot(site: Site, username: str, number: str, **context: object) -> Page:
    """Open the visit on a phone, and wait until the phone has kept it for when there is no line."""
    page = site.log_in(username, PASSWORD, viewport=PHONE, **context)
    page.goto(f"{site.url}/desk/filings/{number}/visit")
    expect(page.locator("[data-visit-page][data-kept=yes]")).to_be_attached()
    return page


def subject(page: Page, name: str):
    """Give the part of the form that compares one subject."""
    return page.locator(f"[data-subject][data-label={name}]")


def write(page: Page, observations: str) -> None:
    """Write a record that found everything as filed but the cameras."""
    page.get_by_label("机构陪同人员").fill("范书成")
    for name in ("机构设置", "管理制度", "场地", "人员", "设施设备"):
        subject(page, name).get_by_label("与填报一致", exact=True).check()
    subject(page, "视频监控").get_by_label("与填报不一致", exact=True).check()
    subject(page, "视频监控").get_by_label("现场的情况").fill("技能考场只看到3个摄像头。")
    page.get_by_label("现场情况").fill(observations)


@pytest.mark.duty("D10.1", "D10.2")
def test_written_without_a_line_and_sent_once(cast: WideCast, site: Site) -> None:  # noqa: F811
    """断网也能填写、拍照、重新打开；有网后自动同步一次；另一人确认；逐项核对的结果和照片随案给负责人看。"""
    number = appointed(cast)
    where = {"latitude": 31.22, "longitude": 121.54, "accuracy": 12}
    zheng = on_the_spot(site, "zheng", number, geolocation=where, permissions=["geolocation"])
    expect(zheng.get_by_text("保密室：摄像头1个")).to_be_visible()
    zheng.context.set_offline(True)
    press(zheng, "保存踏勘记录")
    expect(zheng.get_by_text("还没有核对视频监控。")).to_be_visible()
    zheng.get_by_role("button", name="取定位").click()
    expect(zheng.get_by_text("误差约12米")).to_be_visible()
    write(zheng, "其余与填报一致。")
    subject(zheng, "视频监控").locator("input[type=file]").set_input_files({"name": "监控.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(subject(zheng, "视频监控").locator("img")).to_have_count(1)
    zheng.reload()
    expect(zheng.get_by_label("机构陪同人员")).to_have_value("范书成")
    expect(subject(zheng, "视频监控").locator("img")).to_have_count(1)
    press(zheng, "保存踏勘记录")
    expect(zheng.get_by_text("未同步", exact=True)).to_be_visible()
    zheng.reload()
    expect(zheng.get_by_text("未同步", exact=True)).to_be_visible()
    expect(zheng.get_by_text("离线，可以照常填写").first).to_be_visible()
    assert not SiteVisit.objects.exists()
    zheng.context.set_offline(False)
    expect(zheng.get_by_text("待确认", exact=True)).to_be_visible()
    expect(zheng.get_by_text("在线 · 全部已同步")).to_be_visible()
    zheng.reload()
    kept = SiteVisit.objects.get()
    assert (kept.latitude, kept.accuracy, kept.checks["video"]["seen"]) == (31.22, 12, "different")
    assert of_case(number).get(label=f"现场踏勘照片 {kept.pk}·视频监控").media == "image/jpeg"

    feng = on_the_spot(site, "feng", number)
    expect(feng.get_by_alt_text("视频监控照片")).to_be_visible()
    feng.get_by_text("与我所见不同").click()
    feng.get_by_label("与您所见不同的地方").fill("技能考场有4个摄像头，一个被遮挡。")
    press(feng, "写明异议，请其修改")
    told(feng, "由填写人修改")
    zheng.reload()
    expect(zheng.get_by_text("技能考场有4个摄像头，一个被遮挡。")).to_be_visible()
    press(zheng, "修改这条记录")
    subject(zheng, "视频监控").get_by_label("现场的情况").fill("4个摄像头中1个被遮挡。")
    press(zheng, "保存踏勘记录")
    expect(zheng.get_by_text("4个摄像头中1个被遮挡。").first).to_be_visible()
    feng.reload()
    feng.context.set_offline(True)
    press(feng, "确认这条记录")
    expect(feng.get_by_text("实训中心 · 确认")).to_be_visible()
    feng.context.set_offline(False)
    expect(feng.get_by_text("已由冯若溪确认")).to_be_visible()
    for assessor in (zheng, feng):
        assessor.goto(f"{site.url}/desk/filings/{number}/assessment")
        score_all(assessor, "9")
    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/filings/{number}/conclude")
    press(zhou, "汇总并送审批")
    told(zhou, "合格")
    zhou.goto(f"{site.url}/desk/filings/{number}")
    expect(zhou.locator(".ts-checks").get_by_text("4个摄像头中1个被遮挡。")).to_be_visible()


HOLD = "() => { navigator.locks.request('touchstone-visits', () => new Promise((done) => (window.letGo = done))); }"


@pytest.mark.duty("D10.2")
def test_sent_when_the_line_comes_back_while_another_attempt_is_under_way(cast: WideCast, site: Site) -> None:  # noqa: F811
    """恢复网络时正好在同步：这一次做完，紧接着再同步一次，不用等。"""
    number = appointed(cast)
    phone = on_the_spot(site, "zheng", number)
    phone.context.set_offline(True)
    phone.get_by_label("没有定位的理由").fill("地下车间没有信号")
    write(phone, "其余与填报一致。")
    press(phone, "保存踏勘记录")
    expect(phone.get_by_text("未同步", exact=True)).to_be_visible()
    phone.evaluate(HOLD)
    phone.context.set_offline(False)
    expect(phone.get_by_text("在线 · 有1条未同步")).to_be_visible()
    phone.evaluate("() => window.letGo()")
    expect(phone.get_by_text("待确认", exact=True)).to_be_visible()


@pytest.mark.duty("D10.2")
def test_two_devices_change_the_same_record(cast: WideCast, site: Site) -> None:  # noqa: F811
    """同一条记录在手机和平板上都改了：先到的保存，后到的看到两份对照，由本人选定，两边都不丢。"""
    number = appointed(cast)
    phone = on_the_spot(site, "zheng", number)
    phone.get_by_label("没有定位的理由").fill("地下车间没有信号")
    write(phone, "先写的。")
    press(phone, "保存踏勘记录")
    expect(phone.get_by_text("待确认", exact=True)).to_be_visible()
    expect(phone.locator("[data-visit-page][data-kept=yes]")).to_be_attached()
    tablet = on_the_spot(site, "zheng", number)
    phone.context.set_offline(True)
    press(phone, "修改这条记录")
    phone.get_by_label("现场情况").fill("手机上改的。")
    press(phone, "保存踏勘记录")
    expect(phone.get_by_text("未同步", exact=True)).to_be_visible()
    press(tablet, "修改这条记录")
    tablet.get_by_label("现场情况").fill("平板上改的。")
    press(tablet, "保存踏勘记录")
    expect(tablet.get_by_text("平板上改的。").first).to_be_visible()
    expect(tablet.get_by_text("在线 · 全部已同步")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("有冲突")).to_be_visible()
    row = phone.get_by_role("row").filter(has_text="现场情况")
    expect(row).to_contain_text("平板上改的。")
    expect(row).to_contain_text("手机上改的。")
    assert SiteVisit.objects.get().observations == "平板上改的。"
    press(phone, "以本机的为准")
    expect(phone.get_by_text("在线 · 全部已同步")).to_be_visible()
    kept = SiteVisit.objects.get()
    assert (kept.observations, kept.revision) == ("手机上改的。", 2)
    tablet.reload()
    expect(tablet.get_by_text("手机上改的。").first).to_be_visible()


@pytest.mark.duty("D10.1", "D10.2")
def test_evidence_of_every_safeguard_reaches_the_assessor(cast: WideCast, site: Site) -> None:  # noqa: F811
    """缺一项证据就写明缺什么、依据哪一条；在本部分补传；评估员的评分表上直接打开这份证据，并看到现场核对的结果。"""
    who = people(cast, "school")
    number = file_to("drafted", ready("school", cast), who, at=cast.at)
    fan = site.log_in("fan", PASSWORD)
    fan.goto(f"{site.url}/body/filings/{number}/sections/venues")
    press(fan, "移除视频监控画面截图.pdf")
    told(fan, "已移除“视频监控画面截图.pdf”")
    fan.goto(f"{site.url}/body/filings/{number}/sections/evidence")
    expect(fan.get_by_text("还没有证据：视频监控（视频监控画面截图）").first).to_be_visible()
    expect(fan.get_by_text("三(二)5").first).to_be_visible()
    fan.goto(f"{site.url}/body/filings/{number}/sections/venues")
    card = fan.locator(".card").filter(has_text="视频监控画面截图").last
    card.locator("input[type=file]").set_input_files({"name": "全景.png", "mimeType": "image/png", "buffer": PICTURE})
    card.get_by_role("button", name="上传视频监控画面截图").click()
    told(fan, "已上传“全景.png”")
    for reach in ("consent_sought", "consented", "submitted", "appointed", "visited"):
        _STEPS[reach](number, who, cast.at)
    zheng = site.log_in("zheng", PASSWORD, viewport=PHONE)
    zheng.goto(f"{site.url}/desk/filings/{number}/assessment")
    line = zheng.locator(".ts-sheet-line").filter(has_text="视频监控覆盖全部考位")
    expect(line.get_by_role("link", name="全景.png")).to_be_visible()
    expect(line).to_contain_text("现场（实训中心）视频监控：与填报一致")
    expect(zheng.locator(".ts-sheet-line").filter(has_text="有分管校领导").get_by_role("link")).to_have_count(1)
