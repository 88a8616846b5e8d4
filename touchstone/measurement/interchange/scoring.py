"""判分: how many points does a response earn?

Exact: every number is a Decimal as written. The response's form per kind stands at the head of `question`. Nothing answered is a response (None);
what is not a response of this kind at all is refused, not counted as wrong.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from touchstone.measurement.interchange.question import ZERO, Kind, Method, Question, Slot, Weight, Weights
from touchstone.measurement.interchange.rich import Malformed
from touchstone.measurement.interchange.soundness import BY_MARKER, BY_PAIRS, SINGLE

_LONGEST, _WIDEST = 60, 30
_COUNT = re.compile(r"[0-9]{1,6}")


class ResponseMalformed(Malformed):
    """This is not a response to a question of this kind."""


def score(question: Question, response: Any) -> Decimal:
    """This function will give the points that a response earns, within what the question's weights allow (they may go below zero).

    :raises ResponseMalformed: when it is not a response of the question's kind, or a marker's points are missing or beyond the criterion's.
    """
    if question.method is Method.RULES:
        from touchstone.measurement.interchange.rules import run

        return run(question, response)
    if question.method is Method.NONE:
        return ZERO
    if question.kind is Kind.COMPOSITE:
        return _composite(question, response)
    if question.kind in BY_MARKER:
        return _marked(question, response)
    if question.slots and question.kind not in BY_PAIRS:
        return _slots(question, filled(question, response))
    return _entries(question, entries(question, response))


def most(question: Question) -> Decimal:
    """This function will give the most points that the key and the weights allow; for rules and markers what the question says."""
    if question.method is Method.WEIGHTS and question.kind is Kind.COMPOSITE:
        return sum((most(part.question) for part in question.parts), ZERO)
    if question.method is not Method.WEIGHTS:
        return question.points
    if question.kind in (Kind.INLINE_CHOICE, Kind.TEXT_ENTRY):
        return sum((_best(slot.weights) for slot in question.slots), ZERO)
    positive = sorted((one.points for one in question.weights.entries if one.points > 0), reverse=True)
    if question.kind in SINGLE:
        positive = positive[:1]
    elif question.most and question.kind is Kind.MULTIPLE:
        positive = positive[: question.most]
    return bounded(question.weights, sum(positive, ZERO))


def entries(question: Question, response: Any) -> tuple[str, ...]:
    """This function will give what was chosen, paired or put in order, as it is written in a key. :raises ResponseMalformed:"""
    if response is None or response == "":
        return ()
    if question.kind in SINGLE:
        if not isinstance(response, str):
            raise ResponseMalformed(f"{question.kind.label}的作答应为一个选项。")
        return (response,)
    if isinstance(response, str | Mapping) or not isinstance(response, Iterable):
        raise ResponseMalformed(f"{question.kind.label}的作答应为选项的列表。")
    if question.kind in BY_PAIRS:
        return tuple(dict.fromkeys(_pair(one) for one in response))
    found = tuple(response)
    if not all(isinstance(one, str) for one in found):
        raise ResponseMalformed(f"{question.kind.label}的作答应为选项的列表。")
    return found if question.kind is Kind.ORDER else tuple(dict.fromkeys(found))


def _pair(one: Any) -> str:
    if isinstance(one, str) and one.count(" ") == 1:
        return one
    if isinstance(one, tuple | list) and len(one) == 2 and all(isinstance(half, str) for half in one):
        return " ".join(one)
    raise ResponseMalformed("匹配的作答应为“选项、空位”的列表。")


def filled(question: Question, response: Any) -> dict[str, str]:
    """This function will give what stands in each blank, trimmed; what was left empty is left out. :raises ResponseMalformed:"""
    if response is None:
        return {}
    if isinstance(response, str) and len(question.slots) == 1:
        response = {question.slots[0].key: response}
    if not isinstance(response, Mapping) or not all(isinstance(one, str) for one in response.values()):
        raise ResponseMalformed(f"{question.kind.label}的作答应为各空位的答案。")
    known = {slot.key for slot in question.slots}
    if strange := next((key for key in response if key not in known), None):
        raise ResponseMalformed(f"没有空位“{str(strange)[:20]}”。")
    return {key: value.strip() for key, value in response.items() if value.strip()}


def bounded(weights: Weights, total: Decimal) -> Decimal:
    """This function will keep a sum within the bounds of the weights."""
    if weights.upper is not None:
        total = min(total, weights.upper)
    return total if weights.lower is None else max(total, weights.lower)


def worth(weights: Weights, entry: str, numeric: bool = False) -> Decimal:
    """This function will give what one entry is worth: the first weight that fits, or `otherwise`."""
    return next((one.points for one in weights.entries if fits(one, entry, numeric)), weights.otherwise)


def fits(weight: Weight, entry: str, numeric: bool = False) -> bool:
    """This function will say whether an entry is what the weight is of: within its range, equal as a number, or equal in letters."""
    if weight.low is not None and weight.high is not None:
        value = as_number(entry)
        return value is not None and weight.low <= value <= weight.high
    if numeric and (value := as_number(weight.of)) is not None:
        return value == as_number(entry)
    return same(weight.of, entry, weight.exact_case)


def same(expected: str, given: str, exact_case: bool) -> bool:
    """This function will compare words; blanks at the ends do not count, and case only if said."""
    expected, given = expected.strip(), given.strip()
    return expected == given if exact_case else expected.casefold() == given.casefold()


def as_number(text: str) -> Decimal | None:
    """This function will read a plain number; None for anything else, and for one that nobody writes in a question (1e999999, ten thousand digits):
    reckoning with it would take for ever, or fail."""
    text = text.strip()
    if len(text) > _LONGEST or not text.isascii() or "_" in text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _WIDEST else None


def as_count(text: str) -> int | None:
    """This function will read a whole number of at most six plain digits; None for anything else, "²" and "٣" among it."""
    return int(text) if _COUNT.fullmatch(text) else None


def is_right(slot: Slot, entry: str) -> bool:
    """This function will say whether a blank is filled rightly: as well as its best answer."""
    if not entry:
        return False
    best = max((one.points for one in slot.weights.entries), default=ZERO)
    if best > 0:
        return any(one.points == best and fits(one, entry, slot.numeric) for one in slot.weights.entries)
    if slot.options:
        return entry == slot.answer
    return bool(slot.answer) and fits(Weight(slot.answer, ZERO), entry, slot.numeric)


def _best(weights: Weights) -> Decimal:
    return bounded(weights, max((one.points for one in weights.entries), default=ZERO))


def _slots(question: Question, given: dict[str, str]) -> Decimal:
    if question.method is Method.EXACT:
        return question.points if all(is_right(slot, given.get(slot.key, "")) for slot in question.slots) else ZERO
    return sum((slot_points(slot, given.get(slot.key, "")) for slot in question.slots), ZERO)


def slot_points(slot: Slot, entry: str) -> Decimal:
    """This function will give what one blank earns by its weights; nothing when it is empty."""
    return bounded(slot.weights, worth(slot.weights, entry, slot.numeric)) if entry else ZERO


def weighed(weights: Weights, given: tuple[str, ...]) -> Decimal:
    """This function will give the bounded sum of the weights of what was chosen, each counted once; nothing for nothing chosen."""
    if not given:
        return ZERO
    by_key = {one.of: one.points for one in weights.entries}
    return bounded(weights, sum((by_key.get(one, weights.otherwise) for one in dict.fromkeys(given)), ZERO))


def _entries(question: Question, given: tuple[str, ...]) -> Decimal:
    if question.method is Method.WEIGHTS:
        return weighed(question.weights, given)
    ordered = question.kind is Kind.ORDER
    if given and (given == question.key if ordered else set(given) == set(question.key)):
        return question.points
    if question.method is not Method.PARTIAL:
        return ZERO
    if ordered:
        right = sum(one == expected for one, expected in zip(given, question.key, strict=False))
    else:
        right = len(given) if set(given) <= set(question.key) else 0
    return min(question.each * right, question.points)


def _marked(question: Question, response: Any) -> Decimal:
    if not question.criteria:
        return _within(response, question.points, question.kind.label)
    if not isinstance(response, Mapping) or set(response) != {one.key for one in question.criteria}:
        raise ResponseMalformed("每个评分要点都要给分，不能多也不能少。")
    return sum((_within(response[one.key], one.points, f"评分要点“{one.key}”") for one in question.criteria), ZERO)


def _within(given: Any, points: Decimal, where: str) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, Decimal | int | str):
        raise ResponseMalformed(f"{where}的得分应为数。")
    value = as_number(str(given))
    if value is None or not 0 <= value <= points:
        raise ResponseMalformed(f"{where}的得分应在0和{points}之间。")
    return value


def _composite(question: Question, response: Any) -> Decimal:
    given = parts_of(question, response)
    earned = [(part.question, score(part.question, given.get(part.key))) for part in question.parts]
    if question.method is Method.EXACT:
        return question.points if all(points >= most(one) for one, points in earned) else ZERO
    return sum((points for _, points in earned), ZERO)


def parts_of(question: Question, response: Any) -> Mapping[str, Any]:
    """This function will give the response to each part. :raises ResponseMalformed:"""
    if response is None:
        return {}
    if not isinstance(response, Mapping) or not set(response) <= {part.key for part in question.parts}:
        raise ResponseMalformed("综合题的作答应为各小题的作答。")
    return response
