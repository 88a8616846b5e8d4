"""故障: processes are killed in the middle of their work; nothing that was acknowledged is lost, nothing is there twice.

The small version of the campaign; `make campaign` does it in full.
"""

import json
import os
import subprocess
import sys
from typing import Any

import psycopg
import pytest

from bench.campaign.place import TABLES, program
from tests.conftest import migrated_template
from touchstone.installation.embedded import server_uri
from touchstone.installation.place import ROOT, state_dir

pytestmark = pytest.mark.long
TRIALS = {
    "importer": "导入进程被终止",
    "worker": "后台任务进程被终止",
    "web": "页面服务被终止",
    "race": "多人同时办理",
    "sitting": "机考中页面、后台任务、数据库被终止",
    "sequencer": "编入进程被终止",
    "certificate_data": "证书数据导入被终止",  # last: its certificates bring numbers of their own, and the others count on none
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name a dump of the empty tables, from the database that this run's tests are copied from: quicker than every migration once more."""
    if os.environ.get("DATABASE_URL"):
        return {}  # there the tests leave no such database behind
    path, server = tmp_path_factory.mktemp("tables") / "tables.sql", server_uri(state_dir(), "postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7340321)")
        source = server_uri(state_dir(), migrated_template(connection))
        subprocess.run([program("pg_dump"), "--no-owner", "--no-privileges", "--file", str(path), source], check=True)
    return {TABLES: str(path)}


@pytest.fixture(scope="module")
def outcomes(tables: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Run the trials once, in a process, a database server and a data folder of their own."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("TOUCHSTONE_SECRET", "DJANGO", "TOUCHSTONE_TEST"))}
    command = [sys.executable, "-W", "ignore", "-m", "bench.campaign.trial", "--small", *TRIALS]
    run = subprocess.run(command, cwd=ROOT, env=clean | tables, capture_output=True, text=True, timeout=900, check=False)
    said = [json.loads(line) for line in run.stdout.splitlines()]
    assert {line["trial"] for line in said if "outcome" in line} == set(TRIALS), run.stderr[-2000:]
    return {line["trial"]: line["outcome"] for line in said if "outcome" in line}


@pytest.mark.parametrize("trial", TRIALS, ids=TRIALS.values())
def test_nothing_is_lost_or_doubled(outcomes: dict[str, dict[str, Any]], trial: str) -> None:
    """确实终止在办理途中；已告知完成的不丢失、不重复。"""
    found = outcomes[trial]
    assert found["runs"] > 0 and found["acknowledged"] > 0, "试验没有发生在办理途中"
    assert (found["lost"], found["doubled"], found["faults"]) == (0, 0, [])
