"""旅程记录: which duties did the journeys of this run carry, and over which pages?

The record is written to `docs/book/journeys.json` only when every journey of the suite was run. It holds no times and
is sorted, so that two runs over the same code write the same bytes.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Response

BOOK = Path(__file__).resolve().parents[2] / "docs" / "book" / "journeys.json"


@dataclass
class Journey:
    """One test through the pages: what it was marked with, where it went, how it ended."""

    name: str
    duties: tuple[str, ...]
    pages: set[str] = field(default_factory=set)
    passed: bool = False

    def note(self, response: Response) -> None:
        """Remember the view behind a page the browser was given.

        Fragments that a page fetches for itself (autosave, findings, progress) come as often as chance has it, so they are left out.
        """
        if response.status < 400 and response.request.resource_type == "document":
            self.note_address(response.url)

    def note_address(self, address: str) -> None:
        """Remember the view that serves `address`."""
        from django.urls import Resolver404, resolve

        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            return  # another site, or a file
        self.pages.add(name)


@dataclass
class Run:
    """What one process saw of the suite: its journeys by node id, those it finished, and whether it was given all of them.

    Tests run in several processes; each sees the whole list and runs a share of it.
    """

    journeys: dict[str, Journey] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    whole: bool = False

    def as_plain(self) -> dict[str, Any]:
        """Give what can be sent to the process that writes the record."""
        told = {key: [one.name, list(one.duties), sorted(one.pages), one.passed] for key, one in self.journeys.items()}
        return {"journeys": told, "finished": sorted(self.finished), "whole": self.whole}

    @staticmethod
    def from_plain(told: dict[str, Any]) -> "Run":
        """Read what `as_plain` gave."""
        journeys = {key: Journey(name, tuple(duties), set(pages), passed) for key, (name, duties, pages, passed) in told["journeys"].items()}
        return Run(journeys, set(told["finished"]), told["whole"])


def write_when_complete(runs: Iterable[Run], path: Path = BOOK) -> bool:
    """Write the record if these processes ran, between them, every journey of the suite; say whether they did."""
    runs = list(runs)
    listed = {key for run in runs for key in run.journeys}
    finished = {key: run.journeys[key] for run in runs for key in run.finished}
    if not listed or set(finished) != listed or not all(run.whole for run in runs):
        return False
    write(finished.values(), path)
    return True


def duties_carried(journeys: Iterable[Journey]) -> dict[str, dict[str, list[str]]]:
    """Give, for every duty that a passed journey is marked with, those journeys and the pages they drove."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for journey in journeys:
        for duty in journey.duties if journey.passed else ():
            names, pages = found.setdefault(duty, (set(), set()))
            names.add(journey.name)
            pages |= journey.pages
    return {duty: {"journeys": sorted(names), "pages": sorted(pages)} for duty, (names, pages) in sorted(found.items())}


def write(journeys: Iterable[Journey], path: Path) -> None:
    """Write the record."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(duties_carried(journeys), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
