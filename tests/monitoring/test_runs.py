"""比对运行测试: does a run over the platform's own data find what breaks a rule, and end the same when it was killed on the way?"""

from datetime import datetime
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.exams.stage import Stage
from touchstone.accounts.actor import PLATFORM
from touchstone.jobs.monitoring import carry_through
from touchstone.monitoring.models import Alert, RuleRun, Run
from touchstone.monitoring.operations import begin_run
from touchstone.monitoring.states import RunKind, RunState

NIGHT = datetime.fromisoformat("2026-04-08T01:00:00+08:00")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.STATE_DIR = tmp_path  # type: ignore[attr-defined]


def compared(kind: RunKind = RunKind.WHOLE, at: datetime = NIGHT) -> Run:
    """Let a run go from its beginning to its end."""
    number = begin_run(kind=kind, by=PLATFORM, at=at).number
    carry_through(number, lambda: at)
    return Run.objects.get(number=number)


def test_what_is_in_order_raises_nothing(cast: Cast) -> None:
    """一次从报名到发证都正常的评价，全量比对没有命中。"""
    Stage(cast).all_the_way()
    run = compared()
    print(run.counts, run.seconds, run.fault)
    for line in RuleRun.objects.filter(hits__gt=0):
        print(line.rule, line.hits, line.population)
    for one in Alert.objects.all():
        print(one.rule, one.told)
    assert (run.state, run.fault, run.hits) == (RunState.DONE, "", 0)
