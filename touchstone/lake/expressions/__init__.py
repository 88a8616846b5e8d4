"""表达式: by which expression is each comparison rule carried out?"""

from touchstone.lake.expressions import one_row, people, register, site
from touchstone.lake.expressions.registry import EXPRESSIONS, Expression

__all__ = ["EXPRESSIONS", "Expression", "one_row", "people", "register", "site"]
