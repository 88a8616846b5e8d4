"""试题表格的行: how do rows show what a question says, and how do they become what it says, with nothing lost that they do not show?

A row knows its place; the same place before is the same option, side, step, blank or point, and keeps what no row shows: whether it is fixed, its
feedback, formatted text, weights, ranges.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from touchstone.measurement.interchange.marked import from_marked, to_marked
from touchstone.measurement.interchange.question import ZERO, Criterion, Kind, Method, Option, Question, Slot, Weight, Weights, letter
from touchstone.measurement.interchange.rich import Rich, blanks

Row = Mapping[str, Any]
Side = TypeVar("Side", Option, Slot)
_CENT = Decimal("0.01")


def rows_of(content: Question) -> list[dict[str, Any]]:
    """This function will give a question's rows as a form shows them."""
    return list(_rows(content))


def _rows(content: Question) -> Iterator[dict[str, Any]]:
    match content.kind:
        case Kind.CHOICE | Kind.MULTIPLE:
            yield from ({"text": to_marked(one.content)[0], "right": one.key in content.key} for one in content.options)
        case Kind.TEXT_ENTRY:
            by_key = {one.key: one for one in content.slots}
            yield from ({"text": _answers_said(by_key[key])} for key in blanks(content.stem) if key in by_key)
        case Kind.MATCH:
            for option, slot in _pairs(content):
                yield {"text": to_marked(option.content)[0] if option else "", "other": to_marked(slot.prompt)[0] if slot else ""}
        case Kind.ORDER:
            yield from ({"text": to_marked(one.content)[0]} for one in _in_order(content))
        case Kind.EXTENDED | Kind.PRACTICAL:
            for one in content.criteria:
                yield {"text": to_marked(one.content)[0], "points": plainly(one.points), "rule": one.rule, "group": one.group}


def plainly(value: Decimal) -> str:
    """This function will write a number without idle zeros and never as 1E+1."""
    return f"{value.normalize():f}"


def text_of(typed: str, before: Rich) -> Rich:
    """This function will give the text as it was, where what was typed says the same; else what was typed."""
    return before if before and to_marked(before)[0].split() == typed.split() else from_marked(typed)


def chosen(made: Question, rows: Sequence[Row]) -> Question:
    """This function will give a choice its options and its key."""
    taken = {one.key for one in made.options}
    fresh = (letter(place) for place in count() if letter(place) not in taken)
    options = [_option(row, made.options, lambda: next(fresh)) for row in rows]
    key = tuple(one.key for one, row in zip(options, rows, strict=True) if row["right"])
    if made.kind is Kind.CHOICE and len(key) != 1:
        key = ()
    return _weighed(replace(made, options=tuple(options), key=key), made.key, {one.key for one in options})


def _option(row: Row, before: Sequence[Option], fresh: Callable[[], str]) -> Option:
    if row["place"] < len(before):
        old = before[row["place"]]
        return replace(old, content=text_of(row["text"], old.content))
    return Option(fresh(), from_marked(row["text"]))


def ordered(made: Question, rows: Sequence[Row]) -> Question:
    """This function will give the steps of an order, right order being the rows'. Options that are no step stay as they were."""
    before, taken = _in_order(made), {one.key for one in made.options}
    fresh = (str(number) for number in count(1) if str(number) not in taken)
    steps = [_option(row, before, lambda: next(fresh)) for row in rows]
    idle = [one for one in made.options if one.key not in made.key]
    return replace(made, options=tuple(_as_before([*steps, *idle], made.options)), key=tuple(one.key for one in steps))


def _in_order(content: Question) -> list[Option]:
    by_key = {one.key: one for one in content.options}
    return [by_key[key] for key in content.key if key in by_key]


def matched(made: Question, rows: Sequence[Row]) -> Question:
    """This function will give the sides of a match and which belong together; a right side alone is there to distract."""
    was = _pairs(made)
    options, slots, key = dict[str, Option](), dict[str, Slot](), list[str]()
    left_keys, right_keys = _free("", made.options), _free("r", made.slots)
    for row in rows:
        old = was[row["place"]] if row["place"] < len(was) else (None, None)
        left = _side(row["text"] or "", old[0], options, lambda name, text: Option(name, text), left_keys)
        right = _side(row["other"] or "", old[1], slots, lambda name, text: Slot(name, text), right_keys)
        if left and right:
            key.append(f"{left} {right}")
    alive = {f"{one} {other}" for one in options for other in slots}
    made_so = replace(made, options=tuple(_as_before(options.values(), made.options)), slots=tuple(_as_before(slots.values(), made.slots)))
    return _weighed(replace(made_so, key=tuple(dict.fromkeys(key))), made.key, alive)


def _pairs(content: Question) -> list[tuple[Option | None, Slot | None]]:
    """The pairs of the key, then what belongs to nothing."""
    options, slots = {one.key: one for one in content.options}, {one.key: one for one in content.slots}
    pairs = [tuple(pair.split(" ")) for pair in content.key]
    found: list[tuple[Option | None, Slot | None]] = [(options.get(one), slots.get(other)) for one, other in pairs]
    lone_left = [options[key] for key in options if key not in {one for one, _ in pairs}]
    lone_right = [slots[key] for key in slots if key not in {other for _, other in pairs}]
    return [*found, *((one, None) for one in lone_left), *((None, one) for one in lone_right)]


