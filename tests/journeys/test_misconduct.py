"""旅程: misconduct told in a sitting becomes a case: the candidate is told, heard, decided about, appeals, and the district undoes it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.exams.test_the_day import watching
from tests.journeys.conftest import PHONE, Site, confirm
from tests.journeys.test_the_day import username_of
from tests.violations.test_cases import first, self_of
from touchstone.accounts.models import User
from touchstone.exams.operations.incidents import record_incident
from touchstone.jobs.messages import tell_people
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD
from touchstone.web import clock


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a plan in whose theory somebody copied, on the Monday after."""
    mark_synthetic(seed=1)
    cast: Cast = set_up()
    travel_to(cast.at)
    stage = Stage(cast).reviewed().with_sittings().arranged().opened()
    number, ticket = stage.sittings()[0].number, stage.tickets()[0]
    told = {"kind": "misconduct", "words": "10时许抄写邻座答案", "ticket": ticket, "by": cast.sun, "at": moment(EXAM_ON, 10)}
    record_incident(sitting_number=number, **told)  # type: ignore[arg-type]
    travel_to(moment(date(2026, 3, 23), 9))
    return stage


@pytest.mark.duty("F1.2")
@pytest.mark.usefixtures("told_at_once")
def test_a_case_from_the_room_to_the_appeal(stage: Stage, site: Site) -> None:
    """从考场情况立案，告知，本人陈述申辩，负责人决定，本人申诉，区里撤销；文书可以打印，档案可以查。"""
    candidate = first(stage)
    own = User.objects.get(pk=self_of(candidate).user_id or 0).username
    sitting = stage.sittings()[0].number
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/sittings/{sitting}?tab=incidents")
    sun.get_by_role("link", name="立案").click()
    expect(sun.get_by_text("10时许抄写邻座答案").first).to_be_visible()
    sun.get_by_label("情形").select_option(label="抄袭，或协助他人抄袭")
    sun.get_by_role("button", name="立案").click()
    expect(sun.get_by_role("heading", name="抄袭，或协助他人抄袭")).to_be_visible()
    expect(sun.get_by_text("“作出处理决定”")).to_have_count(0)
    confirm(sun, "告知当事人", "告知")
    expect(sun.get_by_text("已告知当事人")).to_be_visible()

    me = site.log_in(own, PASSWORD, viewport=PHONE)
    while tell_people(clock.now()):
        pass
    me.goto(f"{site.url}/messages")
    expect(me.get_by_text("您有一件违纪违规案件 WJ202600001")).to_be_visible()
    me.goto(f"{site.url}/me/violations")
    me.get_by_role("link", name="抄袭，或协助他人抄袭").click()
    me.get_by_label("我的陈述申辩").fill("纸条是监考放错的。")
    me.get_by_role("button", name="提交陈述申辩").click()
    expect(me.get_by_text("陈述申辩已登记")).to_be_visible()

    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/violations")
    qian.get_by_role("link", name="WJ202600001").click()
    qian.get_by_label("处理", exact=True).select_option(label="全部科目成绩无效，限期不得参加评价")
    qian.get_by_label("限制到").fill("2027-03-01")
    qian.get_by_label("处理理由").fill("事实清楚，情节严重。")
    qian.get_by_label("已核对事实、情形和处理").check()
    qian.get_by_role("button", name="作出决定").click()
    expect(qian.get_by_text("全部科目成绩无效，限期不得参加评价（2027年3月1日以前）").first).to_be_visible()
    for name in ("告知书", "处理决定书"):
        with qian.expect_download() as paper:
            qian.get_by_role("link", name=name, exact=True).evaluate("link => { link.download = '文书.pdf'; link.click(); }")
        assert paper.value.path().read_bytes().startswith(b"%PDF-")

    me.reload()
    me.get_by_label("申诉理由").fill("没有看过我的答卷。")
    me.get_by_role("button", name="提交申诉").click()
    expect(me.get_by_text("申诉已提交")).to_be_visible()

    wu = site.log_in("wu", PASSWORD)
    wu.goto(f"{site.url}/desk/violations")
    wu.get_by_role("link", name="WJ202600001").click()
    wu.get_by_label("审查情况和答复意见").fill("证据不足，撤销原决定。")
    wu.get_by_role("button", name="撤销决定").click()
    expect(wu.get_by_text("已答复：撤销决定")).to_be_visible()
    me.reload()
    expect(me.get_by_text("撤销决定").first).to_be_visible()
    foreign = site.log_in("lv", PASSWORD)
    foreign.goto(f"{site.url}/desk/violations/WJ202600001")
    expect(foreign.get_by_text("不归您查看")).to_be_visible()


def test_a_case_of_staff(stage: Stage, site: Site) -> None:
    """工作人员违规由本机构立案，本人在自己的页面放弃陈述申辩，负责人记入档案。"""
    watcher = watching(stage)
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/violations")
    sun.get_by_role("link", name="立案").click()
    sun.get_by_role("link", name="考务、考评、督导人员").click()
    sun.get_by_label("工作人员").select_option(label=f"{watcher}（监考人员）")
    sun.get_by_label("情形").select_option(label="擅自更换考场、座位")
    sun.get_by_label("行为日期").fill("2026-03-20")
    sun.get_by_label("事实和证据").fill("把两名考生的座位互换，没有记录。")
    sun.get_by_role("button", name="立案").click()
    confirm(sun, "告知当事人", "告知")
    me = site.log_in(username_of(stage, watcher), PASSWORD, viewport=PHONE)
    me.goto(f"{site.url}/expert/violations")
    me.get_by_role("link", name="擅自更换考场、座位").click()
    confirm(me, "放弃陈述申辩", "确认放弃")
    expect(me.get_by_text("本人放弃陈述申辩")).to_be_visible()
    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/violations/WJ202600001")
    qian.get_by_label("处理", exact=True).select_option(label="记入档案")
    qian.get_by_label("处理理由").fill("首次，记入档案并在考评中扣分。")
    qian.get_by_label("已核对事实、情形和处理").check()
    qian.get_by_role("button", name="作出决定").click()
    expect(qian.get_by_text("已作处理决定").first).to_be_visible()
