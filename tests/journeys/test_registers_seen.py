"""旅程: an office on whose ground a body stands reads its registers, opens the papers, and sees a whole number with a reason on record."""

import pytest

from tests.cast import WideCast
from tests.journeys.conftest import Site, shows
from tests.journeys.test_filing_district_enterprise import travel_to
from tests.journeys.test_populations import cast
from touchstone.simulation import populations
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.premises import random_of

__all__ = ["cast"]


@pytest.mark.duty("B1.2", "B1.3")
@pytest.mark.django_db(transaction=True)
def test_the_district_reads_the_registers_of_a_body(cast: WideCast, site: Site) -> None:
    """周从机构页打开登记、协议原件和职工；完整证件号码写明理由才显示，林在登记页看得到谁看过。"""
    crowd = Crowd(random_of(1, "registers"))
    populations.enter_staff(cast.body_a, crowd, at=cast.at)
    populations.enter_papers(cast.body_a, crowd, at=cast.at)
    travel_to(cast.at)
    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(f"{site.url}/desk/bodies/{cast.body_a.number}")
    zhou.get_by_role("link", name="查看登记和材料").click()
    shows(zhou, "上海虚构工程技术学校", "证件号码只显示一部分")
    zhou.get_by_role("link", name="XY").last.click()
    shows(zhou, "协议.pdf", "登记内容")
    paper = zhou.get_by_role("link", name="协议.pdf").get_attribute("href")
    assert zhou.context.request.get(f"{site.url}{paper}").body().startswith(b"%PDF-")

    zhou.goto(f"{site.url}/desk/bodies/{cast.body_a.number}/registers/workers")
    masked = zhou.get_by_role("row").filter(has_text="劳务派遣")
    masked.get_by_role("link").first.click()
    shows(zhou, "***********", "上海虚构人力资源有限公司")
    zhou.get_by_role("link", name="劳务派遣协议.pdf").click()
    shows(zhou, "该材料含有证件号码")
    zhou.go_back()
    zhou.get_by_role("link", name="查看完整证件号码").click()
    zhou.get_by_label("查看理由").fill("核对某计划考生的身份")
    zhou.get_by_role("button", name="查看", exact=True).click()
    shows(zhou, "本次查看已经记录")
    zhou.get_by_role("link", name="返回登记").click()
    shows(zhou, "核对某计划考生的身份")
    address = zhou.url

    lin = site.log_in("lin", PASSWORD)
    shows(lin, "还有", "上海虚构工程技术学校")
    lin.goto(f"{site.url}/body/populations/workers/{int(address.rsplit('ZG', 1)[1])}")
    shows(lin, "查看完整证件号码", "核对某计划考生的身份")
    lv = site.log_in("lv", PASSWORD)
    lv.goto(address)
    shows(lv, "不在您所在单位的辖区和行业范围内")
