"""送交测试: is a public line written with what it tells of, or not at all, and without anybody's number?"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import START, Cast
from touchstone.accounts.actor import PLATFORM
from touchstone.kernel.numbers import id_check_place
from touchstone.ledger.operations import AlreadyDone, record, record_many
from touchstone.logs.lines import NotForThePublic, PublicLine, sealed
from touchstone.logs.models import Checkpoint, Leaf, Log, Outbox

ID = "31011519900101001" + id_check_place("31011519900101001")


def waiting() -> list[tuple[str, dict[str, Any]]]:
    """Give what waits for the logs: log and content."""
    return [(one.log, json.loads(bytes(one.entry))) for one in Outbox.objects.order_by("id")]


@pytest.mark.django_db
def test_a_line_goes_out_with_the_record() -> None:
    """存证与公开条目同时写入，一行或多行，各归其日志。"""
    issued = PublicLine("certificate.issued", {"credential": "ab" * 32})
    with transaction.atomic():
        record("draw.made", "X1", by=PLATFORM, at=START, public=[PublicLine("draw.seeded", {"n": 1}), PublicLine("draw.result", {"n": 1})])
        record_many("certificate.issued", [("C1", {}, issued), ("C2", {}, None), ("C3", {})], by=PLATFORM, at=START)
    month = {"month": "2026-03"}
    assert waiting() == [
        ("draws", {"kind": "draw.seeded", "n": 1, **month}),
        ("draws", {"kind": "draw.result", "n": 1, **month}),
        ("certificates-2026", {"kind": "certificate.issued", "credential": "ab" * 32, **month}),
    ]
    assert bytes(Outbox.objects.order_by("id")[2].entry) == issued.entry(START)


@pytest.mark.django_db(transaction=True)
def test_a_failed_operation_sends_nothing_out() -> None:
    """操作失败时公开条目一并撤回；事务之外不能送交。"""
    line = PublicLine("filing.accepted", {"filing": "F1"})
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("filing.accepted", "F1", by=PLATFORM, at=START, public=line)
        raise ZeroDivisionError
    with pytest.raises(RuntimeError):
        record("filing.accepted", "F1", by=PLATFORM, at=START, public=line)
    assert not Outbox.objects.exists()


def test_a_request_sent_twice_sends_one_line(cast: Cast) -> None:
    """同一请求只送交一次。"""
    by, before = cast.lin.with_key("request-1"), Outbox.objects.count()
    line = PublicLine("decision.published", {"decision": "D1"})
    record("decision.published", "D1", by=by, at=START, public=line)
    with pytest.raises(AlreadyDone):
        record("decision.published", "D1", by=by, at=START, public=line)
    assert Outbox.objects.count() == before + 1


@pytest.mark.parametrize("content", [{"holder": ID}, {"told": [{"phone": "13800138000"}]}], ids=["证件号码", "手机号码"])
def test_nobodys_number_goes_out(content: dict[str, Any]) -> None:
    """条目里不能有证件号码和手机号码，嵌套也不行。"""
    with pytest.raises(NotForThePublic):
        PublicLine("certificate.issued", content)


def test_what_may_not_be_a_line() -> None:
    """没有日志的事项、过长的条目、过短的盐都不成立。"""
    with pytest.raises(ValueError, match="no kind"):
        PublicLine("weather.changed", {})
    with pytest.raises(ValueError, match="too long"):
        PublicLine("decision.published", {"words": "长" * 30_000}).entry(START)
    with pytest.raises(ValueError, match="salt"):
        sealed(b"short", "310")
    assert sealed(bytes(16), "ab", "c") != sealed(bytes(16), "a", "bc")


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["UPDATE {} SET log_id = 1", "DELETE FROM {}"], ids=["修改", "删除"])
def test_the_database_refuses_to_change_a_log(verb: str) -> None:
    """数据库拒绝改动条目和检查点。"""
    log = Log.objects.create(name="draws", origin="city.test/log/draws")
    Leaf.objects.create(log=log, index=0, kind="draw.seeded", entry=b"{}", hash=bytes(32), waited_from=START)
    Checkpoint.objects.create(log=log, size=1, root=bytes(32), edge=bytes(32), note="", signed_at=START)
    for table in ("logs_leaf", "logs_checkpoint"):
        with pytest.raises(IntegrityError, match="公开日志只能增加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(verb.format(table))


def test_a_filing_is_logged_when_it_comes_into_force(cast: Cast, filed_to: Callable[[str], str]) -> None:
    """备案生效时送交：何机构、何职业等级、自何月至何月；没有日期和人。"""
    number = filed_to("accepted")
    told = [content for _, content in waiting() if content.get("filing") == number]
    assert [one["kind"] for one in told] == ["filing.accepted"]
    assert told[0]["body"] == cast.body_a.number and told[0]["scope"] and len(told[0]["until"]) == len("2029-03")
