"""全国联网查询模拟进程: the simulated national query as a process of its own, for tests."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from touchstone.jobs.adapters.national_query import Line

CLIENT, SECRET = "touchstone", "只在测试中使用的密钥"


@dataclass
class NationalQuery:
    """The running end."""

    url: str

    def line(self, **changes: Any) -> Line:
        """Give the line to it, as an installation would have it but for `changes`."""
        return Line(**{"address": self.url, "client": CLIENT, "secret": SECRET, **changes})

    def does(self, refuse: dict[str, str] | None = None, forget: bool = True, **wrong: Any) -> None:
        """Change what it does from now on."""
        told = {"wrong": wrong, "refuse": refuse or {}, "forget": forget}
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/control", json.dumps(told).encode(), method="PUT"), timeout=5):
            pass

    def has(self) -> dict[str, Any]:
        """Give how often each parcel came, and which rows it took."""
        with urllib.request.urlopen(f"{self.url}/control", timeout=5) as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    def settings(self) -> dict[str, str]:
        """Give the settings of an installation that is connected."""
        names = {"URL": self.url, "CLIENT": CLIENT, "SECRET": SECRET}
        return {f"TOUCHSTONE_NATIONAL_QUERY_{name}": value for name, value in names.items()}


@contextmanager
def running() -> Iterator[NationalQuery]:
    """Run it, and end it afterwards."""
    command = [sys.executable, "-m", "touchstone.simulation.national_query", "0", CLIENT, "control"]
    environment = {**os.environ, "TOUCHSTONE_NATIONAL_QUERY_SECRET": SECRET}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield NationalQuery(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait(5)
        if process.stdout is not None:
            process.stdout.close()
