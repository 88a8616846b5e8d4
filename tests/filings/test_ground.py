"""备案所在的区测试: the rows by which a district finds its filings are kept by the database, whatever is written and taken away."""

import pytest

from tests.cast import WideCast
from tests.filings.test_copies import AWAY, copy
from touchstone.bodies.models import Venue
from touchstone.filings.models import Filing, Ground, ScopeItem
from touchstone.simulation.cast import FOREIGN, HOME

ELSEWHERE = "310151"


def districts(number: str) -> set[str]:
    """Give the districts on whose ground a filing lies."""
    return set(Ground.objects.filter(filing__number=number).values_list("district", flat=True))


def test_registered_and_evaluated(wide_cast: WideCast, on_route) -> None:
    """注册地的区和考核点所在的区都有本件，各一行；没有关系的区没有。"""
    number = on_route("central_enterprise", "drafted")
    lines = set(ScopeItem.objects.filter(filing__number=number).values_list("venue__district", flat=True))
    assert districts(number) == lines | {Filing.objects.get(number=number).body.district}
    assert FOREIGN in lines and ELSEWHERE not in districts(number)


def test_a_line_taken_away_takes_its_ground(wide_cast: WideCast, on_route) -> None:
    """删去在某区的全部评价范围，该区就不再有本件；注册地的区始终有。"""
    number = on_route("central_enterprise", "drafted")
    assert FOREIGN in districts(number)
    ScopeItem.objects.filter(filing__number=number, venue__district=FOREIGN).delete()
    assert FOREIGN not in districts(number)
    ScopeItem.objects.filter(filing__number=number).delete()
    assert districts(number) == {Filing.objects.get(number=number).body.district}


def test_a_line_moved_moves_its_ground(wide_cast: WideCast, on_route) -> None:
    """评价范围换了考核点，所在的区跟着换。"""
    number = on_route("central_enterprise", "drafted")
    here = Filing.objects.get(number=number).body.venues.exclude(district=FOREIGN).first()
    assert isinstance(here, Venue)
    ScopeItem.objects.filter(filing__number=number).exclude(venue__district=FOREIGN).delete()
    one = ScopeItem.objects.filter(filing__number=number).first()
    assert one is not None
    ScopeItem.objects.filter(filing__number=number).exclude(pk=one.pk).delete()
    ScopeItem.objects.filter(pk=one.pk).update(venue=here)
    assert FOREIGN not in districts(number) and here.district in districts(number)


def test_what_was_shown_to_a_district_stays_with_it(wide_cast: WideCast, on_route) -> None:
    """抄送给一个区，该区就有本件，与评价范围怎么变无关。"""
    number = on_route("school", "submitted")
    away = AWAY.removeprefix("RS-")
    assert away not in districts(number)
    copy(number, wide_cast.zhou, wide_cast.at, AWAY)
    assert districts(number) == {HOME, away}
    ScopeItem.objects.filter(filing__number=number).update(since=wide_cast.at.date())
    assert districts(number) == {HOME, away}


@pytest.mark.parametrize("stage", ["drafted", "submitted"])
def test_nothing_is_left_when_a_filing_goes(wide_cast: WideCast, on_route, stage: str) -> None:
    """各行都属于一件备案，没有多出来的。"""
    number = on_route("district_enterprise", stage)
    assert Ground.objects.filter(filing__number=number).count() == len(districts(number)) > 0
