"""旅程: an enterprise appoints a 特级技师: announced, applied for on a phone, judged, before the public, appointed; the person holds the letter."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.appointments.stage import PANEL, Appointing
from tests.appointments.test_rounds import own_desk
from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import moment
from tests.journeys.conftest import PHONE, Site, confirm
from touchstone.accounts.models import User
from touchstone.certificates.models import Certificate
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD
from touchstone.web import clock


@pytest.fixture
def stage(transactional_db: None) -> Appointing:
    """Give body 甲, filed for 高级技师, with two workers, one of whom has a desk of their own."""
    mark_synthetic(seed=1)
    cast: Cast = set_up()
    travel_to(cast.at)
    stage = Appointing(cast)
    own_desk(stage.people[0], cast)
    return stage


@pytest.mark.duty("B2.3")
def test_from_the_announcement_to_the_letter(stage: Appointing, site: Site) -> None:
    """企业公告，职工手机申报，企业推荐和核对，评审表决，公示，聘任，本人看聘书，区里知悉。"""
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/appointment-rounds")
    sun.get_by_role("link", name="发布评聘公告").first.click()
    sun.get_by_label("岗位", exact=True).select_option(label="特级技师")
    sun.get_by_label("职业（工种）").select_option(label="车工")
    sun.get_by_label("申报截止日").fill("2026-03-10")
    sun.get_by_label("评聘条件和办法").fill("攻关、带徒业绩突出；业绩评审、现场答辩、综合评审。")
    sun.get_by_role("button", name="发布公告").click()
    expect(sun.get_by_text("评聘公告已发布")).to_be_visible()
    number = sun.url.rsplit("/", 1)[-1]

    me = site.log_in(User.objects.get(person=stage.people[0]).username, PASSWORD, viewport=PHONE)
    me.goto(f"{site.url}/me/appointments")
    me.get_by_role("link", name="申报", exact=True).click()
    me.get_by_label("业绩").fill("攻克薄壁件车削变形难题，获市级技术能手，带徒6人。")
    me.get_by_label("取得高级技师证书").fill("2020-06-01")
    me.get_by_role("button", name="提交申报").click()
    expect(me.get_by_text("申报已提交")).to_be_visible()
    me.get_by_label("材料类别").select_option(label="业绩材料")
    me.locator("input[type=file]").set_input_files({"name": "获奖证书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 award"})
    me.get_by_role("button", name="上传材料").click()
    expect(me.get_by_text("获奖证书.pdf")).to_be_visible()

    sun.goto(f"{site.url}/body/appointment-rounds/{number}")
    sun.get_by_role("link", name="推荐职工").first.click()
    sun.get_by_label("职工").select_option(label="杨巧手（车工）")
    sun.get_by_label("业绩").fill("革新工装三项。")
    sun.get_by_label("取得高级技师证书").fill("2024-06-01")
    sun.get_by_role("button", name="推荐", exact=True).click()
    expect(sun.get_by_text("应满3年").first).to_be_visible()
    sun.goto(f"{site.url}/body/appointment-rounds/{number}")
    sun.get_by_role("link", name="韩大匠").click()
    sun.get_by_label("已核对证书或聘书原件").check()
    sun.get_by_label("已核对业绩材料").check()
    sun.get_by_label("核对情况").fill("核对高级技师证书和获奖证书原件。")
    sun.get_by_role("button", name="登记核对情况").click()
    expect(sun.get_by_text("条件已重新判定")).to_be_visible()

    travel_to(moment(date(2026, 3, 12), 16))
    sun.goto(f"{site.url}/body/appointment-rounds/{number}")
    confirm(sun, "截止申报", "截止")
    sun.get_by_role("link", name="登记评审结果").click()
    for n, member in enumerate(PANEL, 1):
        for label, text in (("姓名", member.name), ("单位", member.unit), ("职务或职称", member.rank)):
            sun.get_by_label(f"第{n}位评委的{label}").fill(text)
        if member.outsider:
            sun.get_by_label(f"第{n}位评委是外单位专家").check()
    sun.get_by_label("韩大匠的赞成票").fill("5")
    sun.get_by_label("韩大匠的反对票").fill("0")
    sun.get_by_label("回避韩大匠的评委和原因").fill("郑师傅：师徒关系")
    sun.get_by_label("评审纪要").fill("听取业绩汇报和现场答辩，无记名投票。")
    sun.get_by_role("button", name="登记评审结果").click()
    expect(sun.get_by_text("应有4票，登记了5票")).to_be_visible()
    sun.get_by_label("韩大匠的赞成票").fill("4")
    sun.get_by_role("button", name="登记评审结果").click()
    expect(sun.get_by_text("评审结果已登记")).to_be_visible()

    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/appointment-rounds/{number}")
    confirm(qian, "公示拟聘人选", "公示")
    expect(qian.get_by_text("拟聘人选已公示")).to_be_visible()
    travel_to(moment(date(2026, 3, 23), 9))
    run_what_is_due(clock.now())
    qian.reload()
    confirm(qian, "聘任", "聘任", 聘期起始日="2026-04-01", 聘任意见="经研究，同意聘任。")
    expect(qian.get_by_text("已聘任，证书已核发并入册")).to_be_visible()
    certificate = Certificate.objects.get(plan_number=number)
    assert (certificate.level_label, certificate.number[15]) == ("特级技师", "T")

    me.goto(f"{site.url}/me/appointments")
    me.get_by_role("link", name="车工特级技师", exact=True).click()
    expect(me.get_by_text(certificate.number).first).to_be_visible()
    with me.expect_download() as letter:
        me.get_by_role("link", name="聘书").evaluate("link => { link.download = '聘书.pdf'; link.click(); }")
    assert letter.value.path().read_bytes().startswith(b"%PDF-")
    me.goto(f"{site.url}/me/certificates")
    expect(me.get_by_text("特级技师").first).to_be_visible()

    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/appointment-rounds/held?state=serving")
    wang.get_by_role("link", name="PR202600001").click()
    wang.get_by_role("link", name="评聘过程").click()
    expect(wang.get_by_text("郑师傅")).to_be_visible()
    qian.goto(f"{site.url}/body/appointment-rounds/held/PR202600001")
    expect(qian.get_by_text("聘期到2029-04-01为止，从2029-01-01起办理续聘")).to_be_visible()
