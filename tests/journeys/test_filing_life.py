"""旅程: a filing lives: renewed in time, an occupation added, suspended and restored, moved on by a new standard."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.filings.conftest import people
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_filing_district_enterprise import cast, open_case, press, told, travel_to  # noqa: F401
from touchstone.bodies.operations import add_staff, end_staff
from touchstone.catalogue import queries as catalogue
from touchstone.catalogue.operations import enter_standard
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.filings import operations
from touchstone.filings.models import Filing
from touchstone.kernel.periods import add_months
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.filing import PDF, TURNER, file_to
from touchstone.simulation.filing_changes import promise
from touchstone.simulation.identity import id_number

MILLER = "6-18-01-02"


@pytest.fixture
def root(cast: Cast) -> Filing:  # noqa: F811
    """Give body 甲's filing in force."""
    return Filing.objects.get(number=file_to("signed", cast.body_a, people(cast), at=cast.at))


def own_page(site: Site, number: str, page: str = "") -> Page:
    """Open 林's page of a filing."""
    return open_case(site, "lin", number, page)


def case_of(page: Page) -> str:
    """Read the number of the case a page is about."""
    return page.url.split("/filings/")[1].split("/")[0]


def test_renewed_in_time(cast: Cast, root: Filing, site: Site) -> None:  # noqa: F811
    """期满前三个月：机构从备案件进入续期，预填核对后提交；区里评估决定，公示期满有效期接续三年。"""
    assert root.until
    opens = add_months(root.until, -3)
    at = cast.at + (opens - cast.at.date())
    travel_to(at)
    lin = own_page(site, root.number)
    lin.get_by_role("link", name="申请续期").click()
    expect(lin.get_by_text("办理续期的时间")).to_be_visible()
    press(lin, "开始填报续期")
    number = case_of(lin)
    expect(lin.get_by_label("负责评价工作的部门")).to_have_value("技能评价部")
    lin.goto(f"{site.url}/body/filings/{number}/sections/promise")
    for box in lin.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    lin.get_by_label("承诺人").fill("钱书瑶")
    expect(lin.locator("[data-saved]")).to_contain_text("已保存")
    lin.goto(f"{site.url}/body/filings/{number}/submit")
    press(lin, "确认提交")
    told(lin, "已提交")
    take_to_decision(number, cast, at)
    wu = open_case(site, "wu", number)
    expect(wu.get_by_role("heading", name="变更前后")).to_be_visible()
    wu.get_by_role("link", name="作出备案决定").click()
    wu.get_by_label("准予备案，予以公示").check()
    wu.get_by_label("决定意见").fill("条件具备，准予续期。")
    press(wu, "作出决定")
    told(wu, "开始公示")
    travel_to(at + timedelta(days=20))
    lin.goto(f"{site.url}/body/filings/{root.number}")
    expect(lin.get_by_text(f"至{root.until.year + 3}年").first).to_be_visible()


def take_to_decision(number: str, cast: Cast, at: datetime) -> None:  # noqa: F811
    """Do what 周, 郑 and 冯 do until the case lies before the director."""
    from touchstone.simulation.filing import _STEPS

    for stage in ("appointed", "visited", "scored", "concluded"):
        _STEPS[stage](number, people(cast), at)


