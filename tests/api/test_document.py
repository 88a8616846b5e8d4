"""接口文档: is the document whole, does it tell of every address, and does it say of what is sent what the code reads?"""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from tests.api.calling import BASE, registration, served
from tests.api.schema import faults
from touchstone.api.endpoints import ENDPOINTS
from touchstone.api.shapes import Unreadable


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """The door asks the database for the clock."""


def test_anybody_may_read_it() -> None:
    """不登录也能取得，是OpenAPI 3.1。"""
    response = Client(headers={"host": "127.0.0.1"}).get(f"{BASE}/openapi.json")
    assert response.status_code == 200
    assert response.json()["openapi"] == "3.1.0"


def test_every_reference_leads_somewhere_and_nothing_is_said_in_vain() -> None:
    """引用都有着落，没有用不到的样式。"""
    document = served()
    named = set(re.findall(r'"#/components/schemas/(\w+)"', str(document).replace("'", '"')))
    assert named == set(document["components"]["schemas"])


def test_every_operation_is_told_in_full() -> None:
    """每一项有名称、权限、路径参数、成功和不予办理的回答；写入的有请求号和请求体。"""
    document = served()
    names: list[str] = []
    tags = {one["name"] for one in document["tags"]}
    for path, told in document["paths"].items():
        for method, operation in told.items():
            names.append(operation["operationId"])
            assert operation["summary"]
            assert set(operation["tags"]) <= tags
            assert "需要权限" in operation["description"]
            in_path = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert in_path == set(re.findall(r"\{(\w+)\}", path))
            codes = set(operation["responses"])
            assert codes & {"200", "201"}
            assert {"401", "403", "404", "422", "429", "500"} <= codes
            heads = {one["name"] for one in operation["parameters"] if one["in"] == "header"}
            assert ("Idempotency-Key" in heads) == (method == "post") == ("requestBody" in operation)
            assert all(response["description"] for response in operation["responses"].values())
            view = resolve(BASE + re.sub(r"\{\w+\}", "X1", path)).view_name
            assert view.startswith("api:")
            assert view != "api:nothing_file"
    assert len(names) == len(set(names)) == len(ENDPOINTS)


ROWS: list[tuple[str, Any, bool]] = [
    ("完整的一行", registration(1), True),
    ("缺姓名", {key: value for key, value in registration(1).items() if key != "name"}, False),
    ("多一项", registration(1, nickname="小陈"), False),
    ("手机号码不对", registration(1, phone="12345"), False),
    ("年数不是文字", registration(1, years_in_field=12), False),
    ("文化程度不在表中", registration(1, education="神童"), False),
    ("证书缺编号", registration(1, certificate={"level": 5}), False),
    ("带证书", registration(1, certificate={"level": 5, "number": "S000031000000235000001"}), True),
    ("出生日期不是日期", registration(1, birthday="1995年"), False),
    ("不是对象", [1], False),
]


@pytest.mark.parametrize(("row", "fits"), [pytest.param(row, fits, id=name) for name, row, fits in ROWS])
def test_what_the_document_says_of_a_row_the_code_reads(row: Any, fits: bool) -> None:
    """文档说行的，程序收；文档说不行的，程序说出位置。"""
    document = served()
    assert (not faults(row, {"$ref": "#/components/schemas/Registration"}, document)) == fits
    lines = ENDPOINTS["registrations.enter"].lines
    assert lines is not None
    if fits:
        assert lines.row.read(row)["name"] == row["name"]
    else:
        with pytest.raises(Unreadable) as told:
            lines.row.read(row)
        assert told.value.faults[0].pointer
        assert told.value.faults[0].sentence
