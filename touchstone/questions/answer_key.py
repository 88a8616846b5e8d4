"""参考答案: what does the marking guide say is right, in the letters as they were printed on this form?"""

from collections.abc import Sequence

from touchstone.measurement.interchange.question import TRUE, ZERO, Kind, Slot
from touchstone.questions.placing import BY_LETTERS, Placed


def answer_of(one: Placed) -> str:
    """This function will write the right answer; nothing for what a person marks by scoring points."""
    content = one.content
    if content.kind in BY_LETTERS:
        return "".join(sorted(one.letter_of(key) for key in content.key))
    if content.kind is Kind.TRUE_FALSE:
        return "对" if content.key == (TRUE,) else "错"
    if content.kind is Kind.ORDER:
        return "→".join(one.letter_of(key) for key in content.key)
    if content.kind is Kind.TEXT_ENTRY:
        by_key = {slot.key: slot for slot in content.slots}
        return _numbered([_accepted(by_key[key]) for key in one.places()])
    if content.kind in {Kind.MATCH, Kind.GAP_MATCH, Kind.INLINE_CHOICE}:
        return _numbered([right_letters(one, place) for place in one.places()])
    return ""


def right_letters(one: Placed, place: str) -> str:
    """This function will give the letters that are right at one numbered place of a match or a blank."""
    if one.content.kind is Kind.INLINE_CHOICE:
        slot = next(each for each in one.content.slots if each.key == place)
        best = max((each.points for each in slot.weights.entries), default=0)
        right = [each.of for each in slot.weights.entries if each.points == best and best > 0] or [slot.answer]
        return "／".join(one.letter_of(key, place) for key in right if key)
    match = one.content.kind is Kind.MATCH
    pairs = [key.split(" ") for key in one.content.key]
    return "".join(sorted(one.letter_of(slot if match else option) for option, slot in pairs if (option if match else slot) == place))


def _numbered(answers: Sequence[str]) -> str:
    if len(answers) == 1:
        return answers[0]
    return "；".join(f"（{place}）{answer or '—'}" for place, answer in enumerate(answers, 1))


def _accepted(slot: Slot) -> str:
    """The answers that earn everything, then those that earn a share, with the share; a number with the range it may lie in."""
    best = max((one.points for one in slot.weights.entries), default=ZERO)
    found = dict[str, str]()
    for one in sorted(slot.weights.entries, key=lambda one: (-one.points, one.of != slot.answer)):
        if one.points > 0:
            range_ = f"（{one.low:f}～{one.high:f}）" if one.low is not None and one.high is not None and one.low != one.high else ""
            found.setdefault(one.of, range_ + ("" if one.points == best else f"（得{one.points * 100 / best:.0f}%）"))
    if not found:
        found[slot.answer] = ""
    return "／".join(f"{word}{said}" for word, said in found.items() if word)
