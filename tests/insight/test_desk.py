"""领导首页测试: does every figure come to what the list behind it shows, for whom is a desk, and how old may its figures be?"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.test_pages import enter
from tests.filings.watched import PUDONG, XUHUI, YANGPU
from tests.insight.busy import NOON, busy
from touchstone.insight.models import DeskCount
from touchstone.insight.operations import count_desk
from touchstone.insight.queries.desk import counted, mapped, tiles_of
from touchstone.insight.queries.tiles import TILES
from touchstone.jobs.insight import count_desks
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import mark_synthetic
from touchstone.web.insight.desk import address_of
from touchstone.web.navigation import navigation

PAGE = "authority:leader"


@pytest.fixture
def city(db: None) -> Cast:
    """Give the city at noon of a busy day."""
    mark_synthetic(seed=1)
    cast = set_up()
    busy(cast)
    travel_to(NOON)
    return cast


def rows_shown(browser: Client, address: str) -> int:
    """Open a list and read how many rows it says it has."""
    response = browser.get(address)
    assert response.status_code == 200, address
    found = re.search(r'ts-list-count">共([\d,]+)', response.content.decode())
    assert found, address
    return int(found[1].replace(",", ""))


def figure_shown(said: str, label: str) -> int:
    """Read a figure of the desk off the page."""
    found = re.search(rf'<span class="ts-stat-label">\s*{label}</span><span class="ts-stat-value">([\d,]+)', said)
    assert found, label
    return int(found[1].replace(",", ""))


EXPECTED = {
    "han": {"sittings": 2, "going_on": 1, "told": 1, "over": 1, "soon": 2, "later": 1, "alerts": 1, "alerts_late": 1, "alerts_old": 1, "draws": 1,
            "visits": 0, "bodies_cases": 0, "cases_late": 0, "leads": 0,
            "revocations": 1, "appealed": 0, "filed": 9, "suspended": 1, "issued": 3, "gaps": 1, "overlaps": 3},
}  # fmt: skip


@pytest.mark.parametrize("who", ["han", "shen", "wu", "lv"])
def test_every_figure_is_the_number_of_rows_behind_it(city: Cast, who: str) -> None:
    """市职鉴中心、市局、浦东新区、徐汇区：首页的每个数字，都等于点开的清单上的条数。"""
    browser, actor = enter(who), getattr(city, who)
    said = unescape(browser.get(reverse(PAGE)).content.decode())
    for tile in tiles_of(actor.office_kind):
        address = address_of(tile, NOON.date())
        assert f'href="{address}"' in said, tile.key
        assert figure_shown(said, tile.label) == rows_shown(browser, address), tile.key


def test_a_busy_day_in_figures(city: Cast) -> None:
    """那一天全市的数字，逐项写出来。"""
    assert counted(city.han, NOON).figures == EXPECTED["han"]


def test_every_figure_of_a_district_is_the_number_of_rows_behind_it(city: Cast) -> None:
    """地图和各区表的每个数字，也等于点开的清单上的条数。"""
    han, places = enter("han"), counted(city.han, NOON).places
    assert any(PUDONG in by_district for by_district in places.values())
    for tile in mapped(city.han.office_kind):
        for district in (PUDONG, XUHUI, YANGPU):
            shown = rows_shown(han, address_of(tile, NOON.date(), district))
            assert places[tile.key].get(district, 0) == shown, (tile.key, district)


def test_for_whom_there_is_a_desk(city: Cast) -> None:
    """市局、市职鉴中心和区的审批负责人有领导首页，排在菜单第一；其他人、其他单位都没有，未登录的先登录。"""
    for who in ("han", "shen", "wu", "lv"):
        assert enter(who).get(reverse(PAGE)).status_code == 200
        assert navigation(getattr(city, who), "/desk/")[0]["label"] == "领导首页"
    for who in ("wang", "zhou", "pan", "tao", "lin", "zhu", "song"):
        assert enter(who).get(reverse(PAGE)).status_code == 403
        assert "领导首页" not in [one["label"] for one in navigation(getattr(city, who), "/desk/")]
    assert Client().get(reverse(PAGE))["Location"].startswith("/login")


def test_a_district_reads_its_own_ground(city: Cast) -> None:
    """区的首页只有本区的数字，没有各区地图，也没有缺口和交叉。"""
    said = enter("lv").get(reverse(PAGE)).content.decode()
    assert "徐汇区，每个数字" in said and "desk-map" not in said and "没有区督导" not in said
    assert figure_shown(said, "本月发证") == 0 and figure_shown(enter("wu").get(reverse(PAGE)).content.decode(), "本月发证") == 3


def test_the_map_shows_what_is_chosen(city: Cast) -> None:
    """选哪个数字，地图和标题就是哪个；每个区都能点开。"""
    said = unescape(enter("han").get(reverse(PAGE), {"map": "issued"}).content.decode())
    assert "各区本月发证（本）" in said and "浦东新区3本" in said
    assert f"/desk/certificates?issued_after=2026-03-01&district={PUDONG}" in said.replace("\\u0026", "&")


def test_figures_are_counted_by_the_queue_and_shown_with_their_time(city: Cast) -> None:
    """打开过的首页由后台每五分钟统计一次，页面写明截至何时；没有打开过的不统计；不写存证。"""
    before = Entry.objects.count()
    assert count_desks(NOON) == 0
    assert "截至2026年3月20日 12:00" in enter("wu").get(reverse(PAGE)).content.decode()
    assert count_desks(NOON + timedelta(minutes=4)) == 0 and count_desks(NOON + timedelta(minutes=6)) == 1
    assert DeskCount.objects.get().counted_at == NOON + timedelta(minutes=6) and Entry.objects.count() == before
    travel_to(NOON + timedelta(minutes=8))
    assert "截至2026年3月20日 12:06" in enter("wu").get(reverse(PAGE)).content.decode()
    travel_to(NOON + timedelta(minutes=30))
    assert "截至2026年3月20日 12:30" in enter("wu").get(reverse(PAGE)).content.decode()


def test_somebody_may_have_it_counted_anew(city: Cast) -> None:
    """一分钟内不重复统计，过后可以。"""
    wu = enter("wu")
    wu.get(reverse(PAGE))
    assert "刚刚统计过" in wu.post(reverse(PAGE), follow=True).content.decode()
    travel_to(NOON + timedelta(minutes=2))
    assert "已重新统计" in wu.post(reverse(PAGE), follow=True).content.decode()


def test_a_new_tile_is_not_waited_for(city: Cast) -> None:
    """增加一项数字以后，留存的统计里没有它，打开时就重新统计。"""
    row = count_desk(by=city.wu, at=NOON)
    row.figures.pop("issued")
    row.save()
    assert figure_shown(enter("wu").get(reverse(PAGE)).content.decode(), "本月发证") == 3


def test_an_empty_city_says_so(cast: Cast) -> None:
    """什么都还没有的时候，页面说明，数字都是零，照样点得开。"""
    said = enter("wu").get(reverse(PAGE)).content.decode()
    assert "还没有可以统计的事项" in said


def test_a_page_reads_what_was_counted(city: Cast) -> None:
    """统计过的首页只读一行，与事项多少无关。"""
    han = enter("han")
    han.get(reverse(PAGE))
    with CaptureQueriesContext(connection) as asked:
        han.get(reverse(PAGE))
    assert len(asked) <= 14


def test_keys_and_words_are_of_one_tile_each() -> None:
    """每一项有自己的键和名称。"""
    assert len({one.key for one in TILES}) == len(TILES) == len({one.label for one in TILES})
