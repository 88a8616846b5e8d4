"""表样: which sheet, which columns, which version do we expect?"""

from dataclasses import asdict, dataclass, field
from typing import Any

MARK_SHEET = "模板标记"
OPTION_SHEET = "选项"
RESULT_COLUMN = "核对结果"
PASSED = "通过"


@dataclass(frozen=True)
class Shape:
    """What a workbook must look like to be read. `template` and `version` empty: any workbook with these columns will do."""

    title: str
    sheet: str
    columns: tuple[str, ...]
    template: str = ""
    version: str = ""
    optional_columns: tuple[str, ...] = ()
    max_rows: int = 20_000

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(raw: dict[str, Any]) -> "Shape":
        return Shape(
            **{
                **raw,
                "columns": tuple(raw["columns"]),
                "optional_columns": tuple(raw["optional_columns"]),
            }
        )


@dataclass(frozen=True)
class CellSentence:
    """A sentence about one column of one row: a note of what was put right, or a fault."""

    column: str
    sentence: str


@dataclass(frozen=True)
class Row:
    """One row of the data area. `number` is the row number that the person sees in Excel."""

    number: int
    values: dict[str, str]
    faults: tuple[CellSentence, ...] = ()


@dataclass(frozen=True)
class Head:
    """What is known before the first row: the sheet, the marks of the template and notes about the layout.

    `rows_at_most` counts the rows of the data area with blank ones: the length of a progress bar.
    """

    sheet: str
    marks: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rows_at_most: int = 0
