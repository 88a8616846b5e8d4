"""按表达式判分: what does a response-processing tree say of a response?

The subset of QTI response processing that can be computed from the response alone: no chance, no clock, no geometry, no outside tables.
`check_rules` refuses the rest by name when the question is read, so a question that was taken can be scored. NULL is None throughout.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from touchstone.measurement.interchange import expressions
from touchstone.measurement.interchange.question import ZERO, Kind, Question, Rule, Slot
from touchstone.measurement.interchange.rich import Malformed
from touchstone.measurement.interchange.scoring import as_number, entries, filled, parts_of, slot_points, weighed
from touchstone.measurement.interchange.soundness import BY_MARKER, BY_PAIRS, DEEPEST_RULE, SINGLE, WITH_BLANKS
from touchstone.measurement.interchange.values import Single, Value, single

RESPONSE = "RESPONSE"
SCORE = "SCORE"
RULES = frozenset({"responseProcessing", "responseCondition", "responseIf", "responseElseIf", "responseElse", "setOutcomeValue", "exitResponse",
                   "responseProcessingFragment"})  # fmt: skip
_STEPS = frozenset({"responseCondition", "setOutcomeValue", "lookupOutcomeValue", "exitResponse", "responseProcessingFragment"})
_BRANCHES = frozenset({"responseIf", "responseElseIf", "responseElse"})


@dataclass(frozen=True)
class Answered:
    """One response variable: what was answered, what is right, and what mapResponse gives for the answer."""

    given: Value | None
    correct: Value | None
    mapped: Decimal


class _Exit(Exception):
    """exitResponse was met."""


def run(question: Question, response: Any) -> Decimal:
    """This function will run the question's rules on a response and give the outcome SCORE. :raises ResponseMalformed: as `score`."""
    if question.rules is None:
        raise Malformed("没有判分表达式。")
    found = outcomes_of(question.rules, question, response).get(SCORE)
    return found.one if found is not None and isinstance(found.one, Decimal) else ZERO


def outcomes_of(rules: Rule, question: Question, response: Any) -> dict[str, Value | None]:
    """This function will run a tree on a response to the question and give every outcome that it set. :raises ResponseMalformed:"""
    return outcomes_over(rules, answered(question, response))


def outcomes_over(rules: Rule, given: dict[str, Answered]) -> dict[str, Value | None]:
    """This function will run a tree over response variables and give every outcome that it set."""
    outcomes: dict[str, Value | None] = {SCORE: single("float", ZERO)}
    scope = expressions.Scope(given, outcomes)
    with contextlib.suppress(_Exit):
        _each(rules.children, scope)
    return outcomes


def check_order(rules: Rule, depth: int = 0) -> None:
    """This function will pass a tree in which every step stands where steps may stand, and every expression where one is needed; what the
    expressions are is not asked. :raises Malformed:"""
    if depth > DEEPEST_RULE:
        raise Malformed("判分表达式嵌套过深。")
    names = [one.name for one in rules.children]
    steps = _STEPS | _BRANCHES
    match rules.name:
        case "responseProcessing" | "responseProcessingFragment" | "responseElse":
            good = _STEPS.issuperset(names)
        case "responseCondition":
            between, last = names[1:-1], names[1:][-1:]
            good = names[:1] == ["responseIf"] and {"responseElseIf"}.issuperset(between) and {"responseElseIf", "responseElse"}.issuperset(last)
        case "responseIf" | "responseElseIf":
            good = names != [] and names[0] not in steps and _STEPS.issuperset(names[1:])
        case "setOutcomeValue" | "lookupOutcomeValue":
            good = len(names) == 1 and names[0] not in steps
        case _:
            good = steps.isdisjoint(names)
    if not good:
        raise Malformed(f"判分表达式“{rules.name[:40]}”里的内容缺少、多余或顺序不对，不成立。")
    for one in rules.children:
        check_order(one, depth + 1)


def check_rules(rules: Rule, variables: frozenset[str]) -> None:
    """This function will pass a tree that can be run over these response variables. :raises Malformed: naming what cannot be carried."""
    check_order(rules)
    outcomes = {SCORE} | {one.get("identifier") for one in _walk(rules) if one.name == "setOutcomeValue"}
    for one in _walk(rules):
        if one.name not in RULES and one.name not in expressions.KNOWN:
            raise Malformed(f"判分表达式用到“{one.name}”，本平台不能照样计算。")
        wanted = one.get("identifier") if one.name in ("variable", "correct", "mapResponse") else ""
        allowed = variables | outcomes | expressions.BUILT_IN if one.name == "variable" else variables
        if wanted and wanted not in allowed:
            raise Malformed(f"判分表达式引用了没有声明的“{wanted[:40]}”。")
        expressions.check_shape(one)


def _walk(rule: Rule) -> "list[Rule]":
    found = [rule]
    for child in rule.children:
        found += _walk(child)
    return found


def _each(rules: tuple[Rule, ...], scope: "expressions.Scope") -> None:
    for one in rules:
        match one.name:
            case "setOutcomeValue":
                scope.outcomes[one.get("identifier")] = expressions.value(one.children[0], scope)
            case "responseCondition":
                for branch in one.children:
                    if branch.name == "responseElse":
                        _each(branch.children, scope)
                        break
                    if expressions.holds(branch.children[0], scope):
                        _each(branch.children[1:], scope)
                        break
            case "exitResponse":
                raise _Exit
            case _:
                _each(one.children, scope)


# ---- what was answered, by variable


def variables(question: Question) -> frozenset[str]:
    """This function will name the response variables that the question's rules may use."""
    return frozenset(answered(question, None))


def answered(question: Question, response: Any) -> dict[str, Answered]:
    """This function will give the response variables: RESPONSE for a question with one answer, the blank's key for each blank, the part's key
    (or its blanks') for each part of a composite question. :raises ResponseMalformed:"""
    if question.kind is Kind.COMPOSITE:
        given: Mapping[str, Any] = parts_of(question, response)
        found: dict[str, Answered] = {}
        for part in question.parts:
            inner = answered(part.question, given.get(part.key))
            found |= inner if RESPONSE not in inner else {part.key: inner[RESPONSE]}
        return found
    if question.kind in WITH_BLANKS and question.kind not in BY_PAIRS:
        texts = filled(question, response)
        return {slot.key: _slot(slot, texts.get(slot.key, "")) for slot in question.slots}
    if question.kind in BY_MARKER:
        words = response if isinstance(response, str) else ""
        return {RESPONSE: Answered(single("string", words) if words else None, None, ZERO)}
    chosen = entries(question, response)
    base, many = _sort(question)
    mapped = weighed(question.weights, chosen)
    return {RESPONSE: Answered(_container(base, many, chosen), _container(base, many, question.key), mapped)}


def _sort(question: Question) -> tuple[str, str]:
    base = "directedPair" if question.kind in BY_PAIRS else "identifier"
    if question.kind in SINGLE:
        return base, ""
    return base, "ordered" if question.kind is Kind.ORDER else "multiple"


def _container(base: str, many: str, keys: tuple[str, ...]) -> Value | None:
    if not keys:
        return None
    items: tuple[Single, ...] = tuple((key.split()[0], key.split()[1]) for key in keys) if base == "directedPair" else keys
    return Value(base, items, many)


def _slot(slot: Slot, text: str) -> Answered:
    return Answered(_words(slot, text), _words(slot, slot.answer), slot_points(slot, text))


def _words(slot: Slot, text: str) -> Value | None:
    if not text:
        return None
    if slot.numeric:
        number = as_number(text)
        return None if number is None else single("float", number)
    return single("identifier" if slot.options else "string", text)
