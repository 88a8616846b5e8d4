"""手册·状态: the page of states and moves, from the tables the apps hand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from touchstone.kernel.moves import Moves, Side
from touchstone.policy.book.words import cited, page_of, shown, table


@dataclass(frozen=True)
class StateTable:
    """One kind of case of an app: its title, whose turn each state is, and its moves."""

    title: str
    waiting_on: Mapping[StrEnum, Side]
    moves: Moves[StrEnum] | None


def page(tables: Mapping[str, Sequence[StateTable]]) -> str:
    """This function will write the page, app by app."""
    blocks: list[list[str]] = []
    for app in sorted(tables):
        for one in tables[app]:
            lines = [f"## {one.title}", ""]
            if one.waiting_on:
                rows = [(f"`{state.value}`", shown(state), side.label) for state, side in one.waiting_on.items()]
                lines += table(("代码", "状态", "轮到"), rows)
            if one.moves is not None:
                lines += table(
                    ("办理", "从", "到", "岗位", "条款"),
                    [
                        (
                            f"{line.title}（`{line.verb}`）",
                            "、".join(shown(state) for state in sorted(line.sources)),
                            shown(line.target),
                            "、".join(shown(role) for role in sorted(line.by)),
                            cited(line.clause) if line.clause else "—",
                        )
                        for line in one.moves
                    ],
                )
            blocks.append(lines)
    return page_of("状态", *blocks)
