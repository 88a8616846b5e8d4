"""旅程: the city sees gaps and overlaps, a district its ground, an industry its field; each reads who supervises by which clause."""

import pytest

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.filings.watched import AWAY, CENTRAL, COLLEGE, FACTORY, SOCIAL, five
from tests.journeys.conftest import PHONE, Site, shows
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD


@pytest.fixture
def city(transactional_db: None) -> Cast:
    """Give five filed bodies whose venues lie in one district, in two, and outside the city."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    five(cast.at)
    return cast


@pytest.mark.duty("E1.1", "E1.2", "E1.3")
def test_who_supervises_what(city: Cast, site: Site) -> None:
    """韩亦诚从交叉的计数进到那些机构，看出谁牵头，再看缺口归市职鉴中心；杜若飞在手机上看本区督导的机构和考核点；潘致和看本行业协助督导的机构。"""
    han = site.log_in("han", PASSWORD)
    han.get_by_role("link", name="监管职责", exact=True).first.click()
    shows(han, "职责清单", "全市技能评价质量监管", "组织实施、技术指导、监督检查")
    han.get_by_role("link", name="几个区都督导（交叉）").click()
    shows(han, FACTORY, SOCIAL, COLLEGE)
    assert han.get_by_text(CENTRAL).count() == 0
    han.get_by_role("link", name=COLLEGE).click()
    shows(han, "监管单位", "由浦东新区人力资源社会保障局牵头，其余配合", "注册在本区的院校评价机构")
    han.get_by_role("link", name="职责清单").click()
    han.get_by_role("link", name="没有区督导（缺口）").click()
    shows(han, AWAY, "由市职鉴中心直接督导")
    han.get_by_role("link", name=AWAY).click()
    shows(han, "没有区人社局督导", "牵头")

    du = site.log_in("du", PASSWORD, viewport=PHONE)
    du.goto(f"{site.url}/desk/supervision")
    shows(du, FACTORY, CENTRAL, "本区：第1考核点、第2考核点", "设在本区的社会培训评价机构考核点（通知 三(三)1）")
    du.get_by_role("link", name=CENTRAL).click()
    shows(du, "监管单位", "徐汇区人力资源社会保障局")

    pan = site.log_in("pan", PASSWORD)
    pan.get_by_role("link", name="监管职责", exact=True).first.click()
    shows(pan, FACTORY, "装备制造行业主管部门")
    assert pan.get_by_text(SOCIAL).count() == 0
