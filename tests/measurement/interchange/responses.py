"""作答样本: responses to any question, right, wrong, partial and empty, and the same response to the question as it came back under other keys."""

from itertools import combinations, permutations, product
from typing import Any

from touchstone.measurement.interchange import Kind, Question

_MOST = 40


def of(question: Question) -> list[Any]:
    """Responses that tell two ways of scoring apart."""
    keys = [one.key for one in question.options]
    match question.kind:
        case Kind.CHOICE | Kind.TRUE_FALSE:
            return [None, *keys]
        case Kind.MULTIPLE:
            return [None, *(list(some) for size in range(1, len(keys) + 1) for some in combinations(keys, size))]
        case Kind.ORDER:
            return [None, *(list(some) for some in list(permutations(keys))[:_MOST])]
        case Kind.MATCH | Kind.GAP_MATCH:
            pairs = [f"{one} {slot.key}" for one in keys for slot in question.slots]
            few = [list(some) for size in (1, 2) for some in combinations(pairs, size)][:_MOST]
            return [None, list(question.key), list(question.key[:1]), pairs, *few]
        case Kind.INLINE_CHOICE | Kind.TEXT_ENTRY:
            each = [_words(slot) for slot in question.slots]
            return [None, *({slot.key: word for slot, word in zip(question.slots, words, strict=True)} for words in list(product(*each))[:_MOST])]
        case Kind.COMPOSITE:
            parts = [of(part.question) for part in question.parts]
            return [None, *({part.key: one for part, one in zip(question.parts, some, strict=True)} for some in list(product(*parts))[:_MOST])]
    return []


def _words(slot: Any) -> list[str]:
    if slot.options:
        return [one.key for one in slot.options]
    known = [slot.answer, *(one.of for one in slot.weights.entries)]
    ranges = [str(end) for one in slot.weights.entries if one.low is not None for end in (one.low, one.high)]
    return list(dict.fromkeys(["", "不在其中", *known, *ranges, *(word.upper() for word in known)]))


def translated(before: Question, after: Question, response: Any) -> Any:
    """The response with the keys of the question as it came back (options and blanks keep their order)."""
    if response is None:
        return None
    options = {one.key: two.key for one, two in zip(before.options, after.options, strict=True)}
    slots = {one.key: two.key for one, two in zip(before.slots, after.slots, strict=True)}
    match before.kind:
        case Kind.CHOICE | Kind.TRUE_FALSE:
            return options[response]
        case Kind.MULTIPLE | Kind.ORDER:
            return [options[one] for one in response]
        case Kind.MATCH | Kind.GAP_MATCH:
            return [f"{options[one.split()[0]]} {slots[one.split()[1]]}" for one in response]
        case Kind.COMPOSITE:
            return {
                two.key: translated(one.question, two.question, response.get(one.key)) for one, two in zip(before.parts, after.parts, strict=True)
            }
    inner = {
        one.key: {a.key: b.key for a, b in zip(one.options, two.options, strict=True)} for one, two in zip(before.slots, after.slots, strict=True)
    }
    return {slots[key]: inner[key].get(word, word) for key, word in response.items()}
