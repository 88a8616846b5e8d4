"""判分表达式的值: what are the values that response processing computes with, and when are two of them equal?"""

from dataclasses import dataclass
from decimal import Decimal

from touchstone.measurement.interchange.rich import Malformed
from touchstone.measurement.interchange.scoring import as_number

NUMBERS = frozenset({"integer", "float"})
Single = str | bool | Decimal | tuple[str, str]


@dataclass(frozen=True)
class Value:
    """A value with its base type; `many` is empty for a single value, else "multiple" or "ordered". NULL is None, never a Value."""

    base: str
    items: tuple[Single, ...]
    many: str = ""

    @property
    def one(self) -> Single:
        return self.items[0]


def single(base: str, item: Single) -> Value:
    """This function will give a single value."""
    return Value(base, (item,))


def truth(found: bool) -> Value:
    """This function will give a boolean."""
    return single("boolean", found)


def parsed(base: str, text: str) -> Single:
    """This function will read a literal of a base type. :raises Malformed: when it is none, or the base type cannot be carried."""
    text = text.strip() if base != "string" else text
    if base in NUMBERS:
        number = as_number(text)
        if number is not None and (base == "float" or number == number.to_integral_value()):
            return number
    elif base == "boolean" and text in ("true", "false", "1", "0"):
        return text in ("true", "1")
    elif base in ("pair", "directedPair") and len(text.split()) == 2:
        left, right = text.split()
        return (left, right)
    elif base in ("identifier", "string", "uri", "intOrIdentifier"):
        return text
    raise Malformed(f"判分表达式里的值“{text[:30]}”不是{base or '（没有写明类型）'}。")


def equal_items(base: str, one: Single, other: Single) -> bool:
    """This function will compare two items; a pair is the same either way round, unless directed."""
    if base == "pair" and isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other


def equal_values(one: Value, other: Value) -> bool:
    """This function will compare two values: containers without order item by item, whatever the order."""
    left, right = list(one.items), list(other.items)
    if len(left) != len(right):
        return False
    if one.many != "multiple":
        return all(equal_items(one.base, a, b) for a, b in zip(left, right, strict=True))
    for item in left:
        at = next((place for place, candidate in enumerate(right) if equal_items(one.base, item, candidate)), None)
        if at is None:
            return False
        del right[at]
    return True