def _free(start: str, before: Sequence[Option] | Sequence[Slot]) -> Iterator[str]:
    taken = {one.key for one in before}
    return (f"{start}{number}" for number in count(1) if f"{start}{number}" not in taken)


def _side(typed: str, old: Side | None, found: dict[str, Side], new: Callable[[str, Rich], Side], keys: Iterator[str]) -> str:
    """The key of one side of a row: the old one's where it is still the only one of that key, another row's with the same words, or a new one."""
    if not typed:
        return ""
    text = text_of(typed, _words(old)) if old is not None else from_marked(typed)
    if old is not None and (old.key not in found or _words(found[old.key]) == text):
        found[old.key] = _with_words(old, text)
        return old.key
    same = next((key for key, one in found.items() if _words(one) == text), "")
    if same:
        return same
    key = next(keys)
    found[key] = new(key, text)
    return key


def _with_words(one: Side, text: Rich) -> Side:
    if isinstance(one, Option):
        return replace(one, content=text)  # type: ignore[call-arg]  # mypy takes it for an option that is a slot, too
    return replace(one, prompt=text)


def _words(one: Option | Slot) -> Rich:
    return one.content if isinstance(one, Option) else one.prompt


def _as_before(found: Iterable[Side], before: Sequence[Side]) -> list[Side]:
    places = {one.key: place for place, one in enumerate(before)}
    return sorted(found, key=lambda one: places.get(one.key, len(places)))


def filled_in(made: Question, rows: Sequence[Row], each: Decimal, changed: bool) -> Question:
    """This function will give the blanks of the stem their answers, `each` with so many points unless the old weights stand."""
    before, typed = {one.key: one for one in made.slots}, {row["place"]: row["text"] for row in rows}
    slots = []
    for place, key in enumerate(blanks(made.stem)):
        old, said = before.get(key), typed.get(place, "")
        if old is not None and not changed and _answers(said) == _answers(_answers_said(old)):
            slots.append(old)
            continue
        known = {} if old is None else {one.of: one for one in old.weights.entries}
        entries = tuple(replace(known[one], points=each) if one in known else Weight(one, each) for one in _answers(said))
        answer = entries[0].of if entries else ""
        slots.append(replace(old or Slot(key), answer=answer, weights=replace(old.weights if old else Weights(), entries=entries)))
    same = not changed and tuple(slots) == tuple(before[key] for key in blanks(made.stem) if key in before)
    if same:
        return replace(made, slots=tuple(_as_before(slots, made.slots)))
    best = [max((one.points for one in slot.weights.entries), default=each) for slot in slots]
    return replace(made, slots=tuple(_as_before(slots, made.slots)), points=sum(best, ZERO) or Decimal(1))


def each_blank(content: Question) -> Decimal:
    """This function will give what one blank is worth, as the form shows it."""
    return (content.points / max(1, len(content.slots))).quantize(_CENT)


def _answers_said(slot: Slot) -> str:
    return "；".join(dict.fromkeys(one for one in (slot.answer, *(weight.of for weight in slot.weights.entries)) if one))


def _answers(said: str) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in said.replace("；", ";").split(";") if one.strip()))


def marked_by(made: Question, rows: Sequence[Row]) -> Question:
    """This function will give what a person marks its scoring points; their sum is what it is worth."""
    taken = {one.key for one in made.criteria}
    keys = (str(number) for number in count(1) if str(number) not in taken)
    criteria = []
    for row in rows:
        old = made.criteria[row["place"]] if row["place"] < len(made.criteria) else Criterion(next(keys), (), ZERO)
        given = {name: row[name] or "" for name in ("rule", "group") if name in row}
        criteria.append(replace(old, content=text_of(row["text"], old.content), points=row["points"] or ZERO, **given))
    return replace(made, criteria=tuple(criteria), points=sum((one.points for one in criteria), ZERO), method=Method.MARKER)


def rescored(made: Question, points: Decimal) -> Question:
    """This function will make a question worth so many points: its weights, where it has any, in the same proportion."""
    if points == made.points or not made.points:
        return replace(made, points=points)
    share = points / made.points
    entries = tuple(replace(one, points=(one.points * share).quantize(_CENT)) for one in made.weights.entries)
    bounds = {name: None if (old := getattr(made.weights, name)) is None else (old * share).quantize(_CENT) for name in ("lower", "upper")}
    weights = replace(made.weights, entries=entries, otherwise=(made.weights.otherwise * share).quantize(_CENT), **bounds)
    return replace(made, points=points, each=(made.each * share).quantize(_CENT), weights=weights)


def _weighed(made: Question, before: Sequence[str], alive: set[str]) -> Question:
    """Weights of what is gone are dropped; where the key changed, what became right weighs as the best did, what is right no more weighs nothing."""
    if made.method is not Method.WEIGHTS:
        return made
    right, wrong = set(made.key) - set(before), set(before) - set(made.key)
    best = max((one.points for one in made.weights.entries), default=made.points)
    kept = [one for one in made.weights.entries if one.of in alive and one.of not in wrong | right]
    entries = (*kept, *(Weight(key, best) for key in made.key if key in right))
    return replace(made, weights=replace(made.weights, entries=entries))
