"""旅程: a filing ends by the body's own wish, of itself, or by order; what follows is put right, and an appeal undoes it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.exams.stage import Stage
from tests.exams.test_winding import receiving
from tests.filings.conftest import people
from tests.filings.expiring import put_down
from tests.filings.test_ending import end
from tests.journeys.conftest import Site
from tests.journeys.test_filing_district_enterprise import open_case, press, told, travel_to
from touchstone.certificates.queries import of_plan, verify_path
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.plans import PlanTerms, change_plan
from touchstone.filings import queries
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import BODY_B, PASSWORD
from touchstone.simulation.filing import file_to

File = Callable[[str], str]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the standing cast; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    found = set_up()
    travel_to(found.at)
    return found


@pytest.fixture
def filed(cast: Cast) -> str:
    """Give a filing of body 甲 in force, signed for, on 20 April 2026."""
    number = file_to("signed", cast.body_a, people(cast), at=cast.at)
    travel_to(later(cast, 49))
    return number


def later(cast: Cast, days: int) -> datetime:
    """Give the moment some days after the story begins."""
    return cast.at + timedelta(days=days)


def desk(site: Site, username: str, page: str) -> Page:
    """Log in and open a page of the desk."""
    opened = site.log_in(username, PASSWORD)
    opened.goto(f"{site.url}/desk/{page}")
    return opened


@pytest.mark.duty("F5.1")
def test_a_body_ends_its_filing_of_its_own_wish(cast: Cast, site: Site, filed: str) -> None:
    """机构看清后果后申请终止，撤回一次，被退回一次，准予后到日生效；备案在名录中写明终止，档案移交，复查后撤销。"""
    lin = open_case(site, "lin", filed)
    lin.get_by_role("link", name="终止备案").click()
    ask(lin, "2026-04-22")
    told(lin, "已提出终止申请")
    lin.get_by_role("button", name="撤回申请").click()
    lin.get_by_label("原因").fill("再研究。")
    lin.get_by_role("dialog").get_by_role("button", name="撤回申请").click()
    told(lin, "已撤回终止申请")
    ask(lin, "2026-04-22")

    wu = desk(site, "wu", "endings/requests?outcome=open")
    wu.get_by_role("link", name="ZQ2026").click()
    expect(wu.get_by_text("正在查处的案件继续办理")).to_be_visible()
    wu.get_by_label("理由").fill("请写明档案移交的责任人。")
    press(wu, "退回机构补充")
    told(wu, "已退回机构补充")
    lin.reload()
    expect(lin.get_by_text("请写明档案移交的责任人。")).to_be_visible()
    ask(lin, "2026-04-22")
    wu.goto(f"{site.url}/desk/endings/requests?outcome=open")
    wu.get_by_role("link", name="ZQ2026").click()
    press(wu, "准予终止")
    wu.get_by_role("dialog").get_by_role("button", name="准予终止").click()
    told(wu, "已准予")

    travel_to(later(cast, 51))
    lin.goto(f"{site.url}/body/filings/{filed}")
    expect(lin.get_by_text("备案已终止").first).to_be_visible()
    lin.get_by_role("link", name="终止决定和后续事项").click()
    lin.get_by_role("link", name="查看终止决定").click()
    letter = lin.request.get(site.url + (lin.get_by_role("link", name="终止备案决定书").get_attribute("href") or ""))
    assert letter.body().startswith(b"%PDF")


def ask(page: Page, wanted_on: str) -> None:
    """Ask for the whole filing to end on a day: what follows is seen first."""
    page.get_by_label("希望终止的日期").fill(wanted_on)
    page.get_by_label("理由", exact=True).fill("生产调整，不再开展该职业的评价。")
    page.get_by_label("档案交接安排").fill("由技能评价部整理，林知夏，021-00000001。")
    press(page, "下一步：核对后果")
    expect(page.get_by_text("整件备案自")).to_be_visible()
    press(page, "确认提出终止申请")


@pytest.mark.duty("F5.3")
def test_a_filing_is_ordered_to_end_and_the_order_is_undone(cast: Cast, site: Site, filed: str) -> None:
    """审批负责人看清后果后责令终止，机构收到决定书；复议撤销后恢复原状，痕迹保留。"""
    wu = open_case(site, "wu", filed)
    wu.get_by_role("link", name="责令终止").click()
    wu.get_by_label("查实的特别严重违纪违规事实").fill("向未参加考试的12人核发证书（案号WJ2026001）\n伪造考评记录")
    wu.get_by_label("决定理由").fill("经查属特别严重违纪违规。")
    press(wu, "下一步：核对后果")
    press(wu, "确认责令终止")
    told(wu, "已责令终止")
    expect(wu.get_by_text("伪造考评记录").first).to_be_visible()
    lin = site.log_in("lin", PASSWORD)
    assert queries.filing(filed, cast.lin).state == "terminated"
    lin.goto(f"{site.url}/body/filings/{filed}/end")
    expect(lin.get_by_text("整件备案已于2026年4月20日终止")).to_be_visible()
    press(wu, "撤销终止")
    wu.get_by_role("dialog").get_by_label("理由").fill("行政复议决定撤销。")
    wu.get_by_role("dialog").get_by_role("button", name="撤销终止").click()
    told(wu, "终止已撤销")
    expect(wu.get_by_text("行政复议决定撤销").first).to_be_visible()
    assert queries.filing(filed, cast.lin).state == "accepted"


@pytest.mark.duty("F5.2")
def test_what_expired_unrenewed_ends_of_itself(cast: Cast, site: Site, filed: str) -> None:
    """一年前就能看到预测；试运行只列名单；认定过多时运行中止，由市职鉴中心核准后只终止所列的；撤销的以后不再据同一事实终止。"""
    until = queries.filing(filed, cast.wu).until
    assert until
    others = put_down(cast.body_b, until=until, count=6, at=cast.at)
    travel_to(later(cast, (until - cast.at.date()).days - 60))
    wu = desk(site, "wu", "endings")
    expect(wu.get_by_text("期满前未书面申请续期")).to_be_visible()
    expect(wu.get_by_text("在期满前书面申请续期")).to_be_visible()
    wu.goto(f"{site.url}/desk/endings?month={until:%Y-%m}&ground=not_renewed&kind=enterprise")
    expect(wu.get_by_text("共1件").first).to_be_visible()
    press(wu, "试运行今天的自动终止")
    told(wu, "没有终止任何备案")

    travel_to(later(cast, (until - cast.at.date()).days))
    han = desk(site, "han", "endings/runs")
    expect(han.get_by_text("已中止，等待核准")).to_be_visible()
    han.get_by_role("row").filter(has_text="已中止").get_by_role("link", name="ZX").click()
    expect(han.get_by_text("没有终止任何备案")).to_be_visible()
    expect(han.get_by_text("认定7件，超过核查7件的5%")).to_be_visible()
    assert queries.filing(filed, cast.wu).state == "accepted"
    press(han, "核准并继续")
    han.get_by_role("dialog").get_by_label("核对情况").fill("七件均已期满未续，逐件核对无误。")
    han.get_by_role("dialog").get_by_role("button", name="核准并继续").click()
    told(han, "已核准")
    run_what_is_due()
    han.reload()
    expect(han.get_by_text("已终止", exact=True)).to_have_count(7)

    wu.goto(f"{site.url}/desk/filings/{filed}")
    wu.get_by_role("link", name="ZZ").click()
    press(wu, "撤销终止")
    wu.get_by_role("dialog").get_by_label("理由").fill("续期申请曾书面寄送，复查属实。")
    wu.get_by_role("dialog").get_by_role("button", name="撤销终止").click()
    told(wu, "终止已撤销")
    travel_to(later(cast, (until - cast.at.date()).days + 1))
    wu.goto(f"{site.url}/desk/endings/runs")
    wu.get_by_role("link", name="ZX").first.click()
    expect(wu.get_by_text("同一事实不再据以终止")).to_be_visible()
    assert {queries.filing(one.number, cast.han).state for one in others} == {"terminated"}


@pytest.mark.duty("A3.2", "F5.4")
def test_what_follows_an_end(cast: Cast, site: Site) -> None:
    """责令终止以后：没有考的计划由原机构提出、接收机构同意后转入，档案移交接收，证书照常查验、写明终止和由谁负责。"""
    put_down(cast.body_a, until=date(2029, 2, 2), count=1, at=cast.at, number="BA2026000001")
    certified = Stage(cast).all_the_way()
    begun = Stage(cast, serial=1)
    change_plan(number=begun.plan.number, terms=PlanTerms(date(2026, 5, 22), date(2026, 4, 10), 9, "孙景明 021-0"), by=cast.sun, at=cast.at)
    begun.reviewed()
    target = receiving(cast, exam_on=date(2026, 5, 29), closes_on=date(2026, 5, 6))
    travel_to(later(cast, 49))
    end("BA2026000001", cast.wu, later(cast, 49), ground="ordered")
    run_what_is_due()

    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{begun.plan.number}")
    expect(sun.get_by_text("备案已终止：待转由其他机构评价")).to_be_visible()
    sun.goto(f"{site.url}/body/plans/{begun.plan.number}/arrangement")
    expect(sun.get_by_text("本计划不再报名、审核、编排、考试和登记成绩").first).to_be_visible()
    sun.goto(f"{site.url}/body/plans/{begun.plan.number}")
    sun.get_by_role("link", name="转出考生").click()
    sun.get_by_label(BODY_B).check()
    press(sun, "向该机构提出")
    told(sun, "未经其同意不转入")
    shi = site.log_in("shi", PASSWORD)
    shi.goto(f"{site.url}/body/plans/{target.number}")
    shi.get_by_role("link", name="查看并答复").click()
    shi.get_by_label("参评来源").select_option(label="受委托单位职工")
    press(shi, "接收")
    told(shi, "已接收3人")
    sun.reload()
    expect(sun.get_by_text("已转入", exact=True)).to_have_count(3)

    lin = site.log_in("lin", PASSWORD)
    lin.goto(f"{site.url}/body/inbox")
    lin.get_by_role("link", name="移交评价档案").click()
    expect(lin.get_by_text("已转由其他机构评价")).to_be_visible()
    lin.get_by_label("移交清单").fill("考生档案12册，成绩册3册（2026）")
    press(lin, "移交")
    told(lin, "档案已移交")
    zhou = desk(site, "zhou", "endings/custodies")
    expect(zhou.get_by_text("已移交，待接收")).to_be_visible()
    zhou.get_by_role("link", name="ZZ").click()
    press(zhou, "核对无误，接收")
    told(zhou, "档案已接收")

    one = target.candidates.order_by("id")[0]
    check_evidence(number=one.number, kind=ProofKind.EMPLOYMENT, facts={}, remark="已核委托协议", by=cast.shi, at=later(cast, 49))

    visitor = site.visit(verify_path(of_plan(certified.plan.number)[0].number))
    expect(visitor.get_by_role("heading", name="证书有效")).to_be_visible()
    expect(visitor.get_by_text("已于2026年4月20日终止（责令终止）")).to_be_visible()
    expect(visitor.get_by_text(f"{cast.body_a.name}仍对此前发出的证书负责")).to_be_visible()
    visitor.goto(f"{site.url}/register/{cast.body_a.number}")
    expect(visitor.get_by_text("整件备案终止")).to_be_visible()

    wu = desk(site, "wu", "endings/terminations")
    wu.get_by_role("link", name="ZZ").first.click()
    press(wu, "撤销终止")
    wu.get_by_role("dialog").get_by_label("理由").fill("行政复议决定撤销。")
    wu.get_by_role("dialog").get_by_role("button", name="撤销终止").click()
    told(wu, "终止已撤销")
    run_what_is_due()
    wu.reload()
    expect(wu.get_by_text("撤销终止后转回2人，留在接收机构1人")).to_be_visible()
    sun.goto(f"{site.url}/body/plans/{begun.plan.number}")
    expect(sun.get_by_text("2名尚未由接收机构办理的考生已转回，1名考生留在接收机构")).to_be_visible()
    sun.get_by_role("link", name="查看逐人结果").click()
    expect(sun.get_by_text("已转回", exact=True)).to_have_count(2)
    expect(sun.get_by_text("接收机构已对其办理资格审核，留在接收机构")).to_be_visible()
