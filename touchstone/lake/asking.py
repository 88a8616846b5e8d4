"""提问: what does an expression get to know of its rule, and how does it hand back what it found?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Protocol

import ibis

Versions = Sequence[tuple[date, Any]]


class Asked(Protocol):
    """A rule on the day of a comparison, as the law hands it in: plain values only."""

    @property
    def key(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...
    @property
    def day(self) -> date: ...
    @property
    def numbers(self) -> Mapping[str, Versions]: ...


@dataclass(frozen=True)
class Question:
    """What an expression may read of the rule it carries out."""

    asked: Asked

    @property
    def day(self) -> date:
        """The day of the comparison."""
        return self.asked.day

    def number(self, name: str) -> Any:
        """This method will give the value in force on the day of the comparison."""
        return self.asked.numbers[name][-1][1]

    def on(self, name: str, day: Any, pick: str = "") -> Any:
        """This method will give the value in force on each row's own day, as an expression; null before the first one began.

        `pick` takes one place of a value that is a mapping.
        """
        versions = [(since, value[pick] if pick else value) for since, value in self.asked.numbers[name]]
        return ibis.cases(*((day >= ibis.literal(since), ibis.literal(value)) for since, value in reversed(versions)), else_=None)


@dataclass(frozen=True)
class Seen:
    """What a rule over single rows says of a row: when it is a hit, the row's own day, and the columns of its sentence."""

    when: Any
    on: Any
    said: Mapping[str, Any]


def hits(table: Any, *, subject: Any, row: Any, on: Any, **said: Any) -> Any:
    """This function will shape what a rule over many rows found.

    `subject` is what makes a hit the same one tomorrow (a number, a person and a day); `row` the row it concerns, one line per row.
    """
    return table.select(subject=subject.cast("string"), row_id=row, own_day=on, **{f"said_{name}": value for name, value in said.items()})


def told(sentence: str, said: Mapping[str, Any]) -> Any:
    """This function will fill a sentence as an expression, so that the engine writes it for as many rows as there are.

    :raises KeyError: for a name the expression does not give.
    """
    parts: list[Any] = []
    for text, name, _, _ in Formatter().parse(sentence):
        if text:
            parts.append(ibis.literal(text))
        if name:
            value = said[name]
            shown = value if isinstance(value, ibis.expr.types.Value) else ibis.literal(str(value))
            parts.append(ibis.coalesce(shown.cast("string"), ibis.literal("（空）")))
    return parts[0].concat(*parts[1:]) if len(parts) > 1 else parts[0]


def names_in(sentence: str) -> frozenset[str]:
    """This function will give the names a sentence asks for."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)
