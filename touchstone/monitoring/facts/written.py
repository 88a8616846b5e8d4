"""比对数据: which files are written out for comparison, month by month, all of them or those in which something changed?

A month is read by a cursor on the server and written as it comes, so that a million rows need no more memory than a few thousand.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from touchstone.certificates import queries as certificates
from touchstone.exams.queries import compared
from touchstone.experts.queries import dispatch
from touchstone.lake import TABLES, months_holding, months_of, publish
from touchstone.monitoring.facts.lines import SOURCES, Changed


@dataclass(frozen=True)
class Part:
    """One file to be written: a table, and the first day of its month where it is kept by month."""

    table: str
    month: date | None = None

    @property
    def label(self) -> str:
        """The month as the file's name has it."""
        return f"{self.month:%Y-%m}" if self.month else ""


def folder() -> Path:
    """This function will give the folder of this database's tables."""
    return Path(settings.STATE_DIR) / "lake" / str(connection.settings_dict["NAME"])


def parts_to_write(changed: Changed | None = None) -> list[Part]:
    """This function will give the files to be written: all of them, those of months that have rows no longer among them; or, of the tables kept by
    month, only the months in which something changed."""
    months = {"certificates": certificates.months_issued(), "assignments": dispatch.months_dispatched(), **compared.months_compared()}
    parts = [Part(name) for name, table in TABLES.items() if not table.month_of and name in SOURCES]
    if changed is None:
        for name, found in months.items():
            there = {date.fromisoformat(f"{month}-01") for month in months_of(name, folder())}
            parts += [Part(name, month) for month in sorted(there | set(found))]
        return parts
    touched = _months_touched(changed.numbers)
    return parts + [Part(name, month) for name in months for month in sorted(touched.get(name, set()))]


def _months_touched(numbers: frozenset[str]) -> dict[str, set[date]]:
    """The months of every table in which something that was named lies, or lay when it was written last: a sitting moves to another month."""
    plans = compared.plans_around(numbers)
    papers = {_first(one.issued_on) for one in certificates.by_numbers(numbers).values()} | set(certificates.months_of_plans(plans))
    held = compared.months_of_plans(plans)
    touched = {"certificates": papers, **held, "assignments": set(held["sittings"])}
    for name, months in touched.items():
        months |= {date.fromisoformat(f"{month}-01") for month in months_holding(name, folder(), "plan_number", plans)}
    return touched


def _first(day: date) -> date:
    return day.replace(day=1)


def write_part(part: Part, changed: Changed) -> int:
    """This function will write one file in place of the one that stands there, and count its rows."""
    with transaction.atomic():  # a cursor on the server lives in a transaction
        return publish(part.table, SOURCES[part.table](part.month, changed), folder(), part.label)
