"""表达式求值: what is the value of an expression of response processing?

Semantics are QTI 2.1's: NULL in most operands makes NULL, `and`/`or` keep what is certain, an undefined sum is NULL.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal, DecimalException
from typing import TYPE_CHECKING

from touchstone.measurement.interchange.question import Rule
from touchstone.measurement.interchange.rich import Malformed
from touchstone.measurement.interchange.values import Single, Value, equal_items, equal_values, parsed, single, truth

if TYPE_CHECKING:
    from touchstone.measurement.interchange.rules import Answered

BUILT_IN = frozenset({"numAttempts", "completionStatus"})
Operands = list[Value | None]


@dataclass
class Scope:
    """What an expression may look at: the response variables and the outcomes set so far."""

    answered: "dict[str, Answered]"
    outcomes: dict[str, Value | None] = field(default_factory=dict)

    def variable(self, name: str) -> Value | None:
        if name in self.answered:
            return self.answered[name].given
        if name == "numAttempts":
            return single("integer", Decimal(1))
        if name == "completionStatus":
            return single("identifier", "unknown")
        return self.outcomes.get(name)


def holds(rule: Rule, scope: Scope) -> bool:
    """This function will say whether a condition is true; NULL is not."""
    found = value(rule, scope)
    return found is not None and found.one is True


def value(rule: Rule, scope: Scope) -> Value | None:
    """This function will evaluate an expression that `check_shape` passed."""
    match rule.name:
        case "baseValue":
            return single(rule.get("baseType"), parsed(rule.get("baseType"), rule.text))
        case "variable":
            return scope.variable(rule.get("identifier"))
        case "correct":
            return scope.answered[rule.get("identifier")].correct
        case "mapResponse":
            return single("float", scope.answered[rule.get("identifier")].mapped)
        case "null":
            return None
    operands = [value(child, scope) for child in rule.children]
    try:
        return _OPERATORS[rule.name](rule, operands)
    except DecimalException:
        return None


def check_shape(rule: Rule) -> None:
    """This function will pass a node with as many children as it needs and attributes that can be computed with. :raises Malformed:"""
    least, most = _SHAPES.get(rule.name, (0, 10_000))
    if not least <= len(rule.children) <= most:
        raise Malformed(f"判分表达式“{rule.name}”有{len(rule.children)}个操作数，不成立。")
    if rule.name == "baseValue":
        parsed(rule.get("baseType"), rule.text)
    if rule.name in ("variable", "correct", "mapResponse", "setOutcomeValue") and not rule.get("identifier"):
        raise Malformed(f"判分表达式“{rule.name}”没有写明变量。")
    for name in _NUMERIC_ATTRIBUTES.get(rule.name, ()):
        if not re.fullmatch(r"\d{1,6}", rule.get(name) or ("0" if name != "n" else "")):
            raise Malformed(f"判分表达式“{rule.name}”的{name}不是数。")
    if rule.name == "equal" and rule.get("toleranceMode") not in ("", "exact"):
        _tolerance(rule)


_NUMERIC_ATTRIBUTES = {"index": ("n",), "anyN": ("min", "max"), "equalRounded": ("figures",), "roundTo": ("figures",)}
_SHAPES = {
    **dict.fromkeys(("baseValue", "variable", "correct", "mapResponse", "null", "exitResponse"), (0, 0)),
    **dict.fromkeys(("not", "isNull", "round", "truncate", "integerToFloat", "containerSize", "index", "roundTo"), (1, 1)),
    **dict.fromkeys(
        ("match", "equal", "equalRounded", "stringMatch", "substring", "gt", "gte", "lt", "lte", "subtract", "divide", "integerDivide",
         "integerModulus", "power", "member", "contains", "delete"),
        (2, 2),
    ),
    **dict.fromkeys(("and", "or", "sum", "product", "anyN", "min", "max", "responseIf", "responseElseIf"), (1, 10_000)),
    "setOutcomeValue": (1, 1),
    "responseCondition": (1, 10_000),
}  # fmt: skip


# ---- logic


def _and(rule: Rule, operands: Operands) -> Value | None:
    if any(one is not None and one.one is False for one in operands):
        return truth(False)
    return None if None in operands else truth(True)


def _or(rule: Rule, operands: Operands) -> Value | None:
    if any(one is not None and one.one is True for one in operands):
        return truth(True)
    return None if None in operands else truth(False)


def _any_n(rule: Rule, operands: Operands) -> Value | None:
    low, high = int(rule.get("min") or 0), int(rule.get("max") or len(operands))
    true = sum(one is not None and one.one is True for one in operands)
    unknown = operands.count(None)
    if true > high or true + unknown < low:
        return truth(False)
    return truth(True) if true >= low and true + unknown <= high else None


def _not(rule: Rule, operands: Operands) -> Value | None:
    return None if operands[0] is None else truth(operands[0].one is not True)


def _is_null(rule: Rule, operands: Operands) -> Value | None:
    found = operands[0]
    return truth(found is None or not found.items or found.items == ("",))


# ---- comparison


def _match(rule: Rule, operands: Operands) -> Value | None:
    one, other = operands
    if one is None or other is None:
        return None
    return truth(bool(one.many) == bool(other.many) and equal_values(one, other))


def _numbers(operands: Operands) -> list[Decimal] | None:
    found: list[Decimal] = []
    for one in operands:
        if one is None or not one.items:
            return None
        for item in one.items:
            if not isinstance(item, Decimal):
                return None
            found.append(item)
    return found


def _two(operands: Operands) -> list[Decimal] | None:
    """Two single numbers; NULL for a container with more or fewer."""
    found = _numbers(operands)
    return found if found is not None and len(found) == 2 else None


def _comparing(test: Callable[[Decimal, Decimal], bool]) -> "Callable[[Rule, Operands], Value | None]":
    def compare(rule: Rule, operands: Operands) -> Value | None:
        found = _two(operands)
        return None if found is None else truth(test(found[0], found[1]))

    return compare


def _tolerance(rule: Rule) -> tuple[Decimal, Decimal]:
    mode, words = rule.get("toleranceMode"), rule.get("tolerance").split()
    found = [parsed("float", word) for word in words]
    if mode not in ("absolute", "relative") or len(found) not in (1, 2):
        raise Malformed("判分表达式“equal”的误差范围读不懂。")
    first, last = found[0], found[-1]
    if not isinstance(first, Decimal) or not isinstance(last, Decimal) or min(first, last) < 0:
        raise Malformed("判分表达式“equal”的误差范围读不懂。")
    return first, last


def _equal(rule: Rule, operands: Operands) -> Value | None:
    found = _two(operands)
    if found is None:
        return None
    expected, given = found
    if rule.get("toleranceMode") in ("", "exact"):
        return truth(expected == given)
    below, above = _tolerance(rule)
    if rule.get("toleranceMode") == "relative":
        low, high = sorted((expected * (1 - below / 100), expected * (1 + above / 100)))
    else:
        low, high = expected - below, expected + above
    at_low = given >= low if rule.get("includeLowerBound") != "false" else given > low
    at_high = given <= high if rule.get("includeUpperBound") != "false" else given < high
    return truth(at_low and at_high)


def _rounded(number: Decimal, mode: str, figures: int) -> Decimal:
    if mode == "significantFigures" and number:
        return number.quantize(Decimal(1).scaleb(number.adjusted() - figures + 1), ROUND_HALF_UP)
    return number.quantize(Decimal(1).scaleb(-figures), ROUND_HALF_UP)


def _mode(rule: Rule) -> tuple[str, int]:
    return rule.get("roundingMode") or "significantFigures", int(rule.get("figures") or 3)


def _equal_rounded(rule: Rule, operands: Operands) -> Value | None:
    found = _two(operands)
    return None if found is None else truth(_rounded(found[0], *_mode(rule)) == _rounded(found[1], *_mode(rule)))


def _round_to(rule: Rule, operands: Operands) -> Value | None:
    found = _numbers(operands)
    return None if found is None else single("float", _rounded(found[0], *_mode(rule)))


def _words(rule: Rule, operands: Operands) -> tuple[str, str] | None:
    one, other = operands
    if one is None or other is None:
        return None
    left, right = str(one.one), str(other.one)
    return (left, right) if rule.get("caseSensitive") != "false" else (left.casefold(), right.casefold())


def _string_match(rule: Rule, operands: Operands) -> Value | None:
    found = _words(rule, operands)
    if found is None:
        return None
    left, right = found
    return truth(right in left if rule.get("substring") == "true" else left == right)


def _substring(rule: Rule, operands: Operands) -> Value | None:
    found = _words(rule, operands)
    return None if found is None else truth(found[0] in found[1])


# ---- numbers


def _folding(start: str, fold: "Callable[[list[Decimal]], Decimal | None]") -> "Callable[[Rule, Operands], Value | None]":
    def compute(rule: Rule, operands: Operands) -> Value | None:
        found = _numbers(operands)
        answer = None if found is None else fold(found)
        if answer is None or not answer.is_finite():
            return None
        whole = start == "integer" or (start == "same" and all(one is not None and one.base == "integer" for one in operands))
        return single("integer" if whole else "float", answer)

    return compute


def _product(numbers: list[Decimal]) -> Decimal:
    answer = Decimal(1)
    for one in numbers:
        answer *= one
    return answer


def _power(numbers: list[Decimal]) -> Decimal | None:
    return None if abs(numbers[1]) > 100 else numbers[0] ** numbers[1]


def _floor_divided(numbers: list[Decimal]) -> Decimal | None:
    return (numbers[0] / numbers[1]).to_integral_value(ROUND_FLOOR) if numbers[1] else None


def _modulus(numbers: list[Decimal]) -> Decimal | None:
    whole = _floor_divided(numbers)
    return None if whole is None else numbers[0] - whole * numbers[1]


# ---- containers


def _gather(many: str) -> "Callable[[Rule, Operands], Value | None]":
    def gather(rule: Rule, operands: Operands) -> Value | None:
        present = [one for one in operands if one is not None]
        items: tuple[Single, ...] = tuple(item for one in present for item in one.items)
        return Value(present[0].base, items, many) if items else None

    return gather


def _size(rule: Rule, operands: Operands) -> Value | None:
    return single("integer", Decimal(len(operands[0].items) if operands[0] is not None else 0))


def _member(rule: Rule, operands: Operands) -> Value | None:
    one, container = operands
    if one is None or container is None:
        return None
    return truth(any(equal_items(container.base, one.one, item) for item in container.items))


def _contains(rule: Rule, operands: Operands) -> Value | None:
    whole, part = operands
    if whole is None or part is None:
        return None
    if whole.many == "ordered":
        span = len(part.items)
        return truth(any(whole.items[at : at + span] == part.items for at in range(len(whole.items) - span + 1)))
    left = list(whole.items)
    for item in part.items:
        at = next((place for place, candidate in enumerate(left) if equal_items(whole.base, item, candidate)), None)
        if at is None:
            return truth(False)
        del left[at]
    return truth(True)


def _index(rule: Rule, operands: Operands) -> Value | None:
    found, place = operands[0], int(rule.get("n"))
    return single(found.base, found.items[place - 1]) if found is not None and 1 <= place <= len(found.items) else None


def _delete(rule: Rule, operands: Operands) -> Value | None:
    one, container = operands
    if one is None or container is None:
        return None
    kept = tuple(item for item in container.items if not equal_items(container.base, one.one, item))
    return Value(container.base, kept, container.many) if kept else None


_OPERATORS: "dict[str, Callable[[Rule, Operands], Value | None]]" = {
    "and": _and,
    "or": _or,
    "not": _not,
    "anyN": _any_n,
    "isNull": _is_null,
    "match": _match,
    "equal": _equal,
    "equalRounded": _equal_rounded,
    "stringMatch": _string_match,
    "substring": _substring,
    "gt": _comparing(lambda a, b: a > b),
    "gte": _comparing(lambda a, b: a >= b),
    "lt": _comparing(lambda a, b: a < b),
    "lte": _comparing(lambda a, b: a <= b),
    "sum": _folding("same", lambda numbers: sum(numbers, Decimal(0))),
    "product": _folding("same", _product),
    "subtract": _folding("same", lambda numbers: numbers[0] - numbers[1]),
    "divide": _folding("float", lambda numbers: numbers[0] / numbers[1] if numbers[1] else None),
    "integerDivide": _folding("integer", _floor_divided),
    "integerModulus": _folding("integer", _modulus),
    "power": _folding("float", _power),
    "min": _folding("same", min),
    "max": _folding("same", max),
    "round": _folding("integer", lambda numbers: (numbers[0] + Decimal("0.5")).to_integral_value(ROUND_FLOOR)),
    "truncate": _folding("integer", lambda numbers: numbers[0].to_integral_value(ROUND_DOWN)),
    "roundTo": _round_to,
    "integerToFloat": _folding("float", lambda numbers: numbers[0]),
    "multiple": _gather("multiple"),
    "ordered": _gather("ordered"),
    "containerSize": _size,
    "member": _member,
    "contains": _contains,
    "index": _index,
    "delete": _delete,
}
KNOWN = frozenset(_OPERATORS) | {"baseValue", "variable", "correct", "mapResponse", "null"}
