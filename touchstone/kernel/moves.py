"""迁移: from which state to which, by whose hand?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from touchstone.kernel.law import Clause, Refusal

S = TypeVar("S", bound=StrEnum)


class Side(StrEnum):
    """Whose turn it is."""

    BODY = "body"
    AUTHORITY = "authority"
    CANDIDATE = "candidate"
    CLOCK = "clock"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        return {"body": "评价机构", "authority": "主管部门", "candidate": "考生", "clock": "期限届满", "nobody": "无"}[self.value]


class MoveRefused(Refusal):
    """The thing is not in a state from which this can be done."""


@dataclass(frozen=True)
class Move(Generic[S]):
    """One verb: the states it may start from, the state it leads to, the roles that may do it."""

    verb: str
    sources: frozenset[S]
    target: S
    by: frozenset[StrEnum]
    title: str = ""
    clause: Clause | None = None


def move(verb: str, sources: Iterable[S], target: S, *, by: StrEnum | Iterable[StrEnum], title: str = "", clause: Clause | None = None) -> Move[S]:
    """This function will write one line of a table of moves."""
    roles = frozenset([by]) if isinstance(by, StrEnum) else frozenset(by)
    return Move(verb, frozenset(sources), target, roles, title or verb, clause)


class Moves(Generic[S]):
    """A table of moves; one verb may have several lines, told apart by their sources."""

    def __init__(self, *lines: Move[S]) -> None:
        self.lines = lines

    def __iter__(self) -> Iterator[Move[S]]:
        return iter(self.lines)

    def check(self, verb: str, state: S) -> S:
        """This method will give the state that `verb` leads to from `state`.

        :raises MoveRefused: with a sentence naming the present state and those from which it could be done.
        :raises KeyError: when no line has this verb.
        """
        known = [line for line in self.lines if line.verb == verb]
        if not known:
            raise KeyError(verb)
        for line in known:
            if state in line.sources:
                return line.target
        allowed = "、".join(dict.fromkeys(_label(s) for line in known for s in sorted(line.sources)))
        raise MoveRefused(
            f"当前为“{_label(state)}”，不能{known[0].title}。",
            known[0].clause,
            f"只有在“{allowed}”时才可以{known[0].title}，请先查看流转记录了解当前由谁办理。",
        )

    def roles(self, verb: str) -> frozenset[StrEnum]:
        """This method will give the roles that may do `verb`."""
        return frozenset(role for line in self.lines if line.verb == verb for role in line.by)

    def open_from(self, state: S) -> tuple[Move[S], ...]:
        """This method will give the moves that lead out of `state`."""
        return tuple(line for line in self.lines if state in line.sources)


def _label(state: StrEnum) -> str:
    return str(getattr(state, "label", state.value))
