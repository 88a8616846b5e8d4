"""故障: processes are killed in the middle of their work; nothing that was acknowledged is lost, nothing is there twice.

The small version of the campaign; `make campaign` does it in full.
"""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from touchstone.installation.place import ROOT

NAMES = ["导入进程被终止", "后台任务进程被终止", "页面服务被终止", "多人同时办理", "机考中页面、后台任务、数据库被终止"]
TRIALS = ("importer", "worker", "web", "race", "sitting")


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, Any]]:
    """Run the trials once, in a process, a database server and a data folder of their own."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("TOUCHSTONE_SECRET", "DJANGO", "TOUCHSTONE_TEST"))}
    command = [sys.executable, "-W", "ignore", "-m", "bench.campaign.trial", "--small", *TRIALS]
    run = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=300, check=False)
    said = [json.loads(line) for line in run.stdout.splitlines()]
    assert {line["trial"] for line in said if "outcome" in line} == set(TRIALS), run.stderr[-2000:]
    return {line["trial"]: line["outcome"] for line in said if "outcome" in line}


@pytest.mark.parametrize("trial", TRIALS, ids=NAMES)
def test_nothing_is_lost_or_doubled(outcomes: dict[str, dict[str, Any]], trial: str) -> None:
    """确实终止在办理途中；已告知完成的不丢失、不重复。"""
    found = outcomes[trial]
    assert found["runs"] > 0 and found["acknowledged"] > 0, "试验没有发生在办理途中"
    assert (found["lost"], found["doubled"], found["faults"]) == (0, 0, [])
