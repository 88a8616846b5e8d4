"""可能的结论: which outcomes can a rule find, to judge by its own text and that of the functions it calls?"""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from touchstone.kernel.rules import Outcome
from touchstone.policy import reading

BY_NAME = {"met": Outcome.MET, "unmet": Outcome.UNMET, "unproven": Outcome.UNPROVEN}


def can_find(key: str) -> set[Outcome]:
    """Give the outcomes that the rule's text mentions."""
    rule = next(one for one in reading.rules() if one.key == key)
    return _mentioned(reading.function_of(rule), set())


def _mentioned(function: Callable[..., Any], seen: set[str]) -> set[Outcome]:
    place = f"{function.__module__}.{function.__qualname__}"
    if place in seen:
        return set()
    seen.add(place)
    found: set[Outcome] = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        name = node.id if isinstance(node, ast.Name) else ""
        called = function.__globals__.get(name)
        if name in BY_NAME:
            found.add(BY_NAME[name])
        elif inspect.isfunction(called) and called.__module__.startswith("touchstone.policy."):
            found |= _mentioned(inspect.unwrap(called), seen)
    return found
