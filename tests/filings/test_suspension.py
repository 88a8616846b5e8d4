"""暂停与恢复测试: is nothing planned on what is suspended, is nothing restored by itself, and is everybody told?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.refusing import refused_and_nothing_changed
from touchstone.filings import operations
from touchstone.filings.models import Filing, Suspension
from touchstone.filings.queries import may_plan, scope_in_force
from touchstone.filings.states import State
from touchstone.jobs.filings import begin_suspensions, remind_of_renewal, remind_of_restoration
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.queries import history
from touchstone.tasks.queries import open_on

pytestmark = pytest.mark.django_db
LATER = timedelta(days=60)


@pytest.fixture
def root(filed_to: Callable[[str], str]) -> Filing:
    """Give body 甲's filing in force."""
    return Filing.objects.get(number=filed_to("signed"))


def suspend(root: Filing, cast: Any, at: datetime, **how: Any) -> list[Suspension]:
    told: dict[str, Any] = {"reason": "考务组织混乱，限期整改。", "clause": "通知 三(四)2", "since": at.date(), "by": cast.wu, "at": at}
    return operations.suspend(number=root.number, **{**told, **how})


def usable(root: Filing, day: date) -> set[int]:
    return {line.level for line in scope_in_force(day, root.body)}


def test_whole_filing_suspended_and_restored(cast: Any, root: Filing) -> None:
    """整件暂停：当日起不能安排，恢复当日起可以；暂停的日子以后再查仍是暂停。"""
    at = cast.at + LATER
    suspend(root, cast, at, planned_until=at.date() + timedelta(days=30))
    root.refresh_from_db()
    line = root.scope.order_by("id")[0]
    assert root.state == State.SUSPENDED
    assert (usable(root, at.date()), usable(root, at.date() - timedelta(days=1))) == (set(), {5, 4, 3})
    assert may_plan(line, at.date()).outcome is Outcome.UNMET
    back = at + timedelta(days=40)
    assert usable(root, back.date()) == set()
    operations.restore(number=root.number, reason="整改到位。", by=cast.wu, at=back)
    root.refresh_from_db()
    assert root.state == State.ACCEPTED
    assert usable(root, back.date()) == {5, 4, 3}
    assert usable(root, back.date() - timedelta(days=1)) == set()


def test_single_line_suspended(cast: Any, root: Filing) -> None:
    """只暂停一行：其他行照常，备案状态不变。"""
    at = cast.at + LATER
    line = root.scope.get(level=3)
    suspend(root, cast, at, lines=[line.pk])
    root.refresh_from_db()
    assert root.state == State.ACCEPTED
    assert usable(root, at.date()) == {5, 4}
    operations.restore(number=root.number, lines=[line.pk], reason="设备已更换。", by=cast.wu, at=at + timedelta(days=5))
    assert usable(root, at.date() + timedelta(days=5)) == {5, 4, 3}


def test_suspended_from_a_later_day(cast: Any, root: Filing) -> None:
    """决定以后某日起暂停：到日由平台转入暂停状态；到日之前恢复的，从未暂停。"""
    at = cast.at + LATER
    since = at.date() + timedelta(days=7)
    suspend(root, cast, at, since=since)
    assert usable(root, at.date()) == {5, 4, 3}
    assert begin_suspensions(at) == 0
    assert begin_suspensions(at + timedelta(days=7)) == 1
    root.refresh_from_db()
    assert root.state == State.SUSPENDED


def test_never_restored_by_itself(cast: Any, root: Filing) -> None:
    """预定恢复日到了只提醒一次负责人；延长后到新的日子再提醒一次。"""
    at = cast.at + LATER
    (one,) = suspend(root, cast, at, planned_until=at.date() + timedelta(days=10))
    assert remind_of_restoration(at + timedelta(days=9)) == 0
    due = at + timedelta(days=10)
    assert [remind_of_restoration(due), remind_of_restoration(due + timedelta(days=1))] == [1, 0]
    assert [task.role for task in open_on(root.number) if task.matter.startswith("filing.restore_")] == ["director"]
    root.refresh_from_db()
    assert root.state == State.SUSPENDED
    again = due.date() + timedelta(days=20)
    operations.replan_restoration(suspension_id=one.pk, planned_until=again, reason="整改未完成。", by=cast.wu, at=due)
    assert not [task for task in open_on(root.number) if task.matter.startswith("filing.restore_")]
    assert remind_of_restoration(due + timedelta(days=20)) == 1


def test_reminded_of_renewal_once_each(cast: Any, root: Filing) -> None:
    """期满前六、三、一个月各提醒一次，每次一条待办和一条记录。"""
    assert root.until
    for days in range(200, 0, -1):
        at = cast.at + (root.until - timedelta(days=days) - cast.at.date())
        if days % 8 == 0 or days < 3:
            remind_of_renewal(at)
            remind_of_renewal(at)
    lines = history(root.number).filter(event="filing.renewal_reminded")
    assert [line.detail["months"] for line in lines] == [6, 3, 1]
    assert len([task for task in open_on(root.number) if task.matter == "filing.renew"]) == 1


REFUSED: list[tuple[str, Callable[[Filing, Any, datetime], object], str]] = [
    ("受理经办人", lambda r, c, at: suspend(r, c, at, by=c.zhou), "审批负责人"),
    ("别区负责人", lambda r, c, at: suspend(r, c, at, by=c.lv), "审批负责人决定"),
    ("机构自己", lambda r, c, at: suspend(r, c, at, by=c.lin), "审批负责人"),
    ("没有理由", lambda r, c, at: suspend(r, c, at, reason=" "), "写明理由"),
    ("追溯", lambda r, c, at: suspend(r, c, at, since=at.date() - timedelta(days=1)), "不能追溯"),
    ("恢复日不晚于起始日", lambda r, c, at: suspend(r, c, at, planned_until=at.date()), "应晚于"),
    ("没有所选范围", lambda r, c, at: suspend(r, c, at, lines=[0]), "没有所选"),
    ("没有暂停就恢复", lambda r, c, at: operations.restore(number=r.number, reason="x", by=c.wu, at=at), "没有可以恢复"),
]  # fmt: skip


@pytest.mark.parametrize(("attempt", "says"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_refused_and_nothing_changed(cast: Any, root: Filing, attempt: Any, says: str) -> None:
    """不该办的暂停和恢复说明原因，什么都没有改变。"""
    refused_and_nothing_changed(lambda: attempt(root, cast, cast.at + LATER), says)


def test_not_suspended_twice(cast: Any, root: Filing) -> None:
    """已经整件暂停的不能再暂停一次或再暂停其中一行。"""
    at = cast.at + LATER
    suspend(root, cast, at)
    for lines in ([], [root.scope.order_by("id")[0].pk]):
        with pytest.raises(Refusal, match="已经暂停"), transaction.atomic():
            suspend(root, cast, at, lines=lines)


