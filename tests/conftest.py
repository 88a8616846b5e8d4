"""测试公用: which database and which browser does a test get?

Every run makes a database of its own and drops it at the end (its name is made in `touchstone.settings.test`).
A test that asks for a browser is a journey; where there is no browser, journeys are counted as not run, which under
CI=true is a failure.
"""

import asyncio
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import Any

import psutil
import pytest
from django.template import Template
from hypothesis import HealthCheck, settings

from tests.cast import cast, wide_cast  # noqa: F401
from tests.emptied import empty_tables
from tests.journeys.record import Run, write_when_complete
from touchstone.cli.setup import find_browser
from touchstone.installation.embedded import server_uri
from touchstone.installation.place import ROOT, state_dir
from touchstone.kernel.law import read_later_values_from
from touchstone.notices.messages import tell

# Playwright runs an event loop in the thread of the test; Django would otherwise refuse to query there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A machine that is busy with something else is no fault of the code under test.
settings.register_profile("touchstone", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("touchstone")

BROWSER = find_browser()
NO_BROWSER = "没有浏览器, 旅程未运行(请安装 chromium)"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and skip it with a plain reason where there is none; what takes long comes first."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("journey")
            if BROWSER is None:
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def journeys_not_run(reporter: pytest.TerminalReporter) -> int:
    """Count the journeys skipped for want of a browser."""
    return sum(NO_BROWSER in str(report.longrepr) for report in reporter.stats.get("skipped", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many journeys were not run: a green run without them proves less."""
    if count := journeys_not_run(terminalreporter):
        terminalreporter.write_line(f"浏览器旅程未运行: {count} 个。{NO_BROWSER}。", yellow=True, bold=True)


@pytest.fixture(autouse=True)
def only_our_own_values() -> Iterator[None]:
    """Judge by the values of the code alone: what an office laid down in one test does not stay in the process for the next."""
    read_later_values_from(None)
    yield
    read_later_values_from(None)


handed_in: list[Run] = []  # by the processes that shared this run's tests


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what one of the processes saw of the journeys; one that broke down hands in nothing."""
    if told := getattr(node, "workeroutput", {}).get("journeys"):
        handed_in.append(Run.from_plain(told))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the journeys' record where several processes ran them; under CI a journey that was not run is a failure."""
    if handed_in:
        write_when_complete(handed_in)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and os.environ.get("CI") == "true" and journeys_not_run(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def drop_leftovers(connection: Any) -> None:
    """Drop the databases of runs that were killed; their process is gone, so nobody uses them."""
    for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
        run = re.fullmatch(r"test_touchstone_(\d+)_[0-9a-f]{6}(_gw\d+)?", name)
        if run and not psutil.pid_exists(int(run[1])):
            drop(connection, name)


def drop(connection: Any, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    from psycopg import sql

    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def migrated_template(connection: Any) -> str:
    """Name a database with the tables of today's migrations and packages, made if there is none; those of other days are dropped."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for migration in sorted((ROOT / "touchstone").glob("*/migrations/*.py")):
        digest.update(f"{migration.relative_to(ROOT)}".encode() + migration.read_bytes())
    name = f"template_touchstone_{digest.hexdigest()[:12]}"
    names = {found for (found,) in connection.execute("SELECT datname FROM pg_database").fetchall()}
    if name in names:
        return name
    for old in names:
        if old.startswith("template_touchstone_"):
            drop(connection, old)
    connection.execute(f"CREATE DATABASE {name}_unfinished")
    address = {**os.environ, "DATABASE_URL": server_uri(state_dir(), f"{name}_unfinished"), "DJANGO_SETTINGS_MODULE": "touchstone.settings.test"}
    subprocess.run([sys.executable, "-m", "touchstone.cli.tables"], check=True, env=address, cwd=ROOT)
    connection.execute(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
    return name


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Begin from a database that has its tables already, on the server that is ours alone."""
    if os.environ.get("DATABASE_URL"):
        return  # on a server shared between machines a process number says nothing, and we leave nothing behind
    import psycopg
    from django.conf import settings as project

    with psycopg.connect(server_uri(state_dir(), "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7340321)")  # one process at a time; let go with the connection
        drop_leftovers(connection)
        project.DATABASES["default"]["TEST"]["TEMPLATE"] = migrated_template(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Make commits cheap: a test database need not survive a power cut. At the end show out whoever is still connected, a server's
    thread that has not noticed yet, so that the database can be dropped."""
    from django.db import connection
    from django.test import TransactionTestCase

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone() == ("on",):  # of the embedded server one always is
            TransactionTestCase._fixture_teardown = lambda case: empty_tables()  # type: ignore[attr-defined]
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")


@pytest.fixture(scope="session")
def base_url() -> None:
    """Stand in for pytest-playwright's fixture of this name, whose form pytest deprecates; journeys name full addresses."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Use the machine's own Chromium, quiet and without its sandbox."""
    return {**browser_type_launch_args, "executable_path": BROWSER, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """Be a visitor in Shanghai at an office screen, without motion: nothing waits for a dialog to glide into its place."""
    window = {"width": 1366, "height": 768}
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": window, "reduced_motion": "reduce"}


@pytest.fixture(autouse=True)
def plain_templates(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a browser looks nobody asks what a page was made of, and to note it down takes a sixth of the time."""
    if "browser" in request.fixturenames:
        monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))


@pytest.fixture
def told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let messages be made of lines however fresh; the grace that lets slower commits come first has its own tests."""
    for reader in ("messages", "candidates"):
        monkeypatch.setattr(f"touchstone.jobs.{reader}.tell", partial(tell, grace=timedelta()))


@pytest.fixture
def transactional_db(transactional_db: None) -> None:
    """Begin with an empty queue: its tables are not Django's, and keep what earlier tests lined up when all others are emptied."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def work_off_jobs(transactional_db: None) -> Callable[[], None]:
    """Give a function that runs every waiting job to its end, as the worker would, and fails if one of them fails."""
    return run_waiting_jobs


def run_waiting_jobs() -> None:
    """Run a worker in a thread of its own until the queue is empty."""
    troubles: list[BaseException] = []

    def work() -> None:
        try:
            asyncio.run(drain())
        except BaseException as trouble:  # noqa: BLE001 (handed to the test's thread)
            troubles.append(trouble)

    thread = Thread(target=work, name="worker")
    thread.start()
    thread.join()
    if troubles:
        raise troubles[0]
    from procrastinate.contrib.django.models import ProcrastinateJob

    failed = [f"{job.task_name}({job.args})" for job in ProcrastinateJob.objects.filter(status="failed")]
    assert not failed, f"后台任务失败: {failed}"


async def drain() -> None:
    """Work until nothing waits; jobs run in one thread, whose connections are closed at the end."""
    from django.db import connections
    from procrastinate.contrib.django import app

    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as executor:
        loop.set_default_executor(executor)
        worker = app.with_connector(app.connector.get_worker_connector())
        async with worker.open_async():
            await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        await loop.run_in_executor(executor, connections.close_all)
