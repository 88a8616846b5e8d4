"""自动终止运行测试: does a run end what has expired once, stop where it should, and leave alone what was undone on appeal?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.filings.expiring import put_down
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.filings import operations
from touchstone.filings.models import EndingRow, EndingRun, Filing
from touchstone.filings.operations import ending_run
from touchstone.filings.operations.ending_approval import approve_run, discard_run, refresh_forecast
from touchstone.filings.operations.ending_run import end_approved, run_endings
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


def test_only_the_platform_runs_and_who_handles_filings_may_list(cast: Any) -> None:
    with pytest.raises(NotAllowed, match="由平台运行"):
        run_endings(dry_run=False, by=cast.wu, at=cast.at)
    assert run_endings(dry_run=True, by=cast.wu, at=cast.at).dry_run
    for stranger in (cast.lin, cast.he):
        with pytest.raises(NotAllowed, match="试运行"):
            run_endings(dry_run=True, by=stranger, at=cast.at)


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


def test_a_stopped_run_goes_on_only_with_what_it_listed(cast: Any) -> None:
    day = cast.at.date() + timedelta(days=30)
    listed = put_down(cast.body_a, until=day, count=7, at=cast.at)
    at = cast.at + timedelta(days=30)
    run = run_endings(dry_run=False, by=PLATFORM, at=at)
    assert run.waits_for_approval
    late = put_down(cast.body_a, until=day, count=1, at=cast.at, first=9)[0]
    next_day = run_endings(dry_run=False, by=PLATFORM, at=at + timedelta(days=1))
    assert {row.filing_id: row.outcome for row in next_day.rows.all()} == {one.pk: "spared" for one in listed} | {late.pk: "ended"}
    with pytest.raises(NotAllowed):
        end_approved(run=run.number, by=PLATFORM, at=at)
    approve_run(run=run.number, reason="已逐件核对", by=cast.han, at=at + timedelta(days=1))
    Filing.objects.filter(pk=listed[0].pk).update(renewal_pending=True, until=day + timedelta(days=400))
    assert end_approved(run=run.number, by=PLATFORM, at=at + timedelta(days=1)) == 7
    assert [row.outcome for row in run.rows.order_by("filing_id")] == ["spared"] + 6 * ["ended"]
    assert not end_approved(run=run.number, by=PLATFORM, at=at + timedelta(days=2))


def test_a_discarded_run_ends_nothing(cast: Any) -> None:
    put_down(cast.body_a, until=cast.at.date(), count=7, at=cast.at)
    run = run_endings(dry_run=False, by=PLATFORM, at=cast.at)
    discard_run(run=run.number, reason="数据有误", by=cast.han, at=cast.at)
    assert {row.outcome for row in run.rows.all()} == {"listed"}
    assert not Filing.objects.filter(state=State.TERMINATED).exists()


def test_who_answers_a_stopped_run(cast: Any) -> None:
    put_down(cast.body_a, until=cast.at.date(), count=7, at=cast.at)
    run = run_endings(dry_run=False, by=PLATFORM, at=cast.at)
    for act in (approve_run, discard_run):
        for who in (cast.wu, cast.xu, cast.lin, PLATFORM):
            with pytest.raises(NotAllowed, match="市职鉴中心的审批负责人"):
                act(run=run.number, reason="x", by=who, at=cast.at)
        with pytest.raises(Refusal, match="须写明"):
            act(run=run.number, reason=" ", by=cast.han, at=cast.at)
        with pytest.raises(Refusal, match="没有编号"):
            act(run="ZX0", reason="x", by=cast.han, at=cast.at)
    run.refresh_from_db()
    assert run.waits_for_approval
    dry = run_endings(dry_run=True, by=cast.han, at=cast.at)
    with pytest.raises(Refusal, match="没有等待核准"):
        approve_run(run=dry.number, reason="x", by=cast.han, at=cast.at)


def test_a_run_is_held_against_what_was_foreseen_the_night_before(cast: Any) -> None:
    """预测以后一夜之间冒出来的到期，超过预计的，运行中止。"""
    day = cast.at.date() + timedelta(days=30)
    refresh_forecast(by=PLATFORM, at=cast.at + timedelta(days=29))
    put_down(cast.body_a, until=day, count=6, at=cast.at)
    run = run_endings(dry_run=False, by=PLATFORM, at=cast.at + timedelta(days=30))
    assert (run.forecast, run.selected) == (0, 6)
    assert "超过上限5件" in run.stopped_because


def test_a_run_broken_off_goes_on(cast: Any) -> None:
    put_down(cast.body_a, until=cast.at.date(), count=2, at=cast.at)
    run = run_endings(dry_run=False, by=PLATFORM, at=cast.at)
    run.rows.update(outcome="listed")
    EndingRun.objects.update(finished_at=None)
    again = run_endings(dry_run=False, by=PLATFORM, at=cast.at)
    assert again == run
    assert again.finished_at
    assert not again.rows.filter(outcome="listed").exists()
