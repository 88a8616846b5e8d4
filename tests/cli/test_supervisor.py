"""进程看护测试: is what crashes restarted, what is recorded ended, and nothing else touched?"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import psutil
import pytest

from touchstone.cli import supervisor
from touchstone.cli.supervisor import Child, Supervisor, free_port, record_file, running_services, stop_services, write_record

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
CRASHER = [sys.executable, "-c", "print('没有钥匙', flush=True); raise SystemExit(3)"]


@pytest.fixture(autouse=True)
def own_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep records and logs of the test apart from those of a running demo."""
    monkeypatch.setenv("TOUCHSTONE_STATE", str(tmp_path))


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """Give a process that does nothing."""
    with subprocess.Popen(SLEEPER) as process:
        yield process
        process.kill()


def keep(child: Child) -> Supervisor:
    """Give a supervisor that has started `child`."""
    one = Supervisor([child], {}, "http://127.0.0.1:1")
    one._launch(child)
    return one


def test_a_crashed_process_is_restarted_with_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    child = Child("页面服务", "web.log", SLEEPER)
    one = keep(child)
    try:
        assert child.process
        first = child.process.pid
        child.process.kill()
        child.process.wait()
        one._revive()
        assert child.process.pid != first
        assert "页面服务意外停止" in capsys.readouterr().out
        assert child.process.pid in {process.pid for process in running_services().children}
    finally:
        one.end()
    assert child.process.poll() is not None
    assert not record_file().exists()


def test_a_process_that_keeps_crashing_is_given_up_with_its_last_words() -> None:
    child = Child("后台任务", "worker.log", CRASHER)
    one = keep(child)
    with pytest.raises(click.ClickException, match="没有钥匙"):
        for _ in range(supervisor.CRASHES_ALLOWED):
            assert child.process
            child.process.wait()
            one._revive()
    one.end()


def test_while_the_database_is_away_nothing_is_given_up(capsys: pytest.CaptureFixture[str]) -> None:
    """数据库没有应答时，退出的进程等它恢复再启动，不算崩溃；恢复后自动继续。"""
    answers = False
    child = Child("后台任务", "worker.log", SLEEPER)
    one = Supervisor([child], {}, "http://127.0.0.1:1", lambda: answers)
    one._launch(child)
    assert child.process
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    for _ in range(supervisor.CRASHES_ALLOWED + 1):
        one._revive()
    assert (child.process.pid, len(child.crashes)) == (first, 0)
    answers = True
    one._revive()
    assert child.process.pid != first
    said = capsys.readouterr().out
    assert said.count("数据库没有应答") == 1
    assert "数据库已恢复" in said
    one.end()


def test_stop_ends_what_is_recorded(sleeper: subprocess.Popen[bytes]) -> None:
    write_record("http://127.0.0.1:1", [sleeper.pid])
    assert stop_services()
    assert sleeper.wait(5) is not None
    assert not stop_services()


def test_stop_leaves_a_process_alone_that_only_inherited_the_number(sleeper: subprocess.Popen[bytes]) -> None:
    write_record("http://127.0.0.1:1", [sleeper.pid])
    record = json.loads(record_file().read_text(encoding="utf-8"))
    record["processes"][0]["started"] -= 3600
    record_file().write_text(json.dumps(record), encoding="utf-8")
    assert not stop_services()
    assert psutil.Process(sleeper.pid).is_running()


def test_a_taken_port_gives_the_next_free_one() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) > port
