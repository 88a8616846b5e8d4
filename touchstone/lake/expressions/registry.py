"""登记册: under which key is each expression found, and which rows may it look at together?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from touchstone.lake.asking import Question, Seen


@dataclass(frozen=True)
class Expression:
    """How a rule is carried out.

    `tables` are those it reads, each with the column by which its rows belong together: what the rule finds for one value of that column
    rests on the rows of this value alone, in every table. That is why only the values that a change has touched need to be looked
    at again. A table with no column ("") is read whole. `single` rules look at one certificate row at a time and are carried out together.
    """

    tables: Mapping[str, str]
    carry_out: Callable[..., Any]
    single: bool = False


EXPRESSIONS: dict[str, Expression] = {}


def over_rows(key: str) -> Callable[[Callable[[Any, Question], Seen]], Callable[[Any, Question], Seen]]:
    """This function will register a rule over single certificate rows: (row, question) → what is seen."""

    def register(function: Callable[[Any, Question], Seen]) -> Callable[[Any, Question], Seen]:
        EXPRESSIONS[key] = Expression({"certificates": "row_id"}, function, single=True)
        return function

    return register


def over(key: str, **tables: str) -> Callable[[Callable[[Any, Question], Any]], Callable[[Any, Question], Any]]:
    """This function will register a rule over many rows: (tables, question) → hits. `tables` is table=column that keeps rows together."""

    def register(function: Callable[[Any, Question], Any]) -> Callable[[Any, Question], Any]:
        EXPRESSIONS[key] = Expression(tables, function)
        return function

    return register
