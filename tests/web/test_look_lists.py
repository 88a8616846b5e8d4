"""列表: does a list page narrow, sort, count, choose, export and say when it is empty?"""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web import look_pages
from touchstone.accounts.models import Office
from touchstone.web import paging, tables
from touchstone.web.exports import safe_cell

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.look_pages")]
ADDRESS = "/sample/offices"
NAMES = ["徐汇区人社局", "=HYPERLINK(1)", "@浦东", "+静安", "-黄浦", "\t闵行", "普陀·长寿"]


@pytest.fixture
def offices():
    """Thirty offices; the first bear the names above."""
    names = NAMES + [f"第{number}办公室" for number in range(len(NAMES), 30)]
    Office.objects.bulk_create(
        Office(number=f"T{i:03d}", kind="operator", name=name, short_name=name, district="310104", since=date(2026, 1, 1 + i))
        for i, name in enumerate(names)
    )


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_two_queries_a_page_however_many_rows(client, offices):
    """每页只查两次，行数多少一样。"""
    counts = []
    for size in (10, 100):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, f"per_page={size}")
        counts.append(sum("accounts_office" in each["sql"] for each in queries))
    assert counts == [3, 3]  # the third is the sample's own total


def test_pages_hold_the_rows_asked_for(client, offices):
    """每页条数和翻页照地址办。"""
    shown = page(client, "per_page=10&page=3&sort=name")
    assert shown.count("data-row") == 10
    assert 'aria-current="page"><span class="visually-hidden">第</span>3' in shown
    assert "共30家" in shown
    assert "合计30家" in shown
    assert page(client, "per_page=7").count("data-row") == 20
    assert page(client, "page=999&per_page=20").count("data-row") == 10


def test_large_counts_are_not_counted_out(client, offices, monkeypatch):
    """行数太多时只说“以上”，不逐行数。"""
    monkeypatch.setattr(paging, "COUNTED_UP_TO", 25)
    shown = page(client, "per_page=10")
    assert "共25+家" in shown
    assert "page=3" in shown
    assert "page=4" not in shown


def test_sorting_is_in_the_address_and_read_out(client, offices):
    """排序写在地址里，读屏软件读得出。"""
    up, down = page(client, "sort=name&per_page=100"), page(client, "sort=-name&per_page=100")
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down
    assert up.index("第10办公室") < up.index("第29办公室")
    assert down.index("第10办公室") > down.index("第29办公室")
    assert "data-row" in page(client, "sort=nonsense")


def test_query_narrows_and_is_said_in_words(client, offices):
    """查询条件缩小列表，并用文字写出。"""
    shown = page(client, "name=办公室&since_after=2026-01-20&kind=operator")
    assert "共11家" in shown
    for chip in ("名称：办公室", "类别：平台运行", "设立日期：2026年1月20日起"):
        assert chip in shown


def test_wrong_query_shows_the_mistake_and_no_rows(client, offices):
    """条件填错时指出错误，不列出行。"""
    shown = page(client, "since_after=abc")
    assert "ts-error" in shown
    assert "data-row" not in shown


def test_empty_list_says_what_to_do(client):
    """没有记录时告诉人下一步。"""
    assert "还没有机构" in page(client)


def test_query_without_result_offers_to_clear_it(client, offices):
    """查不到时可以清空条件。"""
    shown = page(client, "name=不存在")
    assert "没有符合条件的记录" in shown
    assert f'href="{ADDRESS}">清空条件' in shown


def test_columns_are_chosen_in_the_address(client, offices):
    """显示哪些列写在地址里。"""
    assert 'data-label="区"' not in page(client)
    chosen = page(client, "column=name&column=district")
    assert 'data-label="区"' in chosen
    assert 'data-label="类别"' not in chosen


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_holds_the_filtered_rows_and_no_formula(client, offices, kind):
    """导出的是查到的行，没有会运行的单元格。"""
    look_pages.saved.clear()
    rows = exported(client.get(f"{ADDRESS}?export={kind}&sort=since&column=name&column=kind"), kind)
    assert rows[0] == ["名称", "类别"]
    assert len(rows) == 31
    assert rows[1] == ["徐汇区人社局", "平台运行"]
    assert [row[0] for row in rows[2:7]] == ["'=HYPERLINK(1)", "'@浦东", "'+静安", "'-黄浦", "'\t闵行"]
    assert look_pages.saved == [{"kind": kind, "count": 30}]
    assert len(exported(client.get(f"{ADDRESS}?export={kind}&name=办公室"), kind)) == 24


def test_too_large_an_export_is_refused_in_words(client, offices, monkeypatch):
    """一次导不完时说明原因和办法。"""
    monkeypatch.setattr(tables, "EXPORTED_UP_TO", 5)
    response = client.get(f"{ADDRESS}?export=csv&name=办公室")
    assert response.status_code == 302
    assert "export" not in response["Location"]
    assert "请在查询条件中缩小范围" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param("=1+1", "'=1+1", id="等号"),
        pytest.param("\r=1", "'\r=1", id="回车"),
        pytest.param("310104199001010017", "310104199001010017", id="身份证号"),
        pytest.param(-5, -5, id="负数仍是数"),
        pytest.param(date(2026, 11, 23), "2026-11-23", id="日期"),
        pytest.param(None, None, id="空"),
    ],
)
def test_cells_are_safe(value, cell):
    """单元格不会运行。"""
    assert safe_cell(value) == cell


def test_batch_acts_on_the_chosen_rows_only(client, offices):
    """批量只办选中的行。"""
    keys = list(Office.objects.filter(name__in=NAMES[:2]).values_list("pk", flat=True))
    told = client.post(ADDRESS, {"action": "print", "row": keys, "query": ""}).json()
    assert told == {"action": "print", "names": sorted(NAMES[:2])}
    assert client.post(ADDRESS, {"action": "print"}).json()["names"] == []


def test_batch_on_all_matching_keeps_the_query(client, offices):
    """选中全部时以查询条件为准。"""
    told = client.post(ADDRESS, {"action": "print", "all_matching": "1", "query": "name=办公室&page=2"}).json()
    assert len(told["names"]) == 23


def exported(response: Any, kind: str) -> list[list[Any]]:
    body = b"".join(response.streaming_content)
    assert "attachment" in response["Content-Disposition"]
    if kind == "csv":
        return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]
