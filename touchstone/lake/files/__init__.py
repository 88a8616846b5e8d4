"""文件核对: what is wrong with a file of certificate data, row by row?"""

from touchstone.lake.files.checking import ERRORS, Checked, RuleCount, check
from touchstone.lake.files.columns import COLUMNS, WrongColumns
from touchstone.lake.files.reading import FileUnreadable

__all__ = ["COLUMNS", "ERRORS", "Checked", "FileUnreadable", "RuleCount", "WrongColumns", "check"]
