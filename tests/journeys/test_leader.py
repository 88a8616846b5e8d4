"""旅程: a leader reads the desk, follows a number to its rows, sees how the districts decide, explains and answers, and prints the month."""

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.filings.watched import COLLEGE
from tests.insight.busy import NOON, busy
from tests.insight.deciding import EACH, LATER, decided
from tests.inspections.stage import Stage as InspectionStage
from tests.journeys.conftest import PHONE, Site, look_again, shows
from touchstone.inspections.models import Task
from touchstone.ledger.operations import mark_synthetic
from touchstone.policy.calls.layout import PEOPLE_A_BODY
from touchstone.simulation.cast import PASSWORD


@pytest.fixture
def busy_city(transactional_db: None) -> Cast:
    """Give the city at noon of a busy day."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    busy(cast)
    travel_to(NOON)
    return cast


@pytest.fixture
def uneven_city(transactional_db: None) -> Cast:
    """浦东新区 found all its six alerts untrue, 徐汇区 two of six."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    decided(cast, dismissed_at_home=EACH, dismissed_elsewhere=2)
    travel_to(LATER)
    return cast


@pytest.mark.duty("A1.7")
def test_from_the_desk_to_the_rows(busy_city: Cast, site: Site) -> None:
    """韩亦诚打开领导首页，从今日场次进到正在进行的一场，看出由谁督导；再看几个区都督导的机构、进行中的抽查、预警和地图；吴志恒在手机上只看本区。"""
    han = site.log_in("han", PASSWORD)
    menu = han.get_by_role("navigation", name="主菜单").get_by_role("link")
    expect(menu.first).to_have_text("领导首页")
    menu.first.click()
    shows(han, "截至2026年3月20日 12:00", "今天的评价", "备案办理时限", "各区今日场次（场）")
    han.get_by_role("link", name="正在进行 1场").click()
    shows(han, "共1场", "进行中")
    han.get_by_role("link", name="JH2026").first.click()
    shows(han, "监管单位", "浦东新区人力资源社会保障局", "设在本区的企业评价机构考核点", "牵头")
    han.goto(f"{site.url}/desk/leader")
    han.get_by_role("link", name="几个区都督导 3件备案").click()
    shows(han, COLLEGE, "共3件备案")
    han.goto(f"{site.url}/desk/leader")
    han.get_by_role("link", name="进行中的抽查 1次").click()
    shows(han, "共1次", "状态：正在进行")
    han.get_by_role("link", name="CQ2026").first.click()
    shows(han, "检查人员名单")
    han.goto(f"{site.url}/desk/leader")
    han.get_by_role("link", name="预警已超期 1件").click()
    shows(han, "共1件", "状态：未办结")

    wu = site.log_in("wu", PASSWORD, viewport=PHONE)
    wu.goto(f"{site.url}/desk/leader")
    shows(wu, "浦东新区，每个数字都能点开", "本月发证")
    wu.get_by_role("link", name="备案已超期 1件").click()
    shows(wu, "共1件", "已超期3个工作日")


def test_how_the_districts_decide_and_the_report_of_a_month(uneven_city: Cast, site: Site) -> None:
    """吴志恒看到本区认定与其他区差异大，点开看那些决定，写明原因；沈维桢答复；沈维桢生成五月的月报，打印，重新计算一致。"""
    wu = site.log_in("wu", PASSWORD)
    wu.get_by_role("link", name="领导首页").first.click()
    wu.get_by_role("link", name="各区尺度").click()
    shows(wu, "有1项差异须说明", "它只说明比例不同")
    wu.get_by_role("link", name="还没有说明").click()
    shows(wu, "认定不属实：本区6件中6件（100%）", "共6件决定")
    wu.get_by_label("原因").fill("本区五月集中核实了一批历史数据，多为登记误差。")
    wu.get_by_role("button", name="提交说明").click()
    shows(wu, "说明已提交", "待市级答复")

    han = site.log_in("han", PASSWORD)
    han.get_by_role("link", name="答复浦东新区对“预警认定”尺度差异的说明").first.click()
    shows(han, "本区五月集中核实了一批历史数据")
    han.get_by_label("答复意见").fill("理由成立，请注意口径一致。")
    han.get_by_role("button", name="理由成立").click()
    shows(han, "已答复")
    wu.reload()
    shows(wu, "理由成立，请注意口径一致。")

    shen = site.log_in("shen", PASSWORD)
    shen.get_by_role("link", name="领导首页").first.click()
    shen.get_by_role("link", name="月报").click()
    shows(shen, "还没有月报")
    shen.get_by_label("月份").select_option("2026-04-01")
    shen.get_by_role("button", name="生成").click()
    shows(shen, "正在生成月报YB202600001")
    site.work_off_jobs()
    look_again(shen)
    shows(shen, "2026年4月监管月报", "已生成", "全市合计", "浦东新区")
    with shen.expect_download() as found:
        shen.get_by_role("link", name="导出工作簿").click()
    assert found.value.suggested_filename == "监管月报2026-04.xlsx"
    paper = shen.request.get(f"{shen.url}/paper.pdf")
    assert paper.ok and paper.body().startswith(b"%PDF-")
    shen.get_by_role("link", name="重新计算并比较").click()
    shows(shen, "重新计算的结果与留存的一致")


