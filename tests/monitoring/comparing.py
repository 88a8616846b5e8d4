"""比对运行公用: a run from its beginning to its end, by a few rules, and what it found."""

import shutil
from collections.abc import Iterable
from datetime import datetime

import pytest

from touchstone.accounts.actor import PLATFORM
from touchstone.jobs.monitoring import carry_through
from touchstone.monitoring.facts import folder
from touchstone.monitoring.models import RuleRun, Run
from touchstone.monitoring.operations import begin_run
from touchstone.monitoring.states import RunKind, RunState
from touchstone.policy.monitoring import RULES, switches

NIGHT = datetime.fromisoformat("2026-06-02T01:30:00+08:00")


def ask_only(monkeypatch: pytest.MonkeyPatch, rules: Iterable[str]) -> None:
    """Begin without tables of another test, and ask a few rules: all seventy take some seconds."""
    wanted = frozenset(rules)
    shutil.rmtree(folder(), ignore_errors=True)
    monkeypatch.setattr(switches, "RULES", tuple(rule for rule in RULES if rule.key in wanted))


def compared(kind: RunKind = RunKind.WHOLE, at: datetime = NIGHT) -> Run:
    """Let a run go from its beginning to its end."""
    number = begin_run(kind=kind, by=PLATFORM, at=at).number
    carry_through(number, lambda: at)
    run = Run.objects.get(number=number)
    assert (run.state, run.fault) == (RunState.DONE, "")
    return run


def found(run: Run) -> dict[str, int]:
    """Give the hits of a run by rule."""
    return dict(RuleRun.objects.filter(run=run, hits__gt=0).values_list("rule", "hits"))
