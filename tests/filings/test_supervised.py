"""监管职责: who inspects a filed body, who leads, where is a gap or an overlap, and do the list's conditions say what the law says?"""

from datetime import date, datetime, time, timedelta
from itertools import combinations

import pytest

from tests.cast import SHANGHAI, Cast
from tests.filings.watched import (
    AWAY,
    CENTRAL,
    CITY_ROUTE,
    COLLEGE,
    DISTRICT_ROUTE,
    FACTORY,
    KINDS,
    OUTSIDE,
    PUDONG,
    SOCIAL,
    XUHUI,
    YANGPU,
    filed,
    five,
    venue_of,
)
from touchstone.accounts.actor import PLATFORM, VISITOR
from touchstone.bodies.operations import close_venue
from touchstone.filings.models import Filing
from touchstone.filings.queries import supervised as queries
from touchstone.filings.queries.supervised import AT_HOME, AT_VENUES, gaps, inspected_in, overlaps, supervised, under_charge, watched, watched_body
from touchstone.kernel.rules import Outcome
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.who import (
    CHARGES,
    Matter,
    districts_of,
    leads,
    office_supervises,
    one_district_inspects,
    some_district_inspects,
    who_supervises,
)

DAY = date(2026, 3, 20)


def names(rows: object) -> set[str]:
    """Give the names of the bodies of some rows."""
    return {one.body.name for one in rows}  # type: ignore[attr-defined]


def test_who_inspects_and_who_leads(cast: Cast) -> None:
    """企业在甲区备案、乙区有考核点：两区都督导，备案的区牵头；院校由总部所在区牵头；社会机构由市职鉴中心牵头；外地考核点是缺口，归市职鉴中心。"""
    rows = {name: watched(one, DAY) for name, one in five(cast.at).items()}
    assert {name: (set(districts_of(it, DAY)), leads(it, DAY)) for name, it in rows.items()} == {
        FACTORY: ({PUDONG, XUHUI}, PUDONG),
        CENTRAL: ({XUHUI}, XUHUI),
        SOCIAL: ({XUHUI, YANGPU}, ""),
        COLLEGE: ({PUDONG, XUHUI}, PUDONG),
        AWAY: (set(), ""),
    }
    assert [one.words for one in who_supervises(rows[FACTORY], DAY) if one.place == XUHUI] == ["设在本区的企业评价机构考核点"]
    assert "由市职鉴中心直接督导" in some_district_inspects(rows[AWAY], DAY).reason
    assert "由浦东新区人力资源社会保障局牵头" in one_district_inspects(rows[COLLEGE], DAY).reason
    assert office_supervises(OfficeKind.INDUSTRY_AUTHORITY, "education", rows[COLLEGE], DAY).outcome is Outcome.MET


def test_the_district_of_a_venue_leads_at_the_venue(cast: Cast) -> None:
    """在乙区考核点的场次，由乙区牵头，备案的甲区同样有督导职责。"""
    found = five(cast.at)[FACTORY]
    it = queries.watched_at(Matter.SITTING, "五级车工一场", found.body, found, XUHUI)
    assert (set(districts_of(it, DAY)), leads(it, DAY)) == ({PUDONG, XUHUI}, XUHUI)


def test_a_body_never_filed_is_its_districts(cast: Cast) -> None:
    """没有备案的机构，由活动所在区查处；没有考核点的，由注册地所在区。"""
    assert districts_of(watched_body(cast.body_b, None, [], DAY), DAY) == (XUHUI,)


def test_each_office_sees_what_it_supervises(cast: Cast) -> None:
    """市局、市职鉴中心看全市；区看备案在本区、注册在本区的院校和设在本区的考核点，只在本区注册的社会机构不归本区；行业看本行业；其他人什么也没有。"""
    five(cast.at)
    everybody = {FACTORY, CENTRAL, SOCIAL, COLLEGE, AWAY}
    assert names(supervised(cast.han, DAY)) == names(supervised(cast.shen, DAY)) == everybody
    assert names(supervised(cast.wang, DAY)) == {FACTORY, COLLEGE}
    assert names(supervised(cast.du, DAY)) == {FACTORY, CENTRAL, SOCIAL, COLLEGE}
    assert names(supervised(cast.pan, DAY)) == {FACTORY} and names(supervised(cast.tang, DAY)) == {SOCIAL}
    for actor in (cast.lin, cast.zhu, VISITOR):
        assert not supervised(actor, DAY)


