"""逐行告知: what is a person told of one row of a workbook that was taken at once?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RowTold:
    """What became of one row."""

    number: int
    title: str
    done: bool
    sentence: str
