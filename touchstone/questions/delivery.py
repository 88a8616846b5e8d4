"""机考送题: how does an opened question become what a browser shows, without its key, and how is what comes back read?

A browser knows questions and options only by their place in its own script: the bank's keys might give the right answer away. What goes out holds
no key, weight, rule, scoring point or feedback.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from touchstone.measurement.interchange.question import Kind, Option, Question, Slot
from touchstone.measurement.interchange.rich import Rich, media_names, plain, to_html
from touchstone.measurement.interchange.scoring import ResponseMalformed
from touchstone.questions.marking import AnswerUnreadable
from touchstone.questions.placing import Placed, shuffled
from touchstone.questions.printing import number

Places = list[int]
Layout = list[tuple[int, list[Places]]]
"""The order of a script: a question's position in the form, and for each of its parts the options' places in the order shown."""

MEDIA = "media:"
_MIXED = {Kind.MATCH, Kind.GAP_MATCH, Kind.ORDER}
_ASKS = {
    Kind.CHOICE: "one",
    Kind.TRUE_FALSE: "one",
    Kind.MULTIPLE: "many",
    Kind.MATCH: "pairs",
    Kind.GAP_MATCH: "gaps",
    Kind.ORDER: "order",
    Kind.INLINE_CHOICE: "blanks",
    Kind.TEXT_ENTRY: "blanks",
}


@dataclass(frozen=True)
class Shown:
    """One question as it goes out, its parts with their options in the bank's order; and the files it shows, by number."""

    head: Mapping[str, Any]
    parts: tuple[Mapping[str, Any], ...]
    media: tuple[str, ...]


def parts_of(content: Question) -> tuple[Question, ...]:
    """This function will give what is answered in a question: the questions of a composite one, else itself."""
    return tuple(part.question for part in content.parts) if content.kind is Kind.COMPOSITE else (content,)


def laid_out(placed: Sequence[Placed], seed: str) -> Layout:
    """This function will put a form's questions in order by chance from `seed`, kind by kind as they are printed, and their options where they may
    be moved."""
    chance = Random(seed)
    found: Layout = []
    for kind in dict.fromkeys(one.kind for one in placed):
        own = [one for one in placed if one.kind == kind]
        chance.shuffle(own)
        found += [(one.position, [_mixed(part, chance) for part in parts_of(one.content)]) for one in own]
    return found


def _mixed(content: Question, chance: Random) -> Places:
    places = {option.key: place for place, option in enumerate(content.options)}
    if not places:
        return []  # blanks with lists of their own keep these in the bank's order
    if content.kind in _MIXED:
        # The bank's order of what is to be ordered or matched is the answer more often than not.
        found = list(places.values())
        chance.shuffle(found)
        return found
    return [places[key] for key in shuffled(content, chance.getrandbits(32))]


def shown(one: Placed, label: str) -> Shown:
    """This function will give a question as it goes out."""
    media = tuple(dict.fromkeys(_media(one.content)))
    names = {name: place for place, name in enumerate(media)}

    def html(text: Rich) -> str:
        return to_html(text, lambda name: f"{MEDIA}{names[name]}", lambda key: '<span class="ts-blank"></span>')

    alone = one.content.kind is not Kind.COMPOSITE
    head = {"kind": label, "points": number(one.points), "stem": html(one.content.stem), "materials": html(one.content.materials)}
    return Shown(head, tuple(_part(part, html, alone) for part in parts_of(one.content)), media)


def _part(content: Question, html: Callable[[Rich], str], alone: bool) -> dict[str, Any]:
    asks = _ASKS.get(content.kind, "text")
    words = asks in {"pairs", "gaps"}  # these stand in a list to choose from, which shows plain words only
    return {
        "asks": asks,
        "stem": "" if alone else html(content.stem),
        "options": [plain(option.content) if asks == "gaps" else html(option.content) for option in content.options],
        "most": content.most,
        "slots": [_slot(slot, html, words and asks == "pairs") for slot in content.slots],
        "several": [option.most != 1 for option in content.options] if asks == "pairs" else [],
    }


def _slot(slot: Slot, html: Callable[[Rich], str], words: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"prompt": plain(slot.prompt) if words else html(slot.prompt)}
    if slot.options:
        found["options"] = [plain(option.content) for option in slot.options]
    if slot.length:
        found["length"] = slot.length
    return found


def _media(content: Question) -> list[str]:
    texts: list[Rich] = [content.stem, content.materials, *(one.content for one in content.options), *(one.prompt for one in content.slots)]
    texts += [option.content for slot in content.slots for option in slot.options]
    return [name for text in texts for name in media_names(text)] + [name for part in content.parts for name in _media(part.question)]


def sent(kept: Shown, orders: Sequence[Places], address: str) -> dict[str, Any]:
    """This function will give a question for one script: its options in that script's order, its files under `address`."""
    parts = []
    for part, order in zip(kept.parts, orders, strict=True):
        own = {**part, "options": [part["options"][place] for place in order]}
        if part["several"]:
            own["several"] = [part["several"][place] for place in order]
        parts.append(own)
    found = {**kept.head, "parts": parts}
    return _addressed(found, address) if kept.media else found


