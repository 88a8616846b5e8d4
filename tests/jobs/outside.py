"""外部登记模拟进程: the simulated registers as processes of their own, for tests."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from touchstone.jobs.adapters.outside import Line
from touchstone.policy.eligibility.outside import Register

CLIENT, SECRET = "touchstone", "只在测试中使用的密钥"


@dataclass
class Process:
    """A running register."""

    register: Register
    url: str

    def line(self, **changes: Any) -> Line:
        """Give the line to it, as an installation would have it but for `changes`."""
        return Line(**{"address": self.url, "client": CLIENT, "secret": SECRET, **changes})

    def does(self, records: dict[str, Any] | None = None, **wrong: Any) -> None:
        """Change what it does and knows from now on."""
        told = {"wrong": wrong, "forget": True, **({"records": records} if records is not None else {})}
        control = self.url.rsplit("/", 1)[0] + "/control"
        with urllib.request.urlopen(urllib.request.Request(control, json.dumps(told).encode(), method="PUT"), timeout=5):
            pass

    def heard(self) -> dict[str, Any]:
        """Give what it was asked since it was last changed: how often by reference, and the fields of the last question."""
        with urllib.request.urlopen(self.url.rsplit("/", 1)[0] + "/control", timeout=5) as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found


@contextmanager
def running(*registers: Register) -> Iterator[dict[Register, Process]]:
    """Run registers, each in a process of its own, and end them afterwards."""
    begun: list[subprocess.Popen[str]] = []
    found = {}
    try:
        for register in registers:
            secret = {f"TOUCHSTONE_OUTSIDE_{register.name}_SECRET": SECRET}
            command = [sys.executable, "-m", "touchstone.simulation.outside_register", register.value, "0", CLIENT, "control"]
            begun.append(subprocess.Popen(command, env={**os.environ, **secret}, stdout=subprocess.PIPE, text=True))
        for register, process in zip(registers, begun, strict=True):
            assert process.stdout is not None
            found[register] = Process(register, process.stdout.readline().strip())
        yield found
    finally:
        for process in begun:
            process.terminate()
            process.wait(5)
            if process.stdout is not None:
                process.stdout.close()


def connected(processes: dict[Register, Process]) -> dict[str, str]:
    """Give the settings of an installation that is connected to these."""
    return {
        f"TOUCHSTONE_OUTSIDE_{register.name}_{name}": value
        for register, process in processes.items()
        for name, value in (("URL", process.url), ("CLIENT", CLIENT), ("SECRET", SECRET))
    }
