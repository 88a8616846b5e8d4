"""外部登记模拟进程: the simulated registers as processes of their own, for tests."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.jobs.beside import CLIENT, SECRET, address_of, begun, ended, heard_at, settings_of, tell
from touchstone.jobs.adapters.outside import Line
from touchstone.policy.eligibility.outside import Register


@dataclass
class Process:
    """A running register."""

    register: Register
    url: str

    @property
    def control(self) -> str:
        """Where it is told what to do."""
        return self.url.rsplit("/", 1)[0] + "/control"

    def line(self, **changes: Any) -> Line:
        """Give the line to it, as an installation would have it but for `changes`."""
        return Line(**{"address": self.url, "client": CLIENT, "secret": SECRET, **changes})

    def does(self, records: dict[str, Any] | None = None, **wrong: Any) -> None:
        """Change what it does and knows from now on."""
        tell(self.control, {"wrong": wrong, "forget": True, **({"records": records} if records is not None else {})})

    def heard(self) -> dict[str, Any]:
        """Give what it was asked since it was last changed: how often by reference, and the fields of the last question."""
        return heard_at(self.control)


@contextmanager
def running(*registers: Register) -> Iterator[dict[Register, Process]]:
    """Run registers, each in a process of its own, and end them afterwards."""
    processes: list[subprocess.Popen[str]] = []
    try:
        for register in registers:
            processes.append(begun("outside_register", register.value, secret=f"TOUCHSTONE_OUTSIDE_{register.name}_SECRET"))
        yield {register: Process(register, address_of(process)) for register, process in zip(registers, processes, strict=True)}
    finally:
        ended(*processes)


def connected(processes: dict[Register, Process]) -> dict[str, str]:
    """Give the settings of an installation that is connected to these."""
    return {name: value for one in processes.values() for name, value in settings_of(f"OUTSIDE_{one.register.name}", one.url).items()}