@pytest.fixture
def drawn_city(transactional_db: None) -> InspectionStage:
    """Give a district whose visits are drawn, at the hour of the first."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    stage = InspectionStage(cast).drawn()
    travel_to(Task.objects.order_by("opens_at")[0].opens_at)
    return stage


@pytest.mark.duty("A1.6")
def test_an_industry_authority_assists(drawn_city: InspectionStage, site: Site) -> None:
    """检查当日揭晓以后，吴志恒请装备制造行业主管部门配合；潘致和从行业首页看行业指导、监管职责和督导检查，派人配合，提出意见；别的行业看不到。"""
    task = Task.objects.order_by("opens_at")[0]
    wu = site.log_in("wu", PASSWORD)
    wu.goto(f"{site.url}/desk/inspections/known")
    wu.get_by_role("link", name=task.number).click()
    shows(wu, task.body.name, "没有邀请行业主管部门")
    wu.get_by_label("行业主管部门").select_option("HY-machinery")
    wu.get_by_label("请求配合的内容").fill("请派人核对车间设备是否符合行业要求。")
    wu.get_by_role("button", name="邀请").click()
    shows(wu, "已邀请", "待答复")

    pan = site.log_in("pan", PASSWORD, viewport=PHONE)
    pan.get_by_role("link", name="行业指导").first.click()
    shows(pan, "行业指导")
    pan.goto(f"{site.url}/desk/supervision")
    shows(pan, "职责清单", "全市技能评价质量监管")
    pan.goto(f"{site.url}/desk/")
    pan.get_by_role("link", name="督导检查").first.click()
    shows(pan, "请配合督导检查", "请派人核对车间设备")
    pan.get_by_role("link", name=task.body.name).first.click()
    shows(pan, "还没有公布")
    pan.get_by_label("配合人员").fill("潘致和（处长）")
    pan.get_by_role("button", name="答复").click()
    shows(pan, "派人配合")
    pan.get_by_label("配合意见").fill("设备和工位符合行业要求。")
    pan.get_by_role("button", name="提交意见").click()
    shows(pan, "配合意见已提交")
    wu.reload()
    shows(wu, "已提出意见", "设备和工位符合行业要求。", "潘致和（处长）")
    tang = site.log_in("tang", PASSWORD)
    tang.goto(f"{site.url}/desk/inspections/known")
    shows(tang, "还没有揭晓的任务")


@pytest.mark.duty("A1.5")
def test_the_city_bureau_plans_and_supports(busy_city: Cast, site: Site) -> None:
    """沈维桢看统筹布局和需求数，提出“每家机构每年可评价人次”的新值，再看各项政策支持发给了谁。"""
    shen = site.log_in("shen", PASSWORD)
    shen.get_by_role("link", name="统筹布局").first.click()
    shows(shen, "与年需求对照", "各区评价机构（按考核点所在区）")
    shen.get_by_role("link", name="需求数").first.click()
    shows(shen, "还没有需求数")
    shen.get_by_role("link", name="参数", exact=True).first.click()
    name = PEOPLE_A_BODY.meaning
    shen.goto(f"{site.url}/ops/parameters?q={name}")
    shen.get_by_role("link", name=name).first.click()
    shen.get_by_label("新值").fill("600")
    shen.get_by_label("生效日期").fill("2026-05-01")
    shen.get_by_label("修改理由").fill("按上年实际完成情况调整。")
    shen.get_by_role("button", name="提出").click()
    shows(shen, "待另一人复核")
    shen.goto(f"{site.url}/desk/support")
    shows(shen, "政策支持名单")
