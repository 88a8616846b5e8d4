"""标准结构办理: a workbook is tried, kept as a draft, put forward, approved or returned."""

from touchstone.catalogue.operations.structures.example import example_rows
from touchstone.catalogue.operations.structures.reading import choices, workbook_rows
from touchstone.catalogue.operations.structures.receive import process_structure, receive_structure
from touchstone.catalogue.operations.structures.writing import approve_structure, keep_structure, return_structure, submit_structure

__all__ = [
    "approve_structure",
    "choices",
    "example_rows",
    "keep_structure",
    "process_structure",
    "receive_structure",
    "return_structure",
    "submit_structure",
    "workbook_rows",
]
