"""名册骨架: what does every printed list consist of?"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from touchstone.print.press import press

_TAGGED_ROWS = 500


@dataclass(frozen=True)
class ListColumn:
    """One column: `width` in mm, 0 takes what is left; `kind` name and code are never broken."""

    header: str
    width: float = 0
    kind: str = "text"
    middle: bool = False


@dataclass(frozen=True)
class Seal:
    """Whose seal, and the day printed under it ("" leaves room to write)."""

    name: str
    day: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything around the rows."""

    title: str
    columns: tuple[ListColumn, ...]
    facts: tuple[tuple[str, str], ...] = ()
    subtitle: str = ""
    paragraphs: tuple[str, ...] = ()
    totals: str = ""
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    seal: Seal | None = None
    footer: str = ""
    flipped: bool = False
    size: float = 10
    pad: float = 5


def print_list(sheet: Sheet, rows: Iterable[Sequence[str]]) -> bytes:
    """This function will print a list; every row must have as many texts as there are columns."""
    shown = [list(row) for row in rows]
    if any(len(row) != len(sheet.columns) for row in shown):
        raise ValueError("a row does not fit the columns")
    return press("list.typ", {**asdict(sheet), "rows": shown}, tagged=len(shown) <= _TAGGED_ROWS)
