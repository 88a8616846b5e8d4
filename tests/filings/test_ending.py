"""终止备案测试: does what ends end from its day, does an undoing restore exactly what stood, and is a wrong end refused?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.filings import operations
from touchstone.filings.models import Filing, Termination
from touchstone.filings.queries import may_plan, scope_in_force
from touchstone.filings.states import State
from touchstone.kernel.rules import Outcome
from touchstone.policy.filing.ending import EndKind

pytestmark = pytest.mark.django_db


def end(number: str, by: Any, at: Any, **changed: Any) -> Termination:
    told: dict[str, Any] = {"reason": "查实特别严重违规", "findings": [], "ground": "", "clause": "通知 三(四)3", "effective_on": at.date()}
    return operations.terminate(**{"number": number, "kind": EndKind.ORDERED, "by": by, "at": at, **told, **changed})


def undo(termination: str, by: Any, cast: Any) -> Termination:
    return operations.reinstate(termination=termination, reason="x", by=by, at=cast.at)


def in_force(root: Filing, days: list[Any]) -> list[list[int]]:
    return [[one.pk for one in scope_in_force(day, root.body)] for day in days]


def test_ordered_end_counts_from_its_day(cast: Any, filed_to: Callable[[str], str]) -> None:
    number = filed_to("signed")
    root = Filing.objects.get(number=number)
    assert root.in_force_from
    at = cast.at + timedelta(days=60)
    line = root.scope.order_by("id")[0]
    end(number, cast.wu, at)
    root.refresh_from_db()
    line.refresh_from_db()
    assert root.state == State.TERMINATED
    assert in_force(root, [at.date() - timedelta(days=1)])[0]
    assert in_force(root, [at.date()]) == [[]]
    assert may_plan(line, at.date()).outcome is Outcome.UNMET
    assert root.terminations.get().custody.keeper_id == cast.wu.office_id


def test_filing_ends_with_its_last_line(cast: Any, filed_to: Callable[[str], str]) -> None:
    root = Filing.objects.get(number=filed_to("signed"))
    assert root.in_force_from
    at = cast.at + timedelta(days=60)
    first, *others = root.scope.order_by("id").values_list("pk", flat=True)
    end(root.number, cast.wu, at, lines=[first])
    root.refresh_from_db()
    assert root.state == State.ACCEPTED
    assert in_force(root, [at.date()]) == [[pk for pk in in_force(root, [at.date()])[0] if pk != first]]
    assert first not in in_force(root, [at.date()])[0]
    end(root.number, cast.wu, at + timedelta(days=1), lines=others)
    root.refresh_from_db()
    assert root.state == State.TERMINATED


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_undoing_restores_every_day(cast: Any, filed_to: Callable[[str], str], data: st.DataObject) -> None:
    with transaction.atomic():
        root = Filing.objects.get(number=filed_to("signed"))
        assert root.in_force_from
        assert root.until
        at = cast.at + timedelta(days=data.draw(st.integers(40, 1000)))
        items = list(root.scope.order_by("id").values_list("pk", flat=True))
        chosen = data.draw(st.lists(st.sampled_from(items), unique=True, max_size=len(items)))
        marks = {root.in_force_from, root.until, at.date()}
        days = sorted({mark + timedelta(days=n) for mark in marks for n in (-1, 0, 1)})
        before = (in_force(root, days), root.state, root.until)
        ended = end(root.number, cast.wu, at, lines=chosen)
        assert in_force(root, days) != before[0]
        operations.reinstate(termination=ended.number, reason="复议撤销", by=cast.wu, at=at + timedelta(days=9))
        root.refresh_from_db()
        assert (in_force(root, days), root.state, root.until) == before
        transaction.set_rollback(True)


REFUSED: list[tuple[str, str, Callable[[str, Any], object], str]] = [
    ("尚未备案", "announced", lambda n, c: end(n, c.wu, c.at), "终止"),
    ("受理经办人", "signed", lambda n, c: end(n, c.zhou, c.at), "审批负责人"),
    ("别区负责人", "signed", lambda n, c: end(n, c.lv, c.at), "终止备案由"),
    ("机构自己", "signed", lambda n, c: end(n, c.lin, c.at), "审批负责人"),
    ("自动终止不由人办", "signed", lambda n, c: end(n, c.wu, c.at, kind=EndKind.AUTOMATIC), "由平台"),
    ("没有理由", "signed", lambda n, c: end(n, c.wu, c.at + timedelta(days=60), reason=" "), "写明理由"),
    ("追溯终止", "signed", lambda n, c: end(n, c.wu, c.at, effective_on=c.at.date() - timedelta(days=1)), "不能追溯"),
    ("没有所选范围", "signed", lambda n, c: end(n, c.wu, c.at, lines=[0]), "没有所选"),
    ("没有这个终止决定", "signed", lambda n, c: undo("ZZ0", c.wu, c), "没有编号"),
    ("平台不能撤销", "signed", lambda n, c: undo(end(n, c.wu, c.at).number, PLATFORM, c), "撤销终止由"),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "attempt", "says"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_refused_and_nothing_changed(cast: Any, filed_to: Callable[[str], str], stage: str, attempt: Any, says: str, request: Any) -> None:
    number = filed_to(stage)
    refused_and_nothing_changed(lambda: attempt(number, cast), says)
