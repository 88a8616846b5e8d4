"""存证: lines can be added, never altered; one request has one effect."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import START, Cast
from touchstone.accounts.actor import PLATFORM
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.ledger.numbering import next_serial, next_serials
from touchstone.ledger.operations import AlreadyDone, mark_synthetic, move_clock, record
from touchstone.ledger.queries import clock_ahead, is_synthetic


@pytest.mark.django_db
@pytest.mark.parametrize("sentence", ["UPDATE ledger_entry SET reason = 'x'", "DELETE FROM ledger_entry"], ids=["修改", "删除"])
def test_the_database_refuses_to_change_the_ledger(sentence: str) -> None:
    """数据库拒绝改动存证。"""
    with transaction.atomic():
        record("something.done", "X1", by=PLATFORM, at=START)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence)
    assert Entry.objects.get(subject="X1").reason == ""


def test_one_request_has_one_effect(cast: Cast) -> None:
    """同一请求只有一次效果。"""
    by = cast.lin.with_key("request-1")
    record("something.done", "X1", by=by, at=START)
    with pytest.raises(AlreadyDone, match="没有重复办理"):
        record("something.done", "X1", by=by, at=START)
    record("something.done", "X1", by=cast.lin.with_key("request-2"), at=START)
    assert Entry.objects.filter(subject="X1").count() == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction() -> None:
    """事务之外不能写存证。"""
    with pytest.raises(RuntimeError):
        record("something.done", "X1", by=PLATFORM, at=START)
    with pytest.raises(RuntimeError):
        next_serial("a")


@pytest.mark.django_db(transaction=True)
def test_a_failed_operation_leaves_no_line() -> None:
    """中途失败时存证一并撤回。"""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("something.done", "X1", by=PLATFORM, at=START)
        next_serial("a")
        raise ZeroDivisionError
    assert not Entry.objects.exists()
    with transaction.atomic():
        assert next_serial("a") == 1
        assert list(next_serials("a", 3)) == [2, 3, 4]
        assert next_serial("b") == 1


@pytest.mark.django_db
def test_a_real_installation_keeps_its_clock() -> None:
    """正式环境不能拨动时钟，也不能改为模拟城市。"""
    record("something.done", "X1", by=PLATFORM, at=START)
    with pytest.raises(Refusal, match="模拟城市"):
        mark_synthetic(seed=1)
    with pytest.raises(Refusal, match="时间不能改动"):
        move_clock(by=PLATFORM, at=START, ahead=timedelta(days=1))
    assert not is_synthetic() and clock_ahead() == timedelta()


@pytest.mark.django_db
def test_a_synthetic_city_can_move_its_clock() -> None:
    """模拟城市的时钟可以往前拨。"""
    mark_synthetic(seed=1)
    move_clock(by=PLATFORM, at=START, ahead=timedelta(days=1))
    assert move_clock(by=PLATFORM, at=START, ahead=timedelta(days=2)) == timedelta(days=3) == clock_ahead()
