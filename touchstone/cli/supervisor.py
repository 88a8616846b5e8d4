"""进程看护: how do page server and job worker stay up together and end together?

The record of what runs is a file in the state folder, so that `stop` and a second start know exactly what this
clone started, and nothing else is ever ended.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import click
import psutil

from touchstone.installation.place import ROOT, state_dir

END_WITHIN = 12  # seconds a process gets to finish what it is doing
CRASHES_ALLOWED = 5
CRASH_WINDOW = 60  # seconds
LOOK_EVERY = 2  # seconds


@dataclass
class Child:
    """A process to keep running: `label` is what a person reads."""

    label: str
    log: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    crashes: deque[float] = field(default_factory=lambda: deque(maxlen=CRASHES_ALLOWED))


def record_file() -> Path:
    """Give the file that says what this clone has started."""
    return state_dir() / "run" / "services.json"


def free_port(host: str, wanted: int) -> int:
    """Give `wanted`, or the next port nobody listens on.

    :raises click.ClickException: when none of the next hundred is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, wanted + 100):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return port
            except OSError:
                continue
    raise click.ClickException(f"{host} 上从 {wanted} 起的一百个端口都被占用, 请用 --port 另选一个。")


def web_server(host: str, port: int, workers: int) -> Child:
    """Describe the page server: granian with static files from its own mount."""
    static = ROOT / ".setup" / "static"
    static.mkdir(parents=True, exist_ok=True)
    options = ["--host", host, "--port", str(port), "--workers", str(workers), "--interface", "wsgi", "--no-ws"]
    options += ["--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "warning"]
    options += ["--static-path-mount", str(static), "--static-path-expires", "600"]
    return Child("页面服务", "web.log", [sys.executable, "-m", "granian", *options, "touchstone.wsgi:application"])


def job_worker() -> Child:
    """Describe the job worker."""
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--shutdown-graceful-timeout", "8"]
    return Child("后台任务", "worker.log", command)


def log_sequencer() -> Child:
    """Describe the one process that puts public entries in order."""
    return Child("公开日志", "sequencer.log", [sys.executable, "-m", "touchstone.cli", "log", "sequence"])


def log_witness(port: int, state: Path) -> Child:
    """Describe the witness of a demo, set up already."""
    command = [sys.executable, "-m", "touchstone.cli", "log", "witness", "--state", str(state), "--port", str(port)]
    return Child("日志见证人", "witness.log", command)


def identity_simulation(port: int, client: str, secret: str) -> Child:
    """Describe the simulated identity provider of a demo."""
    command = [sys.executable, "-m", "touchstone.simulation.identity_provider", str(port), client, secret]
    return Child("随申办登录模拟", "identity.log", command)


def payment_simulation(port: int, secret: str) -> Child:
    """Describe the simulated payment provider of a demo."""
    return Child("支付机构模拟", "payment.log", [sys.executable, "-m", "touchstone.simulation.payment_gateway", str(port), secret])


def register_simulation(register: str, label: str, port: int, client: str) -> Child:
    """Describe one simulated outside register of a demo; its secret comes with the environment, as the platform's does."""
    command = [sys.executable, "-m", "touchstone.simulation.outside_register", register, str(port), client]
    return Child(f"{label}模拟", f"register-{register}.log", command)


def national_query_simulation(port: int, client: str) -> Child:
    """Describe the simulated national query of a demo; its secret comes with the environment, as the platform's does."""
    return Child("全国联网查询模拟", "national-query.log", [sys.executable, "-m", "touchstone.simulation.national_query", str(port), client])


def camera_simulation(address: str) -> Child:
    """Describe the simulated cameras of a demo; which they are, and their keys, come with the environment."""
    return Child("考场摄像头模拟", "cameras.log", [sys.executable, "-m", "touchstone.simulation.camera_feed", address])


class Supervisor:
    """Keeps children running until told to end."""

    def __init__(self, children: list[Child], environment: dict[str, str], address: str, database: Callable[[], bool] = lambda: True) -> None:
        """`database` says whether the database answers, having started it again where that is ours to do."""
        self.children = children
        self.database = database
        self.away = False
        self.looked_at = 0.0
        self.environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "touchstone.settings", **environment}
        self.address = address
        self.ending = False
        self.logs = state_dir() / "logs"
        self.logs.mkdir(parents=True, exist_ok=True, mode=0o700)

    def start(self) -> None:
        """Start every child; from here on Ctrl-C and TERM end them."""
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        for child in self.children:
            self._launch(child)

    def wait_until_answering(self, path: str, patience: float = 180) -> None:
        """Return when the page at `path` answers.

        :raises click.ClickException: when it does not within `patience` seconds, with the end of the log.
        """
        from http.client import HTTPConnection, HTTPException
        from urllib.parse import urlsplit

        parts = urlsplit(self.address)
        end, words = monotonic() + patience, "没有应答"
        while monotonic() < end and not self.ending:
            self._revive()
            try:
                connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=10)
                connection.request("GET", path)
                status = connection.getresponse().status
                connection.close()
                if status < 400:
                    return
                words = f"页面应答 {status}"
                if status >= 500:
                    break
            except (OSError, HTTPException):
                pass
            sleep(0.1)
        if not self.ending:
            raise click.ClickException(f"页面服务没有正常启动({words})。日志末尾:\n{self._last_words('web.log')}")

    def watch(self) -> None:
        """Restart what crashes, with a message, until told to end. While the database is away nothing is restarted, and nothing given up."""
        while not self.ending:
            if monotonic() - self.looked_at > LOOK_EVERY:
                self._look_at_database()
            if not self.away:
                self._revive()
            sleep(0.2)

    def _look_at_database(self) -> None:
        before, self.away, self.looked_at = self.away, not self.database(), monotonic()
        if self.away and not before:
            click.echo("数据库没有应答。页面会请使用的人稍候并自动重试; 数据库恢复后自动继续, 不需要重启。")
        elif before and not self.away:
            click.echo("数据库已恢复。")

    def end(self) -> None:
        """End the children: ask first, then insist."""
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        end = monotonic() + END_WITHIN
        for process in running:
            try:
                process.wait(max(0.1, end - monotonic()))
            except subprocess.TimeoutExpired:
                end_tree(psutil.Process(process.pid))
        record_file().unlink(missing_ok=True)

    def _end(self, *_: object) -> None:
        self.ending = True

    def _launch(self, child: Child) -> None:
        log = (self.logs / child.log).open("ab")
        # A session of its own: Ctrl-C reaches only us, and we end the children in order.
        child.process = subprocess.Popen(
            child.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        processes = [os.getpid(), *(one.process.pid for one in self.children if one.process)]
        write_record(self.address, processes)

    def _revive(self) -> None:
        for child in self.children:
            if self.ending or child.process is None or child.process.poll() is None:
                continue
            self._look_at_database()
            if self.away:
                return  # that is why it ended: started now, it would end again
            child.crashes.append(monotonic())
            if len(child.crashes) == CRASHES_ALLOWED and child.crashes[-1] - child.crashes[0] < CRASH_WINDOW:
                raise click.ClickException(f"{child.label}一分钟内停了 {CRASHES_ALLOWED} 次, 不再重启。日志末尾:\n{self._last_words(child.log)}")
            click.echo(f"{child.label}意外停止(代码 {child.process.returncode}), 正在重启。日志: {self.logs / child.log}")
            self._launch(child)

    def _last_words(self, log: str) -> str:
        path = self.logs / log
        return path.read_text(encoding="utf-8", errors="replace")[-3000:] if path.exists() else "(空)"


def write_record(address: str, pids: list[int]) -> None:
    """Write down what runs; the start time tells a process from a later one with the same number."""
    processes = []
    for pid in pids:
        try:
            processes.append({"pid": pid, "started": psutil.Process(pid).create_time()})
        except psutil.NoSuchProcess:
            continue
    file = record_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps({"address": address, "processes": processes}), encoding="utf-8")
    draft.replace(file)


@dataclass(frozen=True)
class Running:
    """What is left alive of the last start: the supervisor, unless it was killed, and its children."""

    address: str
    supervisor: psutil.Process | None
    children: list[psutil.Process]


def running_services() -> Running:
    """Read the record and give those of its processes that still live."""
    try:
        record = json.loads(record_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Running("", None, [])
    supervisor, *children = [_alive(entry["pid"], entry["started"]) for entry in record["processes"]]
    return Running(record["address"], supervisor, [child for child in children if child])


def _alive(pid: int, started: float) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - started) < 1 and process.status() != psutil.STATUS_ZOMBIE
        return process if same else None
    except psutil.NoSuchProcess:
        return None


def stop_services() -> bool:
    """End what this clone started; say whether there was anything. The supervisor first: it ends its children."""
    running = running_services()
    family = [process for process in (running.supervisor, *running.children) if process]
    for process in family:
        try:
            process.terminate()
            process.wait(END_WITHIN + 5)
        except psutil.NoSuchProcess:
            continue
        except psutil.TimeoutExpired:
            end_tree(process)
    record_file().unlink(missing_ok=True)
    return bool(family)


def end_tree(process: psutil.Process) -> None:
    """Kill a process and everything it started."""
    try:
        family = [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=5)
