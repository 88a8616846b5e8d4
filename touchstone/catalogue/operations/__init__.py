"""职业目录办理: occupations, trades, levels and standards are entered, ended, loaded from a file or from what we ship."""

from touchstone.catalogue.operations.importing import import_occupations, load_tried
from touchstone.catalogue.operations.occupations import (
    carry_renamings,
    end_level,
    end_occupation,
    enter_occupation,
    enter_trade,
    open_levels,
    recode_occupation,
)
from touchstone.catalogue.operations.shipping import load_shipped
from touchstone.catalogue.operations.standards import approve_specification, end_standard, enter_own_specification, enter_standard
from touchstone.catalogue.operations.structures import (
    approve_structure,
    choices,
    example_rows,
    keep_structure,
    process_structure,
    receive_structure,
    return_structure,
    submit_structure,
    workbook_rows,
)

__all__ = [
    "approve_specification",
    "approve_structure",
    "carry_renamings",
    "choices",
    "end_level",
    "end_occupation",
    "end_standard",
    "enter_occupation",
    "enter_own_specification",
    "enter_standard",
    "enter_trade",
    "example_rows",
    "import_occupations",
    "keep_structure",
    "load_shipped",
    "load_tried",
    "open_levels",
    "process_structure",
    "receive_structure",
    "recode_occupation",
    "return_structure",
    "submit_structure",
    "workbook_rows",
]
