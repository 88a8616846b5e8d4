"""键的清单: is a row one of a few that are found first, where that is only one of several ways to be seen?

"Mine, or about a body of my district" as `column IN (SELECT …)` makes the database read every row. As an array that is read first it is one more
index to look into: `Q(office=…) | among("body", bodies)` finds its rows by both.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet


def among(column: str, keys: QuerySet[Any, Any]) -> Q:
    """This function will give the condition that `column` is one of `keys`, a query of one column."""
    told = Func(F(column), ArraySubquery(keys), template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())
    return Q(told)