def test_occupation_added(cast: Cast, root: Filing, site: Site) -> None:  # noqa: F811
    """区属企业增加职业：只填新增内容，只就新增职业征求同意，评估公示后新职业生效，原备案不受影响。"""
    at = cast.at + timedelta(days=60)
    travel_to(at)
    for serial in range(3):
        serve(cast, serial, at)
    lin = own_page(site, root.number)
    lin.get_by_role("link", name="申请变更").click()
    lin.get_by_label("职业（工种）：增加新的职业").check()
    press(lin, "开始填报变更")
    number = case_of(lin)
    lin.get_by_label("变更原因").fill("新建铣工车间，年需求约40人。")
    first_part = lin.url
    press(lin, "保存，下一部分")
    expect(lin).not_to_have_url(first_part)
    lin.goto(f"{site.url}/body/filings/{number}/scope")
    with lin.expect_response(lambda answer: "scope/options" in answer.url):
        lin.get_by_label("职业", exact=True).fill(MILLER)
    lin.get_by_role("main").get_by_label("四级").check()
    lin.get_by_label("实训中心").check()
    press(lin, "添加到申报范围")
    told(lin, "已添加1项")
    the_rest(number, cast, at)
    lin.goto(f"{site.url}/body/filings/{number}")
    expect(lin.get_by_text("增加", exact=True)).to_be_visible()
    lin.get_by_label("科技和经济委员会").check()
    press(lin, "征求同意")
    told(lin, "已向")
    jiang = open_case(site, "jiang", number, "/consent")
    expect(jiang.get_by_text("铣工").first).to_be_visible()
    jiang.get_by_label("同意", exact=True).check()
    press(jiang, "答复")
    lin.goto(f"{site.url}/body/filings/{number}/submit")
    press(lin, "确认提交")
    told(lin, "已提交")
    take_to_decision(number, cast, at)
    wu = open_case(site, "wu", number)
    wu.get_by_role("link", name=f"原备案 {root.number}").click()
    expect(wu.get_by_role("link", name=f"备案变更 {number}")).to_be_visible()
    wu.goto(f"{site.url}/desk/filings/{number}/decision")
    wu.get_by_label("准予备案，予以公示").check()
    wu.get_by_label("决定意见").fill("条件具备，准予变更。")
    press(wu, "作出决定")
    told(wu, "开始公示")
    travel_to(at + timedelta(days=20))
    anyone = site.visit(f"/register/{cast.body_a.number}", viewport=PHONE)
    expect(anyone.get_by_text("铣工").first).to_be_visible()
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/new")
    expect(sun.get_by_text("铣工").first).to_be_attached()


def serve(cast: Cast, serial: int, at: datetime) -> None:  # noqa: F811
    """Register an assessor of the new occupation."""
    add_staff(
        body=cast.body_a, name=f"卫{'子丑寅'[serial]}一", id_number=id_number(460 + serial, birthday=at.date().replace(year=1984), male=True),
        duty="assessor", post="高级技师", full_time=True, occupation=catalogue.occupation(MILLER, at.date()), highest_level=1,
        qualification=f"KP9{serial:05d}", by=cast.lin, at=at,
    )  # fmt: skip


def the_rest(number: str, cast: Cast, at: datetime) -> None:  # noqa: F811
    """Write what differs from the other sections only in length."""
    content = {"sets": {f"{MILLER}|4": "4"}, "source": "自行命题", "secrecy": "双人双锁", "quality": "每场督导"}
    operations.save_draft(number=number, section="questions", content=content, revision=0, session="q", by=cast.lin, at=at)
    for label in ("人员资格证书", "设施设备清单"):
        operations.attach_evidence(number=number, label=label, name=f"{label}.pdf", content=PDF, by=cast.lin, at=at)
    promise(number, by=cast.lin, at=at)


