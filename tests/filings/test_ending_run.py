"""自动终止运行测试: does a run end what has expired once, stop where it should, and leave alone what was undone on appeal?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.filings import operations
from touchstone.filings.models import EndingRow, Filing
from touchstone.filings.operations import ending_run
from touchstone.filings.operations.ending_run import run_endings
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.policy.filing.ending import canary

pytestmark = pytest.mark.django_db


def at_expiry(root: Filing, cast: Any) -> datetime:
    assert root.until
    moved: datetime = cast.at + timedelta(days=(root.until - cast.at.date()).days)
    return moved


def test_dry_real_again_and_undone(cast: Any, filed_to: Callable[[str], str]) -> None:
    root = Filing.objects.get(number=filed_to("signed"))
    at = at_expiry(root, cast)
    assert not run_endings(dry_run=False, by=PLATFORM, at=at - timedelta(days=1)).selected
    dry = run_endings(dry_run=True, by=PLATFORM, at=at)
    assert [(row.outcome, "未书面申请续期" in row.sentence) for row in dry.rows.all()] == [("listed", True)]
    root.refresh_from_db()
    assert root.state == State.ACCEPTED
    run = run_endings(dry_run=False, by=PLATFORM, at=at)
    assert (run.forecast, run.selected, run.stopped_because) == (1, 1, "")
    root.refresh_from_db()
    assert root.state == State.TERMINATED
    assert run_endings(dry_run=False, by=PLATFORM, at=at) == run
    assert root.terminations.count() == 1
    operations.reinstate(termination=root.terminations.get().number, reason="复议撤销", by=cast.wu, at=at)
    later = run_endings(dry_run=False, by=PLATFORM, at=at + timedelta(days=1))
    assert [row.outcome for row in later.rows.all()] == [EndingRow.Outcome.SPARED]


def test_failure_is_said_in_its_row(cast: Any, filed_to: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    root = Filing.objects.get(number=filed_to("signed"))

    def fails(**_: Any) -> None:
        raise Refusal("正在办理其他事项。")

    monkeypatch.setattr(ending_run, "terminate", fails)
    run = run_endings(dry_run=False, by=PLATFORM, at=at_expiry(root, cast))
    assert [(row.outcome, row.sentence) for row in run.rows.all()] == [("failed", "正在办理其他事项。")]


def test_only_the_platform_runs(cast: Any) -> None:
    with pytest.raises(NotAllowed, match="由平台运行"):
        run_endings(dry_run=True, by=cast.wu, at=cast.at)


def test_canary_stops_a_run_that_finds_none_where_some_were_foreseen(
    cast: Any, filed_to: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Filing.objects.get(number=filed_to("signed"))
    monkeypatch.setattr(ending_run, "endings", lambda facts, day: ())
    run = run_endings(dry_run=False, by=PLATFORM, at=at_expiry(root, cast))
    assert "认定0件" in run.stopped_because


def test_canary_stops_a_run_before_anything_ends(cast: Any, filed_to: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    root = Filing.objects.get(number=filed_to("signed"))
    monkeypatch.setattr(ending_run, "canary", lambda foreseen, selected, examined, day: canary(0, 6 * selected, examined, day))
    run = run_endings(dry_run=False, by=PLATFORM, at=at_expiry(root, cast))
    root.refresh_from_db()
    assert "超过上限5件" in run.stopped_because
    assert (root.state, [row.outcome for row in run.rows.all()]) == (State.ACCEPTED, [EndingRow.Outcome.LISTED])
