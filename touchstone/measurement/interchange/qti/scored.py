"""判分写出（QTI）: which response processing gives the points that our question gives?"""

from decimal import Decimal

from touchstone.measurement.interchange.question import ZERO, Kind, Method, Question, Rule, Slot, Weight
from touchstone.measurement.interchange.scoring import most
from touchstone.measurement.interchange.soundness import BY_PAIRS, WITH_BLANKS


def number(value: Decimal) -> str:
    """This function will write a number without an exponent."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def rule(name: str, *children: Rule, text: str = "", **attributes: str) -> Rule:
    """This function will build a node of an expression tree."""
    return Rule(name, tuple(sorted(attributes.items())), children, text)


def given(name: str) -> Rule:
    """This function will give the expression for what was answered."""
    return rule("variable", identifier=name)


def correct(name: str) -> Rule:
    """This function will give the expression for what is right."""
    return rule("correct", identifier=name)


def constant(value: Decimal) -> Rule:
    """This function will give a number as an expression."""
    return rule("baseValue", baseType="float", text=number(value))


def set_score(value: Rule) -> Rule:
    """This function will give the step that sets SCORE."""
    return rule("setOutcomeValue", value, identifier="SCORE")


def add_score(value: Rule) -> Rule:
    """This function will give the step that adds to SCORE."""
    return set_score(rule("sum", given("SCORE"), value))


def when(*branches: tuple[Rule, Rule]) -> Rule:
    """This function will give `if … else if …`, of (test, step) pairs."""
    found = [rule("responseIf" if place == 0 else "responseElseIf", test, step) for place, (test, step) in enumerate(branches)]
    return rule("responseCondition", *found)


def matched(name: str) -> Rule:
    """This function will give the test that an answer is what is right."""
    return rule("match", given(name), correct(name))


def steps(question: Question, name: str, slot_names: dict[str, str]) -> list[Rule]:
    """This function will give the steps that add this question's points to SCORE, by its own method (not RULES, MARKER or NONE)."""
    if question.kind in WITH_BLANKS and question.kind not in BY_PAIRS:
        if question.method is Method.EXACT:
            return [when((right(question, name, slot_names), add_score(constant(question.points))))]
        return [one for slot in question.slots for one in _slot_steps(slot, slot_names[slot.key])]
    if question.method is Method.WEIGHTS:
        return [add_score(rule("mapResponse", identifier=name))]
    if question.method is Method.PARTIAL:
        return [_partial(question, name)]
    return [when((matched(name), add_score(constant(question.points))))]


def right(question: Question, name: str, slot_names: dict[str, str]) -> Rule:
    """This function will give the test that everything is right."""
    if question.kind in WITH_BLANKS and question.kind not in BY_PAIRS:
        tests = [_slot_right(slot, slot_names[slot.key]) for slot in question.slots]
        return tests[0] if len(tests) == 1 else rule("and", *tests)
    if question.method is Method.WEIGHTS:
        return rule("gte", rule("mapResponse", identifier=name), constant(most(question)))
    return matched(name)


def simple_slot(slot: Slot) -> bool:
    """This function will say whether a mapping can hold all the weights of a blank: no ranges."""
    return not any(one.low is not None for one in slot.weights.entries)


def _slot_right(slot: Slot, name: str) -> Rule:
    entries = slot.weights.entries
    best = max((one.points for one in entries), default=ZERO)
    if best <= 0:
        loose = not slot.options and not slot.numeric
        return rule("stringMatch", given(name), correct(name), caseSensitive="false") if loose else matched(name)
    tests = [_fits(slot, one, name) for one in entries if one.points == best]
    return tests[0] if len(tests) == 1 else rule("or", *tests)


def _fits(slot: Slot, weight: Weight, name: str) -> Rule:
    if weight.low is not None and weight.high is not None:
        return rule("and", rule("gte", given(name), constant(weight.low)), rule("lte", given(name), constant(weight.high)))
    if slot.numeric:
        return rule("equal", given(name), rule("baseValue", baseType="float", text=weight.of), toleranceMode="exact")
    if slot.options:
        return rule("match", given(name), rule("baseValue", baseType="identifier", text=f"{slot.key}\0{weight.of}"))
    base = rule("baseValue", baseType="string", text=weight.of)
    return rule("stringMatch", given(name), base, caseSensitive="true" if weight.exact_case else "false")


def _slot_steps(slot: Slot, name: str) -> list[Rule]:
    if simple_slot(slot):
        return [add_score(rule("mapResponse", identifier=name))]
    weights = slot.weights
    branches = [(_fits(slot, one, name), _bounded(one.points, slot)) for one in weights.entries]
    if weights.otherwise:
        branches.append((rule("not", rule("isNull", given(name))), _bounded(weights.otherwise, slot)))
    return [when(*((test, add_score(constant(points))) for test, points in branches))]


def _bounded(points: Decimal, slot: Slot) -> Decimal:
    low, high = slot.weights.lower, slot.weights.upper
    points = points if high is None else min(points, high)
    return points if low is None else max(points, low)


def _partial(question: Question, name: str) -> Rule:
    full = (matched(name), add_score(constant(question.points)))
    if question.kind is Kind.ORDER:
        places = [
            when(
                (
                    rule("match", rule("index", given(name), n=str(place)), rule("index", correct(name), n=str(place))),
                    add_score(constant(question.each)),
                )
            )
            for place in range(1, len(question.key) + 1)
        ]
        return rule("responseProcessingFragment", *places)
    count = rule("product", rule("containerSize", given(name)), constant(question.each))
    some = rule("min", count, constant(question.points))
    return when(full, (rule("contains", correct(name), given(name)), add_score(some)))