def _addressed(value: Any, address: str) -> Any:
    if isinstance(value, str):
        return value.replace(f'"{MEDIA}', f'"{address}')
    if isinstance(value, list):
        return [_addressed(one, address) for one in value]
    return {name: _addressed(one, address) for name, one in value.items()} if isinstance(value, dict) else value


def read_response(one: Placed, orders: Sequence[Places], raw: object, longest: int) -> Any:
    """This function will read what a browser sent for a question, one value for each part, as `scoring` takes it; None where nothing is answered.

    :raises AnswerUnreadable: for what no browser of ours sends.
    """
    parts = parts_of(one.content)
    if not isinstance(raw, list) or len(raw) != len(parts):
        raise AnswerUnreadable("作答的格式不对，没有保存。")
    try:
        read = [_read(part, order, value, longest) for part, order, value in zip(parts, orders, raw, strict=True)]
    except (TypeError, ValueError, IndexError, KeyError) as fault:
        if isinstance(fault, AnswerUnreadable | ResponseMalformed):
            raise AnswerUnreadable(fault.sentence) from None
        raise AnswerUnreadable("作答的格式不对，没有保存。") from None
    if one.content.kind is not Kind.COMPOSITE:
        return read[0]
    given = {part.key: value for part, value in zip(one.content.parts, read, strict=True) if value is not None}
    return given or None


def _read(content: Question, order: Places, value: Any, longest: int) -> Any:
    if value is None:
        return None
    match _ASKS.get(content.kind, "text"):
        case "one":
            return content.options[_at(order, value)].key
        case "many":
            chosen = sorted({_at(order, place) for place in _listed(value)})
            return [content.options[place].key for place in chosen] or None
        case "order":
            places = [_at(order, place) for place in _listed(value)]
            if len(set(places)) != len(content.options):
                raise AnswerUnreadable("排序题应排列全部选项。")
            return [content.options[place].key for place in places]
        case "pairs":
            found = [[content.options[order[row]].key, content.slots[_within(slot, content.slots)].key] for row, slots in _rows(value, len(order))
                     for slot in slots]  # fmt: skip
            return found or None
        case "gaps":
            found = [[content.options[_at(order, option)].key, content.slots[row].key] for row, options in _rows(value, len(content.slots))
                     for option in options]  # fmt: skip
            return found or None
        case "blanks":
            texts = zip(content.slots, _listed(value), strict=True)
            return {slot.key: _filled(slot, text, longest) for slot, text in texts if text not in (None, "")} or None
        case _:
            return _words(value, longest) or None


def _filled(slot: Slot, value: Any, longest: int) -> str:
    if slot.options:
        return slot.options[_within(value, slot.options)].key
    return _words(value, longest)


def _words(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise TypeError
    if len(value) > longest:
        raise AnswerUnreadable(f"作答超过{longest}字，请删减；超出的部分没有保存。")
    return "".join(letter for letter in value if letter in "\n\t" or letter.isprintable())


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _rows(value: Any, count: int) -> list[tuple[int, list[Any]]]:
    rows = _listed(value)
    if len(rows) != count:
        raise ValueError
    return [(row, list(chosen) if isinstance(chosen, list) else [chosen]) for row, chosen in enumerate(rows) if chosen is not None]


def _within(place: Any, among: Sequence[Option | Slot]) -> int:
    if type(place) is not int or not 0 <= place < len(among):
        raise ValueError
    return place


def _at(order: Places, place: Any) -> int:
    if type(place) is not int or not 0 <= place < len(order):
        raise ValueError
    return order[place]


def as_sent(one: Placed, orders: Sequence[Places], response: Any) -> list[Any]:
    """This function will give an answer back to the browser it came from, or to the next: the reverse of `read_response`."""
    parts = parts_of(one.content)
    values = [response] if one.content.kind is not Kind.COMPOSITE else [(response or {}).get(part.key) for part in one.content.parts]
    return [_back(part, order, value) for part, order, value in zip(parts, orders, values, strict=True)]


def _back(content: Question, order: Places, value: Any) -> Any:
    if value is None:
        return None
    there = {content.options[place].key: row for row, place in enumerate(order)}
    slots = {slot.key: row for row, slot in enumerate(content.slots)}
    match _ASKS.get(content.kind, "text"):
        case "one":
            return there[value]
        case "many":
            return sorted(there[key] for key in value)
        case "order":
            return [there[key] for key in value]
        case "pairs":
            rows: list[list[int]] = [[] for _ in order]
            for option, slot in value:
                rows[there[option]].append(slots[slot])
            return [row if content.options[place].most != 1 else row[0] if row else None for row, place in zip(rows, order, strict=True)]
        case "gaps":
            filled: list[int | None] = [None for _ in content.slots]
            for option, slot in value:
                filled[slots[slot]] = there[option]
            return filled
        case "blanks":
            return [_shown_in(slot, value.get(slot.key)) for slot in content.slots]
        case _:
            return value


def _shown_in(slot: Slot, text: str | None) -> Any:
    if text is None or not slot.options:
        return text
    return [option.key for option in slot.options].index(text)
