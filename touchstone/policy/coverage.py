"""义务覆盖: which sentences of the notice are carried by rules and pages that a passed journey has driven?

A duty is covered when its rules exist and one run's passed journeys, marked with it, drove all its pages. Nobody can
write it down as covered: only the record of that run counts.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from touchstone.policy import reading
from touchstone.policy.duties import ROWS, Duty

Record = Mapping[str, Mapping[str, list[str]]]
"""Duty key → the journeys that passed and the pages they drove."""


@dataclass(frozen=True)
class RowCoverage:
    """One row: whether all of it works, which duties do (`part`) and which do not (`missing`)."""

    row: str
    clause: str
    working: bool
    part: tuple[str, ...]
    missing: tuple[str, ...]
    rules: tuple[str, ...]
    pages: tuple[str, ...]
    tests: tuple[str, ...]

    def as_record(self) -> dict[str, Any]:
        """This method will give the row as plain data."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def read_record(path: Path) -> Record:
    """This function will read the record of the last run of all journeys; where there is none, nothing is covered.

    :raises ValueError: when the file is not such a record.
    """
    if not path.exists():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or not all(isinstance(entry, dict) for entry in found.values()):
        raise ValueError(f"{path.name} 不是旅程记录")
    return found


def is_covered(duty: Duty, record: Record, rules: frozenset[str]) -> bool:
    """This function will say whether one duty is carried."""
    entry = record.get(duty.key, {})
    driven = set(entry.get("pages", []))
    return bool(duty.pages and entry.get("journeys")) and set(duty.pages) <= driven and set(duty.rules) <= rules


def cover(record: Record) -> tuple[RowCoverage, ...]:
    """This function will judge every row, A1 to G2, in order."""
    rules = frozenset(one.key for one in reading.rules())
    found = []
    for row in ROWS:
        covered = [duty for duty in row.duties if is_covered(duty, record, rules)]
        missing = [duty for duty in row.duties if duty not in covered]
        tests = {name for duty in covered for name in record[duty.key].get("journeys", [])}
        found.append(
            RowCoverage(
                row.key,
                row.clause,
                not missing,
                tuple(f"{duty.key} {duty.sentence}" for duty in covered),
                tuple(f"{duty.key} {duty.sentence}" for duty in missing),
                tuple(dict.fromkeys(key for duty in row.duties for key in duty.rules if key in rules)),
                tuple(dict.fromkeys(page for duty in covered for page in duty.pages)),
                tuple(sorted(tests)),
            )
        )
    return tuple(found)
