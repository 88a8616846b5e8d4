"""名录答复与开放数据: does anybody get the right answer for the day asked, to print and by machine, and the whole register to take away?"""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.filings.conftest import filed_to  # noqa: F401 (a fixture)
from tests.filings.existing import NEW, OLD, existing_workbook
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.models import Body
from touchstone.filings import operations
from touchstone.filings.models import Filing
from touchstone.filings.operations.loading import process_loading, receive_loading
from touchstone.filings.queries import register_history
from touchstone.policy.filing.ending import EndKind
from touchstone.web import clock
from touchstone.web.public.open_data import FIELDS

ASK, MACHINE = "/register/answer", "/register/answer.json"


def text(response) -> str:
    """Give the words of a page, without markup."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.fixture
def filed(cast: Cast, filed_to: Callable[[str], str]) -> Filing:  # noqa: F811
    """Give body 甲's filing, in force."""
    return Filing.objects.get(number=filed_to("signed"))


@pytest.fixture
def loaded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Give the cast on a day on which three bodies were loaded as they stood."""
    received = receive_loading(name="存量.xlsx", content=existing_workbook(), dry_run=False, by=cast.xu, at=cast.at)
    process_loading(number=received.number, by=PLATFORM, at=cast.at)
    monkeypatch.setattr(clock, "now", lambda: cast.at)
    return cast


def asked(client: Client, **told: str) -> dict[str, object]:
    """Ask as a machine does."""
    answer: dict[str, object] = client.get(MACHINE, told).json()
    return answer


@pytest.mark.parametrize(
    ("told", "verdict", "words"),
    [
        pytest.param({}, "filed", "有效备案包括评价", id="什么都不限"),
        pytest.param({"occupation": "6-18-01-01", "level": "3"}, "filed", "有效备案包括车工三级/高级工，有效期至2026年5月31日", id="在范围内"),
        pytest.param({"occupation": "车工", "level": "3", "district": "310115"}, "filed", "在浦东新区考核", id="按名称，考核点所在区"),
        pytest.param({"occupation": "车工", "level": "1"}, "out_of_scope", "不包括车工一级/高级技师", id="没有的等级"),
        pytest.param({"occupation": "6-18-02-04"}, "out_of_scope", "不包括焊工", id="没有的职业"),
        pytest.param({"district": "outside"}, "out_of_scope", "在外省市考核", id="没有考核点的地方"),
        pytest.param({"day": "2026-05-31"}, "filed", "2026年5月31日有效备案", id="最后一天"),
        pytest.param({"day": "2026-06-01"}, "expired", "到2026年5月31日期满", id="期满当日"),
        pytest.param({"day": "2023-05-31"}, "not_yet", "自2023年6月1日起生效", id="生效前一天"),
        pytest.param({"day": "2023-06-01"}, "filed", "2023年6月1日有效备案", id="生效当天"),
    ],
)
def test_the_answer_to_people_and_machines_is_the_same(loaded: Cast, client: Client, told: dict[str, str], verdict: str, words: str) -> None:
    """同一个问题，页面和程序得到同一句答复，附条款、考核点和起止日期。"""
    found = asked(client, body=OLD, **told)
    assert (found["verdict"], found["filed"]) == (verdict, verdict == "filed")
    assert words in str(found["sentence"])
    page = client.get(ASK, {"body": OLD, **told}, follow=True)
    assert words in text(page)
    assert str(found["clause"]).replace(" ", "") in text(page)
    if verdict == "filed":
        assert "一车间（浦东新区）" in text(page)
        assert isinstance(found["lines"], list)
        assert {line["former_number"] for line in found["lines"]} == {"沪职鉴备〔2023〕8号"}


def test_what_is_suspended_is_told_by_day(loaded: Cast, client: Client) -> None:
    """暂停评价的：暂停前一天是，暂停当天起不是，说明自哪天起。"""
    assert asked(client, body=NEW, day="2026-01-04")["verdict"] == "filed"
    found = asked(client, body=NEW, day="2026-01-05")
    assert (found["verdict"], found["filed"], found["clause"]) == ("suspended", False, "通知 三(四)2")
    assert "自2026年1月5日起暂停评价" in str(found["sentence"])


def test_what_has_ended_is_told_with_how(loaded: Cast, client: Client) -> None:
    """终止以后：终止前一天是，终止当天不是，说明怎样终止；经过里留着全部事项。"""
    filing = Filing.objects.get(body__uscc=OLD)
    operations.terminate(
        number=filing.number, kind=EndKind.ORDERED, ground="", findings=[], reason="特别严重违规", clause="通知 三(四)2",
        effective_on=loaded.at.date(), by=loaded.wu, at=loaded.at,
    )  # fmt: skip
    assert asked(client, body=OLD, day="2026-03-01")["verdict"] == "filed"
    found = asked(client, body=OLD, day="2026-03-02")
    assert (found["verdict"], found["clause"]) == ("ended", "通知 三(四)3")
    assert "终止（责令终止）" in str(found["sentence"])
    history = [(event.what, str(event.on)) for event in register_history(Body.objects.get(uscc=OLD))]
    assert history == [("责令终止", "2026-03-02"), ("备案（原有备案装入）", "2023-06-01")]
    page = text(client.get(reverse("public:register_body", args=[filing.body.number])))
    for words in ("责令终止", "整件备案终止", "原备案编号沪职鉴备〔2023〕8号", "已终止"):
        assert words in page


def test_the_history_of_a_suspended_body(loaded: Cast, client: Client) -> None:
    """暂停的机构：名录、机构页都写明暂停，经过里有备案和暂停。"""
    assert "当日暂停评价，不能开展" in text(client.get("/register", {"q": NEW}))
    number = Body.objects.get(uscc=NEW).number
    assert "自2026年1月5日起暂停评价" in text(client.get(reverse("public:register_body", args=[number])))
    assert [event.what for event in register_history(Body.objects.get(uscc=NEW))] == ["暂停评价", "备案（原有备案装入）"]


def test_the_address_keeps_the_day(loaded: Cast, client: Client) -> None:
    """随便怎么问，最后停在写明日期的长期地址上；那个地址再打开，答复照旧，带二维码。"""
    answer = client.get(ASK, {"body": "上海旧厂机械有限公司", "occupation": "车工", "level": ""})
    assert answer.status_code == 302
    address = answer["Location"]
    number = Body.objects.get(uscc=OLD).number
    assert parse_qs(urlsplit(address).query) == {"body": [number], "occupation": ["6-18-01-01"], "day": ["2026-03-02"]}
    page = client.get(address)
    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    assert address.replace("&", "&amp;") in page.content.decode()


def test_a_body_never_filed_and_one_unknown(loaded: Cast, client: Client) -> None:
    """从未备案的、不认识的、名称对应几家的，各有答复。"""
    assert asked(client, body=loaded.body_b.number)["verdict"] == "never_filed"
    assert client.get(MACHINE, {"body": "没有这家"}).status_code == 404
    assert "它没有在本平台备案" in text(client.get(ASK, {"body": "没有这家"}))
    several = client.get(MACHINE, {"body": "上海"})
    assert several.status_code == 404
    assert len(several.json()["candidates"]) == 5
    assert "您要问的是哪一家" in text(client.get(ASK, {"body": "上海"}))
    assert "这家机构备案了吗" in text(client.get(ASK))
    assert client.get(MACHINE).status_code == 400


@pytest.mark.parametrize(
    ("told", "words"),
    [
        pytest.param({"day": "昨天"}, "日期", id="日期"),
        pytest.param({"level": "9"}, "等级", id="等级"),
        pytest.param({"occupation": "没有的职业"}, "职业目录中没有", id="职业"),
        pytest.param({"occupation": "车工", "trade": "没有的工种"}, "没有工种", id="工种"),
        pytest.param({"trade": "数控车工"}, "请同时填写职业", id="只有工种"),
        pytest.param({"district": "440300"}, "区", id="区"),
    ],
)
def test_what_cannot_be_understood_is_said(loaded: Cast, client: Client, told: dict[str, str], words: str) -> None:
    """写错的条件说明哪里不对，不瞎答。"""
    page = client.get(ASK, {"body": OLD, **told})
    assert page.status_code == 200
    assert words in text(page)
    machine = client.get(MACHINE, {"body": OLD, **told})
    assert machine.status_code == 400
    assert "error" in machine.json()


def test_an_answer_takes_as_many_queries_for_much_as_for_little(
    loaded: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """答复的查询次数不随备案多少增加。"""
    with django_assert_max_num_queries(9):
        client.get(ASK, {"body": Body.objects.get(uscc=OLD).number, "occupation": "6-18-01-01", "day": "2026-03-02"})


def test_the_register_can_be_taken_away(loaded: Cast, client: Client) -> None:
    """开放数据：CSV 和 JSON 是同样的行，写明数据日期，暂停的标明，没有个人信息。"""
    answer = client.get("/open/filings.csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(content)))
    assert "filings-2026-03-02.csv" in answer["Content-Disposition"]
    assert [row["level"] for row in rows] == ["5", "4", "3", "3", "4"]
    assert {(row["body_name"], row["suspended"]) for row in rows} == {
        ("上海旧厂机械有限公司", "false"), ("上海老牌培训中心", "true"), ("上海市机械行业协会", "false")
    }  # fmt: skip
    told = json.loads(b"".join(client.get("/open/filings.json").streaming_content))  # type: ignore[attr-defined]
    assert (told["day"], len(told["rows"])) == ("2026-03-02", 5)
    assert set(told["rows"][0]) == {field.name for field in FIELDS} == set(rows[0])
    for words in ("钱一", "钱二", "法定代表人", "联系"):
        assert words not in content
    page = text(client.get("/open"))
    for field in FIELDS:
        assert field.name in page


def test_amended_scope_speaks_under_its_root(filed: Filing, client: Client) -> None:
    """平台上备案的：答复写明备案编号，截止次日起不再有效。"""
    assert filed.in_force_from is not None
    assert filed.until is not None
    found = asked(client, body=filed.body.number, occupation="车工", level="5", day=str(filed.in_force_from))
    assert found["filed"] is True
    assert isinstance(found["lines"], list)
    assert {line["filing"] for line in found["lines"]} == {filed.number}
    later = asked(client, body=filed.body.number, day=str(filed.until + timedelta(days=0)))
    assert later["verdict"] == "expired"
