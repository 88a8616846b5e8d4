"""迁移公用: is a table of moves what was written out by hand, and is every other move refused with a whole sentence?

A table is written in the words people read, one move a line (state, act, state), or, where it also says who may, by verb.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from touchstone.kernel.moves import MoveRefused, Moves

S = TypeVar("S", bound=StrEnum)


def moves_are_as_worded(moves: Moves[S], states: type[S], text: str) -> None:
    """Hold the moves against lines of state, act, state, and try every act from every state."""
    written = {tuple(line.split()) for line in text.strip().splitlines()}
    found = {(_label(source), line.title, _label(line.target)) for line in moves for source in line.sources}
    assert found == written, f"没有写在表中：{sorted(found - written)}；表中多出：{sorted(written - found)}"
    named = {_label(state): state for state in states}
    acts = {(line.verb, line.title) for line in moves}
    _every_act_from_every_state(
        moves, states, {(verb, named[source]): named[target] for source, act, target in written for verb, title in acts if title == act}
    )


def moves_are_as_written(moves: Moves[S], states: type[S], table: Mapping[str, tuple[set[S], S, set[str]]]) -> None:
    """Hold the moves against a table by verb (from which states, to which, by whom), and try every act from every state."""
    found = {line.verb: {role.value for role in moves.roles(line.verb)} for line in moves}
    written = {verb: roles for verb, (_, _, roles) in table.items()}
    differ = sorted(verb for verb in found.keys() | written.keys() if found.get(verb) != written.get(verb))
    assert not differ, f"与表中的动作或办理人不同：{differ}"
    _every_act_from_every_state(moves, states, {(verb, source): target for verb, (sources, target, _) in table.items() for source in sources})


def _every_act_from_every_state(moves: Moves[S], states: type[S], allowed: Mapping[tuple[str, S], S]) -> None:
    wrong = []
    for verb in dict.fromkeys(line.verb for line in moves):
        for state in states:
            try:
                found: S | None = moves.check(verb, state)
            except MoveRefused as refusal:
                found = None
                if _label(state) not in refusal.sentence or refusal.clause is None or not refusal.next_step:
                    wrong.append(f"{verb}，“{_label(state)}”：拒绝的话不完整：“{refusal}”")
            wanted = allowed.get((verb, state))
            if found != wanted:
                wrong.append(f"{verb}，“{_label(state)}”：应到{wanted or '不了任何状态'}，结果是{found or '被拒绝'}")
    assert not wrong, "\n".join(wrong)


def _label(state: StrEnum) -> str:
    return str(getattr(state, "label", state.value))
