"""手册用语: how does the book write a value, a clause, a table?"""

from collections.abc import Iterable, Mapping, Set
from enum import Enum
from typing import Any

from touchstone.kernel.law import Clause


def shown(value: Any) -> str:
    """This function will write a value of the law in words, the same way every time."""
    if value is None:
        return "不再适用"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "；".join(f"{shown(key)}：{shown(held)}" for key, held in value.items())
    if isinstance(value, Set):
        return "、".join(sorted(shown(one) for one in value))
    if isinstance(value, tuple | list):
        return "、".join(shown(one) for one in value)
    named = (getattr(value, name, None) for name in ("label", "title", "sentence"))
    return str(next((text for text in named if text), value))


def cited(clause: Clause) -> str:
    """This function will cite a clause, saying where it is only our default."""
    return f"**{clause}**" if clause.document.platform_default else str(clause)


def table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """This function will write a table; a bar or line break inside a cell does not break it."""
    names = list(headers)
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    lines += [f"| {' | '.join(_cell(text) for text in row)} |" for row in rows]
    return [*lines, ""]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def page_of(title: str, *blocks: list[str]) -> str:
    """This function will put a page together."""
    lines = [f"# {title}", ""]
    for block in blocks:
        lines += block
    return "\n".join(lines).rstrip("\n") + "\n"
