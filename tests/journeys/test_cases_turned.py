"""旅程: a case comes of a visit and leads back, an officer stays away and a hearing is held, a suspension ends early, a case goes elsewhere."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from tests.cast import SINCE, set_up
from tests.clocks import travel_to
from tests.enforcement.stage import SERIOUS, Proceedings
from tests.inspections.stage import Stage, inspector
from tests.journeys.conftest import Site, confirm, shows
from tests.journeys.test_cases import go, press
from touchstone.bodies.operations import open_venue
from touchstone.enforcement import operations as acts
from touchstone.enforcement.operations import Charge
from touchstone.filings.models import Filing
from touchstone.inspections.models import VisitFinding
from touchstone.ledger.operations import mark_synthetic
from touchstone.policy.supervision.ladder import Measure
from touchstone.simulation.cast import HOME, PASSWORD, set_up_other_bodies


@pytest.fixture
def begun(transactional_db: None) -> Proceedings:
    """Give body 甲 with its filing, nothing found yet, on 2 March 2026."""
    mark_synthetic(seed=1)
    told = Proceedings(set_up())
    travel_to(told.at)
    return told


def in_dialog(page: Page, opener: str | re.Pattern[str], button: str, *ticked: str, **fields: str) -> None:
    """Open the first such dialog, fill and tick, and confirm."""
    page.get_by_role("button", name=opener).first.click()
    dialog = page.get_by_role("dialog")
    for label, text in fields.items():
        dialog.get_by_label(label).fill(text)
    for label in ticked:
        dialog.get_by_label(label).check()
    dialog.get_by_role("button", name=button, exact=True).click()


@pytest.mark.duty("F1.1")
def test_a_finding_leads_to_a_case_and_back(transactional_db: None, site: Site) -> None:
    """检查发现的问题建议立案，从检查页登记案件，事实带入；案件页指回检查，检查页指向案件；立案以后问题记着案件。"""
    mark_synthetic(seed=1)
    stage = Stage(set_up(), bodies=4)
    task = stage.visited({"filing.scope": "计划中有备案范围以外的等级。"})
    travel_to(task.opens_at + timedelta(hours=2))
    wang, wu = site.log_in("wang", PASSWORD), site.log_in("wu", PASSWORD)
    visit = f"{site.url}/desk/inspections/visits/{task.number}"
    wang.goto(visit)
    problem = wang.locator(f"#problem-{VisitFinding.objects.get().pk}")
    problem.get_by_text("移交立案建议", exact=True).first.click()
    problem.get_by_label("建议立案的理由").fill("超范围组织评价，公告为证。")
    problem.get_by_role("button", name="移交立案建议", exact=True).click()
    wang.get_by_role("link", name="登记机构案件").click()
    shows(wang, "来源作为第一件证据固定下来", "计划中有备案范围以外的等级。")
    press(wang, "登记，报请立案")
    shows(wang, "待立案审批", "监督检查")
    case = wang.url.rsplit("/", 1)[1]
    wang.get_by_role("link", name=task.number).first.click()
    assert wang.url == visit
    wu.goto(f"{site.url}/desk/cases/{case}")
    confirm(wu, "批准立案", "批准立案")
    wang.reload()
    shows(wang, f"案件：{case}")
    wang.get_by_role("link", name=case).first.click()
    shows(wang, "已立案，调查取证")


@pytest.mark.duty("F1.3")
def test_an_officer_stays_away_and_a_hearing_is_held(begun: Proceedings, site: Site) -> None:
    """一名办理人回避，另邀一名；机构收到告知书后要求听证；不办理本案的人主持，登记笔录。"""
    told = Proceedings(begun.cast, SERIOUS).opened()
    inspector(0, begun.cast.at)
    travel_to(told.at)
    here, mine = f"{site.url}/desk/cases/{told.number}", f"{site.url}/body/cases/{told.number}"
    zhou, wang, other, zheng = (site.log_in(who, PASSWORD) for who in ("zhou", "wang", "inspector0", "zheng"))
    zhou.goto(here)
    in_dialog(zhou, "回避或者退出", "退出", "因与机构有利害关系回避", 理由="配偶在该机构任职")
    shows(zhou, "已回避", "配偶在该机构任职")
    wang.goto(here)
    wang.get_by_label("邀请同事共同办理").select_option(label="检查甲")
    press(wang, "邀请")
    other.goto(here)
    press(other, "接受，共同办理")
    shows(other, "您已成为本案办理人")
    told.notified()
    travel_to(told.at)
    qian = site.log_in("qian", PASSWORD)
    qian.goto(mine)
    confirm(qian, "要求听证", "要求听证")
    shows(qian, "已要求听证")
    on = told.at.date() + timedelta(days=10)
    wang.goto(here)
    wang.get_by_label("听证日").fill(on.isoformat())
    wang.get_by_label("主持人（不办理本案）").select_option(label="郑伯安")
    press(wang, "发出听证通知书")
    shows(wang, "由郑伯安主持")
    told.at += timedelta(days=10)
    travel_to(told.at)
    zheng.goto(here)
    zheng.get_by_label("听证笔录").fill("机构认为场地已报备，办理人出示备案范围。")
    press(zheng, "登记笔录")
    shows(zheng, "办理人出示备案范围。")
    qian.goto(mine)
    shows(qian, "听证")


@pytest.mark.duty("F2.3")
def test_a_suspension_and_a_restriction_end_early(begun: Proceedings, site: Site) -> None:
    """整改复查合格、满最短时间，负责人提前恢复评价；满一半时间，提前解除限制；机构看到恢复和解除。"""
    told = Proceedings(begun.cast, SERIOUS).served()
    told.corrected(Measure.RECTIFY)
    go(told, 25)
    wu, qian = site.log_in("wu", PASSWORD), site.log_in("qian", PASSWORD)
    here = f"{site.url}/desk/cases/{told.number}"
    wu.goto(here)
    in_dialog(wu, "恢复评价", "恢复评价", 整改和复查的结论="整改到位，复查合格。")
    shows(wu, "起恢复评价")
    qian.goto(f"{site.url}/body/cases/{told.number}")
    shows(qian, "起恢复评价")
    told.at += timedelta(days=200)
    travel_to(told.at)
    wu.goto(here)
    in_dialog(wu, "提前解除", "解除", 理由="已整改，未再发生。")
    shows(wu, "限制已提前解除", "解除：已整改，未再发生。")
    qian.reload()
    shows(qian, "已整改，未再发生。")


@pytest.mark.duty("F2.1")
def test_a_case_is_handed_to_the_office_that_filed(begun: Proceedings, site: Site) -> None:
    """市级备案的机构由区登记、立案、查明，移交市职鉴中心；中心负责人指定办理人，区里仍可查看。"""
    cast = begun.cast
    body = set_up_other_bodies(since=SINCE, at=cast.at)["BODY-E"]
    open_venue(body=body, name="考核点", address="虚构路", district=HOME, tenure="owned", leased_until=None, by=cast.xie, at=cast.at)
    Filing.objects.create(
        number="BA2026000099", body=body, route="social_body", state="accepted", begun_at=cast.at, saved_at=cast.at, decided_at=cast.at,
        in_force_from=date(2026, 2, 2), until=date(2029, 2, 2),
    )  # fmt: skip
    charge = Charge({SERIOUS: date(2026, 2, 25)}, "在备案的考核点以外组织考试。", date(2026, 3, 2))
    number = acts.begin_case(body=body, charge=charge, by=cast.wang, at=cast.at).number
    acts.approve_opening(number=number, opinion="", by=cast.wu, at=cast.at)
    here = f"{site.url}/desk/cases/{number}"
    wang, han, tao = (site.log_in(who, PASSWORD) for who in ("wang", "han", "tao"))
    wang.goto(here)
    in_dialog(wang, re.compile("^移交"), "移交", 查明的事实和处理建议="事实清楚，建议暂停评价三个月。")
    shows(wang, "建议暂停评价三个月")
    han.goto(f"{site.url}/desk")
    han.get_by_role("link", name=re.compile("移交案件并附处理建议")).first.click()
    han.get_by_label("邀请同事共同办理").select_option(label="陶听雨")
    press(han, "邀请")
    tao.goto(here)
    press(tao, "接受，共同办理")
    shows(tao, "您已成为本案办理人")
    wang.reload()
    shows(wang, "移交")
