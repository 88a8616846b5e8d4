"""逐行结果: what became of one row of something done in bulk?"""

from collections.abc import Sequence
from dataclasses import dataclass

_FEW = 5


@dataclass(frozen=True)
class RowResult:
    """One row: by which ticket or number it is known, whose it is, whether it was done, and the sentence when not."""

    key: str
    name: str = ""
    done: bool = True
    sentence: str = ""


def refused(key: str, name: str, sentence: str) -> RowResult:
    """This function will note a row that was not done, and why."""
    return RowResult(key, name, False, sentence)


def first_of(names: Sequence[str]) -> str:
    """This function will name the first few in a sentence, and say where there are more."""
    return "、".join(names[:_FEW]) + ("等" if len(names) > _FEW else "")


def counted(results: list[RowResult]) -> dict[str, int]:
    """This function will count what was done and what was not."""
    done = sum(1 for one in results if one.done)
    return {"done": done, "refused": len(results) - done}