def test_suspended_and_restored(cast: Cast, root: Filing, site: Site) -> None:  # noqa: F811
    """区里负责人暂停整件备案：机构和计划经办人收到告知，不能再编计划；预定恢复日到了只提醒，负责人复查后恢复。"""
    at = cast.at + timedelta(days=60)
    travel_to(at)
    exam_on = (at + timedelta(days=60)).date()
    terms = PlanTerms(exam_on, (at + timedelta(days=20)).date(), 20, "孙景明 021-00000000")
    item = root.scope.get(level=4)
    draft_plan(scope_item_id=item.pk, terms=terms, by=cast.sun, at=at)
    wu = open_case(site, "wu", root.number)
    wu.get_by_role("link", name="暂停评价").click()
    wu.get_by_label("预定恢复日").fill((at + timedelta(days=30)).date().isoformat())
    wu.get_by_role("button", name="考核点设施不符合条件").click()
    press(wu, "暂停评价")
    told(wu, "已暂停评价")
    lin = own_page(site, root.number)
    expect(lin.get_by_role("heading", name="正在暂停")).to_be_visible()
    lin.wait_for_timeout(2500)  # a line of the ledger is read two seconds after it was written
    travel_to(at + timedelta(minutes=5))
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/inbox")
    expect(sun.get_by_text("备案暂停评价，请与主管部门商定").first).to_be_visible()
    sun.goto(f"{site.url}/body/plans/new")
    expect(sun.get_by_text("车工四级")).to_have_count(0)
    travel_to(at + timedelta(days=31))
    wu.goto(f"{site.url}/desk/")
    expect(wu.get_by_text("请决定恢复评价或者延长暂停").first).to_be_visible()
    wu.goto(f"{site.url}/desk/filings/{root.number}/restore")
    wu.get_by_label("整件备案").check()
    wu.get_by_label("恢复评价，自今天起").check()
    wu.get_by_role("button", name="整改到位").click()
    press(wu, "作出决定")
    told(wu, "已恢复评价")
    lin.goto(f"{site.url}/body/filings/{root.number}")
    expect(lin.get_by_role("heading", name="正在暂停")).to_have_count(0)


def test_new_standard_flags_and_amendment_settles(cast: Cast, root: Filing, site: Site) -> None:  # noqa: F811
    """新标准替代旧标准：依据旧标准的备案范围自动标记，机构收到告知书和待办；变更标准后逐行了结。"""
    at = cast.at + timedelta(days=60)
    travel_to(at)
    new = f"GZB {TURNER}-2026"
    enter_standard(
        number=new, kind="national", code=TURNER, title="车工国家职业标准", edition="2026年版", levels=[5, 4, 3, 2, 1],
        in_force_from=(at + timedelta(days=5)).date(), replaces=f"GZB {TURNER}-2018", by=cast.han, at=at,
    )  # fmt: skip
    site.visit("/").wait_for_timeout(2500)  # a line of the ledger is read two seconds after it was written
    later = at + timedelta(days=10)
    travel_to(later)
    lin = site.log_in("lin", PASSWORD)
    lin.goto(f"{site.url}/body/inbox")
    lin.get_by_text("职业目录或者标准已调整，请在期限内申请变更").first.click()
    expect(lin.get_by_role("link", name="目录调整告知书")).to_be_visible()
    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/catalogue-flags")
    expect(zhou.locator("tbody").get_by_text("期限内", exact=True)).to_have_count(3)
    lin.get_by_role("link", name="申请变更").click()
    lin.get_by_label("依据的标准：改用新颁布或修订的标准").check()
    press(lin, "开始填报变更")
    number = case_of(lin)
    lin.get_by_label("变更原因").fill("车工国家职业标准修订。")
    first_part = lin.url
    press(lin, "保存，下一部分")
    expect(lin).not_to_have_url(first_part)
    lin.goto(f"{site.url}/body/filings/{number}/scope")
    with lin.expect_response(lambda answer: "scope/options" in answer.url):
        lin.get_by_label("职业", exact=True).fill(TURNER)
    lin.get_by_label("依据的标准").select_option(new)
    for level in ("五级", "四级", "三级"):
        lin.get_by_role("main").get_by_label(level).check()
    lin.get_by_label("实训中心").check()
    press(lin, "添加到申报范围")
    told(lin, "已添加3项")
    content = {"sets": {f"{TURNER}|{level}": "4" for level in (5, 4, 3)}, "source": "自行命题"}
    operations.save_draft(number=number, section="questions", content=content, revision=0, session="q", by=cast.lin, at=later)
    promise(number, by=cast.lin, at=later)
    lin.goto(f"{site.url}/body/filings/{number}/submit")
    press(lin, "确认提交")
    told(lin, "已提交")
    zhou.reload()
    expect(zhou.locator("tbody").get_by_text("已申请变更", exact=True)).to_have_count(3)
    take_to_decision(number, cast, later)
    wu = open_case(site, "wu", number, "/decision")
    wu.get_by_label("准予").first.check()
    wu.get_by_label("决定意见").fill("同意改用新标准。")
    press(wu, "作出决定")
    zhou.reload()
    expect(zhou.locator("tbody").get_by_text("已了结", exact=True)).to_have_count(3)
    expect(zhou.get_by_text(number).first).to_be_visible()


