"""统筹布局页面: who opens them, does each number lead to as many rows, do they leave as Excel, and do they stay cheap?"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import WideCast
from tests.filings.conftest import on_route  # noqa: F401
from tests.web.test_filing_pages import client
from touchstone.calls.operations import enter_demand
from touchstone.ledger.models import Entry

TURNER, HOME = "6-18-01-01", "310115"
DAY = "2026-05-20"


@pytest.fixture
def filed(wide_cast: WideCast, on_route: Callable[[str, str], str]) -> WideCast:  # noqa: F811
    """甲 and 戊 are filed for turners, and 1,200 people are wanted in the home district."""
    on_route("district_enterprise", "signed")
    on_route("social_body", "signed")
    enter_demand(occupation=TURNER, district=HOME, year=2026, people=1200, source="调查", by=wide_cast.tao, at=wide_cast.at)
    return wide_cast


def test_who_opens_the_layout(cast: Any) -> None:
    """各级主管部门都打得开；机构和没登录的不行。"""
    page = reverse("authority:layout")
    assert {who: client(who).get(page).status_code for who in ("shen", "tao", "xu", "wang", "jiang", "lin")} == {
        "shen": 200, "tao": 200, "xu": 200, "wang": 200, "jiang": 200, "lin": 403
    }  # fmt: skip
    assert client("").get(page).status_code == 302


def test_who_enters_demand(cast: Any) -> None:
    """会填报的看得到按钮，不填报的看到一句话，打不开填报页。"""
    for name in ("authority:demand_new", "authority:demand_import"):
        opened = {who: client(who).get(reverse(name)).status_code for who in ("tao", "zhou", "jiang", "xu", "lin")}
        assert opened == {"tao": 200, "zhou": 200, "jiang": 200, "xu": 403, "lin": 403}
    assert "由市人社局" in client("xu").get(reverse("authority:demand")).content.decode()


@pytest.mark.parametrize("by", ["occupation", "district", "both"])
@pytest.mark.parametrize("who", ["shen", "zhou", "jiang"])
def test_every_number_leads_to_as_many_rows(who: str, by: str, filed: WideCast) -> None:
    """表中的每个数点开，就是那么多行。"""
    page = client(who).get(f"{reverse('authority:layout')}?by={by}&day={DAY}&column=bodies&column=venues&column=lines")
    found = re.findall(r'<a href="(/desk/layout/(?:bodies|venues|lines)[^"]*)">([\d,]+)</a>', page.content.decode())
    assert found
    for address, number in found:
        rows = client(who).get(address.replace("&amp;", "&"))
        assert f"共{number}" in rows.content.decode(), address


def test_layout_leaves_as_excel_and_is_on_record(filed: WideCast) -> None:
    for path in (reverse("authority:layout"), reverse("authority:layout_rows", args=["bodies"]), reverse("authority:demand")):
        answer = client("shen").get(f"{path}?day={DAY}&export=xlsx")
        assert answer.status_code == 200 and "spreadsheetml" in answer["Content-Type"]
        assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert Entry.objects.filter(event="list.exported").count() == 3
    text = b"".join(client("shen").get(f"{reverse('authority:layout')}?day={DAY}&export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "车工" in text and "1200" in text and "还缺1家" in text


def test_sorted_and_paged(filed: WideCast) -> None:
    page = client("shen").get(f"{reverse('authority:layout')}?by=both&day={DAY}&sort=-bodies&per_page=10").content.decode()
    assert page.index("浦东新区</span>") < page.index("徐汇区</span>")


def test_an_unknown_kind_of_rows_is_not_there(cast: Any) -> None:
    assert client("shen").get(reverse("authority:layout_rows", args=["elsewhere"])).status_code == 404


def test_nonsense_in_the_address_counts_as_left_open(cast: Any) -> None:
    assert client("shen").get(f"{reverse('authority:layout')}?level=9&day=x&district=9&by=zzz").status_code == 200


def test_the_page_asks_a_bounded_number_of_times(filed: WideCast) -> None:
    shen = client("shen")
    with CaptureQueriesContext(connection) as asked:
        shen.get(f"{reverse('authority:layout')}?day={DAY}")
    assert len(asked) <= 28
