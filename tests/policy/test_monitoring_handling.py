"""预警归属测试: which district's case is a hit, and when is it the city centre's?"""

from datetime import date

import pytest

from touchstone.policy.monitoring.comparison import Severity
from touchstone.policy.monitoring.handling import district_in_charge, handled_within, supervising_district
from touchstone.policy.roles import BodyKind, Ownership

PUDONG, XUHUI = "310115", "310104"
DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("kind", "ownership", "district"),
    [
        pytest.param(BodyKind.ENTERPRISE, Ownership.DISTRICT, PUDONG, id="区属企业归注册地所在区"),
        pytest.param(BodyKind.ENTERPRISE, Ownership.PRIVATE, PUDONG, id="民营企业归注册地所在区"),
        pytest.param(BodyKind.SCHOOL, Ownership.PUBLIC_INSTITUTION, PUDONG, id="院校归注册地所在区"),
        pytest.param(BodyKind.ENTERPRISE, Ownership.CENTRAL, XUHUI, id="央企归考核点所在区"),
        pytest.param(BodyKind.SOCIAL, Ownership.ASSOCIATION, XUHUI, id="社会评价组织归考核点所在区"),
    ],
)
def test_the_district_that_supervises(kind: BodyKind, ownership: Ownership, district: str) -> None:
    assert supervising_district(kind, ownership, PUDONG, XUHUI, DAY) == district


def test_a_body_of_the_city_without_a_known_venue_falls_to_where_it_is_registered() -> None:
    assert supervising_district(BodyKind.SOCIAL, Ownership.ASSOCIATION, PUDONG, "", DAY) == PUDONG


@pytest.mark.parametrize(
    ("districts", "in_charge"),
    [
        pytest.param([PUDONG, PUDONG], PUDONG, id="同在一区"),
        pytest.param([PUDONG, XUHUI], "", id="跨区归市职鉴中心"),
        pytest.param([""], "", id="外省市考核点归市职鉴中心"),
        pytest.param([], "", id="没有机构归市职鉴中心"),
    ],
)
def test_who_is_in_charge(districts: list[str], in_charge: str) -> None:
    assert district_in_charge(districts) == in_charge


def test_what_is_heavier_is_decided_sooner() -> None:
    days = [handled_within(severity, date(2026, 3, 2)).value for severity in (Severity.HIGH, Severity.MEDIUM, Severity.LOW)]
    assert days == sorted(set(days))
