"""法: which document says what, and since when?

A `Document` is in force from a day on (and perhaps until another). A `Clause` is a place in it. A `Dated` holds the
values one thing has had over time, each laid down by a clause. A `Refusal` is a no that says why, by which clause,
and what to do next.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Document:
    """A document that lays down rules (依据).

    `rank` orders documents that speak on the same day: the higher wins. `platform_default` marks our own defaults, which
    stand where no document says anything.
    """

    key: str
    title: str
    in_force_from: date
    rank: int
    number: str = ""
    short: str = ""
    repealed_on: date | None = None
    platform_default: bool = False

    def clause(self, label: str) -> "Clause":
        """This method will name a place in the document, such as `三(一)1`."""
        return Clause(self, label)

    def in_force_on(self, day: date) -> bool:
        """This method will say whether the document rules on `day`."""
        return self.in_force_from <= day and (self.repealed_on is None or day < self.repealed_on)


@dataclass(frozen=True)
class Clause:
    """A place in a document (条款)."""

    document: Document
    label: str

    def __str__(self) -> str:
        return f"{self.document.title} {self.label}".strip()

    @property
    def short(self) -> str:
        """The clause as people in the field cite it: `通知 三(一)1`."""
        return f"{self.document.short or self.document.title} {self.label}".strip()


class NotInForce(LookupError):
    """Nothing had yet been laid down on the day asked for."""


@dataclass(frozen=True)
class Value(Generic[T]):
    """A value in force since a day (inclusive), by a clause; `None` as value means: no longer anything."""

    since: date
    value: T
    clause: Clause


LaterValues = Callable[[str], Sequence[Value[Any]]]
_named: list["Dated[Any]"] = []
_later: list[LaterValues] = []


def read_later_values_from(source: LaterValues | None) -> None:
    """This function will name the place where an office's later versions of changeable values are kept, by key.

    The app that keeps them calls it once at start; `None` forgets it. A version of the same day replaces ours.
    """
    _later[:] = [] if source is None else [source]


class Dated(Generic[T]):
    """What one thing has been over time: a number, a set of conditions, a whole route.

    `key` makes it addressable in the policy book; `changeable` says that an office may add later versions on the
    parameter page (only for what the law leaves open).
    """

    def __init__(self, meaning: str, *values: Value[T], key: str = "", unit: str = "", changeable: bool = False) -> None:
        days = [value.since for value in values]
        if not values or days != sorted(set(days)):
            raise ValueError(f"{meaning}: values must be given in order of their first day, each day once")
        self.meaning, self.values, self.key, self.unit, self.changeable = meaning, values, key, unit, changeable
        if key:
            _named.append(self)

    def versions(self) -> tuple[Value[T], ...]:
        """This method will give every version in order of its first day, the office's own later ones included."""
        if not (_later and self.changeable and self.key):
            return self.values
        by_day = {value.since: value for value in (*self.values, *_later[0](self.key))}
        return tuple(by_day[day] for day in sorted(by_day))

    def on(self, day: date) -> Value[T]:
        """This method will give the value in force on `day`.

        :raises NotInForce: when the first value began later.
        """
        for value in reversed(self.versions()):
            if value.since <= day:
                return value
        raise NotInForce(f"{self.meaning}: {day} 时尚无规定, 最早自 {self.values[0].since} 起")

    def is_default_on(self, day: date) -> bool:
        """This method will say whether what rules on `day` is our default, for want of a source."""
        return self.on(day).clause.document.platform_default

    def __iter__(self) -> Iterator[Value[T]]:
        return iter(self.values)


def named_values() -> tuple[Dated[Any], ...]:
    """This function will give every keyed `Dated` loaded so far, in order of key."""
    return tuple(sorted(_named, key=lambda dated: dated.key))


@dataclass
class Refusal(Exception):
    """A no: a full sentence, the clause it rests on, and what to do next."""

    sentence: str
    clause: Clause | None = None
    next_step: str = ""
    details: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        super().__init__(self.sentence)

    def __str__(self) -> str:
        parts = [self.sentence]
        if self.clause is not None:
            parts.append(f"（依据：{self.clause}）")
        if self.next_step:
            parts.append(self.next_step)
        return "".join(parts)