def test_people_change_and_an_occupation_is_called_anew(cast: Cast, root: Filing, site: Site) -> None:  # noqa: F811
    """机构变更分管负责人和管理人员，案件中前后对照，准予当日生效；职业更名、改编码后机构收到告知书，范围不变，无须办理。"""
    at = cast.at + timedelta(days=60)
    travel_to(at)
    leaving = cast.body_a.staff.filter(duty="manager").order_by("id")[0]
    end_staff(member_id=leaving.pk, reason="调离", by=cast.lin, at=at)
    add_staff(
        body=cast.body_a, name="方知远", id_number=id_number(480, birthday=at.date().replace(year=1985), male=True), duty="manager", post="考务主管",
        full_time=True, occupation=None, highest_level=None, qualification="", by=cast.lin, at=at,
    )  # fmt: skip
    lin = own_page(site, root.number)
    lin.get_by_role("link", name="申请变更").click()
    expect(lin.get_by_text("申请终止部分评价范围")).to_be_visible()
    lin.get_by_label("主要人员：").check()
    press(lin, "开始填报变更")
    number = case_of(lin)
    expect(lin.locator("#staff-changes").get_by_text("退出", exact=True)).to_be_visible()
    expect(lin.locator("#staff-changes").get_by_text("方知远")).to_be_visible()
    lin.get_by_label("变更后的分管负责人").fill("段衡")
    lin.get_by_label("变更原因").fill("原负责人调离。")
    press(lin, "保存")
    told(lin, "已保存")
    operations.attach_evidence(number=number, label="机构设置和人员任命文件", name="任命文件.pdf", content=PDF, by=cast.lin, at=at)
    promise(number, by=cast.lin, at=at)
    lin.goto(f"{site.url}/body/filings/{number}/submit")
    press(lin, "确认提交")
    told(lin, "已提交")
    wu = open_case(site, "wu", number)
    expect(wu.get_by_text("分管负责人").first).to_be_visible()
    expect(wu.locator("ins", has_text="段衡")).to_be_visible()
    wu.goto(f"{site.url}/desk/filings/{number}/decision")
    wu.get_by_label("准予").first.check()
    wu.get_by_label("决定意见").fill("同意变更。")
    press(wu, "作出决定")
    lin.goto(f"{site.url}/body/filings/{root.number}")
    expect(lin.get_by_text("分管负责人 段衡")).to_be_visible()

    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/catalogue/{TURNER}")
    han.get_by_role("link", name="更名", exact=True).click()
    han.get_by_label("职业名称").fill("车床工")
    press(han, "登记")
    told(han, "已登记职业“车床工”")
    han.wait_for_timeout(2500)  # a line of the ledger is read two seconds after it was written
    travel_to(at + timedelta(days=1))
    lin.reload()
    expect(lin.get_by_text("职业名称、编码或者标准内容已调整，评价范围不变，无须申请变更")).to_be_visible()
    expect(lin.get_by_role("link", name="职业更名告知书")).to_be_visible()
    expect(lin.get_by_text("车床工").first).to_be_visible()
    han.goto(f"{site.url}/desk/catalogue/{TURNER}")
    recode = han.locator("#recode")
    recode.get_by_label("新的职业编码").fill("6-18-01-99")
    recode.get_by_label("起始日").fill((at + timedelta(days=1)).date().isoformat())
    recode.get_by_label("原因").fill("职业分类大典修订。")
    press(han, "登记新的编码")
    told(han, "改用编码6-18-01-99")
    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/catalogue-flags")
    expect(zhou.locator("tbody").get_by_text("仅告知，无须办理", exact=True).first).to_be_visible()
