"""比对规则的要素: what does the law side of a comparison rule say, whatever expression carries it out?

The expression belongs to the engine and is found by the key; a test fails on a key that only one side knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from typing import Any

from touchstone.kernel.law import Clause, Dated


class Severity(StrEnum):
    """How soon somebody must look. A hit raises a question, it decides nothing."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        return {"high": "高", "medium": "中", "low": "低"}[self.value]


class Owner(StrEnum):
    """Whose desk a hit lands on first."""

    BODY = "body"
    DISTRICT = "district"
    CITY_CENTRE = "city_centre"

    @property
    def label(self) -> str:
        return {"body": "评价机构", "district": "属地区人社局", "city_centre": "市职鉴中心"}[self.value]


class AskedOf(StrEnum):
    """Where a rule is asked: of what the platform holds, of a file that somebody hands in, or of both."""

    STORE = "store"
    FILES = "files"
    BOTH = "both"

    @property
    def label(self) -> str:
        return {"store": "平台数据", "files": "上传的文件", "both": "平台数据和文件"}[self.value]


class Population(StrEnum):
    """The rows a rule looks at."""

    CERTIFICATES = "certificates"
    FILES = "files"
    SITTINGS = "sittings"
    ASSIGNMENTS = "assignments"
    CANDIDATES = "candidates"

    @property
    def label(self) -> str:
        return {
            "certificates": "全部证书数据",
            "files": "上传的证书数据文件",
            "sittings": "全部场次和到考记录",
            "assignments": "全部考评派遣",
            "candidates": "全部考生",
        }[self.value]

    @property
    def asked_of(self) -> AskedOf:
        """A file under check holds certificates and nothing else."""
        return {"files": AskedOf.FILES, "certificates": AskedOf.BOTH}.get(self.value, AskedOf.STORE)


Versions = tuple[tuple[date, Any], ...]


@dataclass(frozen=True)
class Asked:
    """A rule as it is asked on a day: plain values only, so that an engine can take it. `numbers` are all versions known on that day."""

    key: str
    sentence: str
    since: date
    until: date | None
    day: date
    numbers: Mapping[str, Versions]


@dataclass(frozen=True)
class ComparisonRule:
    """One rule of comparison. `sentence` is filled with what the expression found, and `{name}` is a column it gives.

    A row counts whose own day lies in [since, until); `version` rises when what counts as a hit changes. `not_held` says, of a rule that is asked of
    files alone, what the platform does not hold that it would need.
    """

    key: str
    title: str
    clause: Clause
    owner: Owner
    population: Population
    severity: Severity
    sentence: str
    since: date = date(2019, 1, 1)
    until: date | None = None
    version: int = 1
    not_held: str = ""
    parameters: Mapping[str, Dated[Any]] = field(default_factory=dict)

    def on(self, day: date) -> Asked:
        """This method will freeze the rule for a comparison on `day`."""
        numbers = {
            name: tuple((value.since, plain(value.value)) for value in dated.versions() if value.since <= day)
            for name, dated in self.parameters.items()
        }
        return Asked(self.key, self.sentence, self.since, self.until, day, numbers)


def plain(value: Any) -> Any:
    """This function will turn a value of the law into plain numbers, texts, tuples and mappings."""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(held) for key, held in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return tuple(plain(one) for one in value)
    return value
