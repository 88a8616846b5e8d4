"""统筹布局测试: are bodies counted once where they are filed, on whose ground, and held against the right demand?"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import WideCast
from touchstone.calls.operations import enter_demand
from touchstone.filings.queries.layout import Grouping, LayoutRow, Narrowing, layout
from touchstone.kernel.rules import Outcome
from touchstone.simulation.cast import FOREIGN, HOME
from touchstone.simulation.filing import TURNER

pytestmark = pytest.mark.django_db
CHEF, LATER = "4-03-02-01", timedelta(days=60)


@pytest.fixture
def filed(wide_cast: WideCast, on_route: Callable[[str, str], str]) -> date:
    """甲 (enterprise, one district) and 戊 (social body, two districts) are filed for turners; give a day on which both are."""
    on_route("district_enterprise", "signed")
    on_route("social_body", "signed")
    return (wide_cast.at + LATER).date()


def rows(cast: WideCast, who: str, grouping: Grouping, asked: Narrowing) -> dict[tuple[str, str], LayoutRow]:
    """Give the layout by occupation and district."""
    found = layout(getattr(cast, who), asked, grouping)
    return {(row.code, row.district): row for row in found.rows}


def want(cast: WideCast, who: str = "tao", **changed: Any) -> None:
    """Enter a demand figure."""
    facts: dict[str, Any] = {"occupation": TURNER, "district": HOME, "year": 2026, "people": 1200, "source": "调查"}
    enter_demand(**(facts | changed), by=getattr(cast, who), at=cast.at)


def test_a_body_counts_once_in_the_city_and_once_in_each_district(wide_cast: WideCast, filed: date) -> None:
    """两个区都有考核点的机构，各区各计一家，全市只计一家。"""
    by_occupation = rows(wide_cast, "shen", Grouping.OCCUPATION, Narrowing(filed))
    assert (by_occupation[TURNER, ""].bodies, by_occupation[TURNER, ""].venues) == (2, 3)
    assert by_occupation[TURNER, ""].levels == (3, 4, 5)
    both = rows(wide_cast, "shen", Grouping.BOTH, Narrowing(filed))
    assert {key: row.bodies for key, row in both.items()} == {(TURNER, HOME): 2, (TURNER, FOREIGN): 1}
    districts = rows(wide_cast, "shen", Grouping.DISTRICT, Narrowing(filed))
    assert {key[1]: (row.bodies, row.occupations) for key, row in districts.items()} == {HOME: (2, 1), FOREIGN: (1, 1)}


def test_demand_is_held_against_bodies(wide_cast: WideCast, filed: date) -> None:
    """每家每年按500人次计：1200人次要三家；没有机构的职业也列出；没有需求数的写明没有。"""
    want(wide_cast)
    want(wide_cast, occupation=CHEF, district=FOREIGN, people=300)
    both = rows(wide_cast, "shen", Grouping.BOTH, Narrowing(filed))
    home = both[TURNER, HOME]
    assert home.finding and home.finding.outcome is Outcome.UNMET
    assert (home.demand, home.lacking) == (1200, 1)
    missing = both[CHEF, FOREIGN]
    assert (missing.name, missing.bodies, missing.lacking) == ("中式烹调师", 0, 1)
    unknown = both[TURNER, FOREIGN]
    assert unknown.demand is None and unknown.finding and unknown.finding.outcome is Outcome.UNPROVEN
    districts = rows(wide_cast, "shen", Grouping.DISTRICT, Narrowing(filed))
    assert {key[1]: (row.demand, row.lacking) for key, row in districts.items()} == {HOME: (1200, 1), FOREIGN: (300, 1)}


def test_the_city_s_own_figure_stands_before_the_sum(wide_cast: WideCast, filed: date) -> None:
    """全市没有合计数时用各区之和，有的用合计数；只看一个区时用该区的数。"""
    want(wide_cast)
    want(wide_cast, district=FOREIGN, people=300)
    assert rows(wide_cast, "shen", Grouping.OCCUPATION, Narrowing(filed))[TURNER, ""].demand == 1500
    want(wide_cast, district="", people=2000)
    assert rows(wide_cast, "shen", Grouping.OCCUPATION, Narrowing(filed))[TURNER, ""].demand == 2000
    assert rows(wide_cast, "shen", Grouping.OCCUPATION, Narrowing(filed, district=FOREIGN))[TURNER, ""].demand == 300


def test_each_office_sees_its_ground(wide_cast: WideCast, filed: date) -> None:
    """区看考核点在本区的；行业主管看本领域的职业，以及本领域机构备案的职业；别的领域不看；机构看不到。"""
    want(wide_cast)
    bodies = {who: [row.bodies for row in layout(getattr(wide_cast, who), Narrowing(filed), Grouping.OCCUPATION).rows] for who in ("zhou", "lv")}
    assert bodies == {"zhou": [2], "lv": [1]}
    fields = {who: list(rows(wide_cast, who, Grouping.OCCUPATION, Narrowing(filed))) for who in ("pan", "tang", "lu", "jiang")}
    assert fields == {"pan": [(TURNER, "")], "tang": [(TURNER, "")], "lu": [], "jiang": [(TURNER, "")]}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"text": "车工"}, 2),
        ({"text": "6-18"}, 2),
        ({"text": "厨师"}, 0),
        ({"level": 4}, 2),
        ({"level": 1}, 0),
        ({"district": FOREIGN}, 1),
        ({"kind": "social"}, 1),
        ({"kind": "school"}, 0),
    ],
    ids=["按名称", "按编码", "别的职业", "四级", "一级", "一个区", "社会培训评价组织", "院校"],
)
def test_narrowed(changed: dict[str, Any], found: int, wide_cast: WideCast, filed: date) -> None:
    assert layout(wide_cast.shen, Narrowing(filed, **changed), Grouping.OCCUPATION).totals["bodies"] == found


def test_before_anything_was_filed_there_is_nothing(wide_cast: WideCast, filed: date) -> None:
    assert layout(wide_cast.shen, Narrowing(wide_cast.at.date() - timedelta(days=1)), Grouping.BOTH).rows == []


def test_as_many_queries_for_many_as_for_few(wide_cast: WideCast, on_route: Callable[[str, str], str]) -> None:
    """查询次数不随机构数增加。"""
    day = (wide_cast.at + LATER).date()
    counts: list[int] = []
    for route in ("district_enterprise", "social_body"):
        on_route(route, "signed")
        want(wide_cast, year=2025 + len(counts))
        with CaptureQueriesContext(connection) as asked:
            layout(wide_cast.shen, Narrowing(day), Grouping.OCCUPATION)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
