"""旅程: a central enterprise files with the city centre, which assesses, decides and registers."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.cast import WideCast
from tests.filings.conftest import people, ready
from tests.journeys.conftest import Site
from tests.journeys.test_filing_district_enterprise import open_case, press, told, travel_to
from tests.journeys.test_filing_school import cast  # noqa: F401
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.filing import file_to


def filed_to(stage: str, cast: WideCast) -> str:  # noqa: F811
    """Take a filing of central enterprise 丁 to a stage by the operations the pages call."""
    return file_to(stage, ready("central_enterprise", cast), people(cast, "central_enterprise"), at=cast.at)


@pytest.mark.duty("C1.3")
def test_the_centre_assesses_and_decides(cast: WideCast, site: Site) -> None:  # noqa: F811
    """受理、决定都在市职鉴中心：区里的经办人不能指派；中心指派、决定、公示，期满登记并赋予站点序列码。"""
    number = filed_to("submitted", cast)
    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/filings/{number}/appoint")
    expect(zhou.get_by_label("郑伯安")).to_have_count(0)
    tao = open_case(site, "tao", number, "/appoint")
    tao.get_by_label("华锦程").check()
    tao.get_by_label("严若谷").check()
    tao.get_by_label("回避情况").fill("无应当回避的关系。")
    press(tao, "指派")
    told(tao, "已指派")
    tao.get_by_role("link", name="退回补正").click()
    tao.get_by_label("总的补正要求").fill("请补充西部实训基地的租赁合同。")
    press(tao, "退回补正")
    told(tao, "已退回申请单位")


@pytest.mark.duty("C1.3")
def test_the_centre_registers(cast: WideCast, site: Site) -> None:  # noqa: F811
    """中心负责人准予备案并公示，期满后中心登记员签收，赋予站点序列码。"""
    number = filed_to("concluded", cast)
    han = open_case(site, "han", number, "/decision")
    han.get_by_label("准予备案，予以公示").check()
    han.get_by_label("决定意见").fill("条件具备，准予备案。")
    press(han, "作出决定")
    told(han, "开始公示")
    travel_to(cast.at + timedelta(days=12))
    xu = site.log_in("xu", PASSWORD)
    xu.goto(f"{site.url}/desk/reports")
    xu.get_by_role("link", name="BS2026").click()
    press(xu, "签收并赋予站点序列码")
    told(xu, "站点序列码")