def test_gaps_overlaps_and_charges_are_rows(cast: Cast) -> None:
    """缺口、交叉、每项职责都能列出是哪些机构。"""
    five(cast.at)
    rows = supervised(cast.han, DAY)
    assert (names(gaps(rows, DAY)), names(overlaps(rows, DAY))) == ({AWAY}, {FACTORY, SOCIAL, COLLEGE})
    assert names(under_charge(rows, "filed", DAY)) == {FACTORY} and names(under_charge(rows, "school", DAY, XUHUI)) == set()
    assert names(under_charge(rows, "enterprise_venue", DAY, XUHUI)) == {FACTORY, CENTRAL}
    assert names(under_charge(rows, "social_venue", DAY, YANGPU)) == {SOCIAL}


def test_a_closed_venue_and_an_ended_filing_count_no_more(cast: Cast) -> None:
    """考核点停用以后，那个区不再督导，交叉消失；备案到期、主体灭失的不再列出。"""
    found = five(cast.at)
    for name in (FACTORY, CENTRAL):
        close_venue(venue_number=found[name].body.venues.get().number, by=PLATFORM, at=datetime.combine(DAY, time(9), SHANGHAI))
    rows = supervised(cast.han, DAY)
    assert FACTORY not in names(overlaps(rows, DAY)) and CENTRAL in names(gaps(rows, DAY))
    assert FACTORY in names(overlaps(rows, DAY - timedelta(days=1)))
    Filing.objects.filter(pk=found[SOCIAL].pk).update(until=DAY)
    assert SOCIAL not in names(supervised(cast.han, DAY))


@pytest.mark.parametrize("loaded", [False, True], ids=["平台备案", "存量装入"])
def test_the_list_says_what_the_law_says(cast: Cast, loaded: bool) -> None:
    """各类机构、各种考核点分布：列表的缺口、交叉、每区督导，与法规逐家计算的结果一致。"""
    places = (PUDONG, XUHUI, OUTSIDE)
    for route in KINDS:
        for many in range(len(places) + 1):
            for venues_in in combinations(places, many):
                filed(f"上海{route}{venues_in}机构", route, PUDONG, venues_in, cast.at, loaded=loaded)
    rows = supervised(cast.han, DAY)
    law = {one.body.name: watched(one, DAY) for one in rows}
    assert names(gaps(rows, DAY)) == {name for name, it in law.items() if not districts_of(it, DAY)}
    assert names(overlaps(rows, DAY)) == {name for name, it in law.items() if len(districts_of(it, DAY)) > 1}
    for district in (PUDONG, XUHUI, YANGPU):
        assert names(inspected_in(rows, district, DAY)) == {name for name, it in law.items() if district in districts_of(it, DAY)}
    for charge in queries.district_charges(DAY):
        wanted = {name for name, it in law.items() if any(one.words == charge.words and one.place for one in who_supervises(it, DAY))}
        assert names(under_charge(rows, charge.key, DAY)) == wanted, charge.words


def test_every_charge_of_a_district_is_known_to_the_list() -> None:
    """职责清单新增一项区的职责，列表也须会查；“未经备案”一项没有备案可列，由线索办理。"""
    for version in CHARGES:
        listed = {one.key for one in version.value if one.office is OfficeKind.DISTRICT_BUREAU}
        assert listed == {*AT_HOME, *AT_VENUES, "unfiled"}


def test_a_page_of_bodies_takes_two_queries(cast: Cast, django_assert_num_queries) -> None:
    """一页机构连同考核点，不论几家，查两次。"""
    five(cast.at)
    for n in range(5):
        venue_of(filed(f"上海第{n}厂", CITY_ROUTE if n % 2 else DISTRICT_ROUTE, YANGPU, (PUDONG, XUHUI), cast.at).body, YANGPU, cast.at)
    han = cast.han
    with django_assert_num_queries(2):
        found = [watched(one, DAY).venues for one in supervised(han, DAY)]
    assert len(found) == 10 and all(found)
