"""全国联网查询模拟进程: the simulated national query as a process of its own, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.jobs.beside import CLIENT, SECRET, address_of, begun, ended, heard_at, settings_of, tell
from touchstone.jobs.adapters.national_query import Line


@dataclass
class NationalQuery:
    """The running end."""

    url: str

    def line(self, **changes: Any) -> Line:
        """Give the line to it, as an installation would have it but for `changes`."""
        return Line(**{"address": self.url, "client": CLIENT, "secret": SECRET, **changes})

    def does(self, refuse: dict[str, str] | None = None, forget: bool = True, **wrong: Any) -> None:
        """Change what it does from now on."""
        tell(f"{self.url}/control", {"wrong": wrong, "refuse": refuse or {}, "forget": forget})

    def has(self) -> dict[str, Any]:
        """Give how often each parcel came, and which rows it took."""
        return heard_at(f"{self.url}/control")

    def settings(self) -> dict[str, str]:
        """Give the settings of an installation that is connected."""
        return settings_of("NATIONAL_QUERY", self.url)


@contextmanager
def running() -> Iterator[NationalQuery]:
    """Run it, and end it afterwards."""
    process = begun("national_query", secret="TOUCHSTONE_NATIONAL_QUERY_SECRET")
    try:
        yield NationalQuery(address_of(process))
    finally:
        ended(process)
