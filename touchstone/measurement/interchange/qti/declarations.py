"""声明（QTI）: which responses and outcomes does an item declare, what is right, what is it mapped to?"""

from dataclasses import dataclass
from decimal import Decimal

from touchstone.measurement.interchange.delivery import Loss, Refused
from touchstone.measurement.interchange.elements import Element
from touchstone.measurement.interchange.question import Rule, Weight, Weights
from touchstone.measurement.interchange.scoring import as_number

NUMBERS = frozenset({"integer", "float"})


@dataclass(frozen=True)
class Declared:
    """A response variable."""

    identifier: str
    cardinality: str
    base: str
    correct: tuple[str, ...]
    mapping: Weights | None
    line: int

    @property
    def numeric(self) -> bool:
        return self.base in NUMBERS


@dataclass(frozen=True)
class Outcome:
    """An outcome variable with what it begins with."""

    identifier: str
    base: str
    initial: str
    line: int
    by_marker: bool


def responses(item: Element, losses: list[Loss]) -> dict[str, Declared]:
    """This function will give the response variables by name. :raises Refused: for one that cannot be carried."""
    found: dict[str, Declared] = {}
    for one in item.each("responseDeclaration"):
        identifier = one.get("identifier")
        if not identifier or identifier in found:
            raise Refused(one.line, "responseDeclaration", "作答变量没有名称，或名称重复。")
        if one.first("defaultValue") is not None:
            losses.append(Loss(one.line, f"作答变量“{identifier}”的预填答案", "题目不带预填的作答"))
        correct = one.first("correctResponse")
        values = tuple(_value(value, one.get("baseType")) for value in correct.each("value")) if correct is not None else ()
        found[identifier] = Declared(identifier, one.get("cardinality"), one.get("baseType"), values, _mapping(one), one.line)
    return found


def _value(value: Element, base: str) -> str:
    words = value.words().strip()
    return " ".join(words.split()) if base in ("pair", "directedPair") else words


def number(text: str, line: int, what: str) -> Decimal:
    """This function will read a number of the file. :raises Refused: with the line."""
    found = as_number(text)
    if found is None:
        raise Refused(line, what, f"“{text[:20]}”不是数。")
    return found


def _mapping(one: Element) -> Weights | None:
    mapping = one.first("mapping")
    if mapping is None:
        return None
    entries: dict[tuple[str, bool], Weight] = {}
    for entry in mapping.each("mapEntry"):
        key = " ".join(entry.get("mapKey").split()) if one.get("baseType") in ("pair", "directedPair") else entry.get("mapKey").strip()
        exact = entry.get("caseSensitive", "true" if one.get("baseType") != "string" else "false") == "true"
        if (key, exact) in entries:
            raise Refused(entry.line, f"mapEntry“{key[:40]}”", "同一答案写了两次得分，不知以哪一个为准。")
        entries[key, exact] = Weight(key, number(entry.get("mappedValue"), entry.line, "mappedValue"), exact)
    bounds = [number(mapping.get(name), mapping.line, name) if mapping.get(name) else None for name in ("lowerBound", "upperBound")]
    return Weights(tuple(entries.values()), number(mapping.get("defaultValue") or "0", mapping.line, "defaultValue"), bounds[0], bounds[1])


def outcomes(item: Element) -> dict[str, Outcome]:
    """This function will give the outcome variables by name."""
    found: dict[str, Outcome] = {}
    for one in item.each("outcomeDeclaration"):
        default = one.first("defaultValue")
        value = default.first("value") if default is not None else None
        initial = value.words().strip() if value is not None else ""
        by_marker = one.get("externalScored") == "human"
        found[one.get("identifier")] = Outcome(one.get("identifier"), one.get("baseType"), initial, one.line, by_marker)
    return found


def rule(element: Element) -> Rule:
    """This function will copy response processing into an expression tree."""
    kept = tuple(sorted((name, value) for name, value in element.attributes.items() if name not in ("id", "schemaLocation", "base")))
    return Rule(element.name, kept, tuple(rule(child) for child in element.each()), element.words().strip() if element.name == "baseValue" else "")
