"""题目交换对照: of a folder of another maker's examples, how many files are read, which are refused and why, and do the points agree?

    python -m bench.interchange FOLDER

Files are taken as they lie: QTI items and packages, Moodle XML, GIFT. The points of each QTI item that was read are compared with those of its own
response processing, run here over the file's declarations as they stand, without the shortening into our ways of giving points; then with those
of the same question written as QTI 2.1, 2.2 and 3.0 and read again. Nothing of the folder is kept.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations, product
from pathlib import Path
from time import perf_counter
from typing import Any

from touchstone.measurement.interchange import Kind, Malformed, Method, Question, score
from touchstone.measurement.interchange.delivery import Delivery, Format, Outgoing, Refused
from touchstone.measurement.interchange.doors import read_file, write_file
from touchstone.measurement.interchange.elements import Element, parse
from touchstone.measurement.interchange.qti.declarations import Declared, outcomes, responses, rule
from touchstone.measurement.interchange.qti.processing import TEMPLATES, set_score
from touchstone.measurement.interchange.question import Rule, Weights
from touchstone.measurement.interchange.rules import Answered, outcomes_over
from touchstone.measurement.interchange.scoring import as_number, slot_points, weighed
from touchstone.measurement.interchange.values import Value, single

ENDINGS = {".xml", ".zip", ".txt", ".gift"}
MOST = 40


def main(folder: str) -> int:
    root = Path(folder)
    paths = sorted(path for path in root.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    if not paths:
        print("absent: no files")
        return 1
    started = perf_counter()
    files, found, why, kinds, losses = Counter[str](), Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    points, again = Counter[str](), Counter[str]()
    for path in paths:
        delivery = _read(path, files, why)
        for one in delivery.incoming if delivery else ():
            if one.question is None:
                found["refused"] += 1
                why[f"{one.refusal.what[:40]}: {one.refusal.why[:70]}" if one.refusal else ""] += 1
                continue
            found["read"] += 1
            losses["with losses" if one.losses else "without loss"] += 1
            kinds[one.question.kind.label] += 1
            if delivery is not None and delivery.format in (Format.QTI21, Format.QTI22, Format.QTI30):
                if path.suffix.lower() == ".xml":
                    _compare(path, one.question, points)
                _there_and_back(one.question, again)
    seconds = perf_counter() - started
    print(f"{len(paths)} files, {seconds:.1f} s")
    print("files:", dict(files))
    print("questions:", dict(found), dict(losses))
    print("kinds:", dict(kinds.most_common()))
    print("points against the file's own processing:", _share(points))
    print("points after QTI 2.1, 2.2, 3.0 and back:", _share(again))
    print("refused:")
    for sentence, count in why.most_common():
        print(f"  {count:4d}  {sentence}")
    return 0


def _share(counted: Counter[str]) -> str:
    tried = counted["equal"] + counted["unequal"]
    told = f"{counted['equal']}/{tried} questions equal" + (f" ({counted['equal'] / tried:.2%})" if tried else "")
    rest = {name: count for name, count in counted.items() if name not in ("equal", "unequal")}
    return f"{told}, {counted['responses']} responses; not compared: { {k: v for k, v in rest.items() if k != 'responses'} }"


def _read(path: Path, files: Counter[str], why: Counter[str]) -> Delivery | None:
    content = path.read_bytes()
    if path.suffix.lower() == ".xml":
        try:
            root = parse(content)
        except Refused as refusal:
            files["not well-formed or unsafe"] += 1
            why[f"{refusal.loss.what}: {refusal.loss.why[:70]}"] += 1
            return None
        if root.name not in ("assessmentItem", "quiz"):
            files[f"other XML (<{root.name}>)"] += 1
            return None
    try:
        delivery = read_file(content, path.name)
    except Refused as refusal:
        files["refused whole"] += 1
        why[f"{refusal.loss.what}: {refusal.loss.why[:70]}"] += 1
        return None
    files[f"parsed as {delivery.format.label}"] += 1
    return delivery


# ---- the file's own processing


def _own(item: Element) -> tuple[dict[str, Declared], Rule] | None:
    """The declarations and the rules as they stand, a standard template written out; None when points are not the file's to give."""
    declared = responses(item, [])
    element = item.first("responseProcessing")
    if element is None:
        return None
    template = (element.get("template") or element.get("templateLocation")).rstrip("/").rsplit("/", 1)[-1].removesuffix(".xml")
    if list(element.each()):
        return declared, _begun(rule(element), item)
    here = (("identifier", "RESPONSE"),)
    if TEMPLATES.get(template) is Method.WEIGHTS:
        return declared, Rule("responseProcessing", (), (set_score(Rule("mapResponse", here)),))
    if TEMPLATES.get(template) is Method.EXACT:
        test = Rule("match", (), (Rule("variable", here), Rule("correct", here)))
        then = Rule("responseIf", (), (test, set_score(Rule("baseValue", (("baseType", "float"),), (), "1"))))
        return declared, Rule("responseProcessing", (), (Rule("responseCondition", (), (then,)),))
    return None


def _begun(tree: Rule, item: Element) -> Rule:
    head = tuple(
        Rule("setOutcomeValue", (("identifier", one.identifier),), (Rule("baseValue", (("baseType", one.base),), (), one.initial or "0"),))
        for one in outcomes(item).values()
        if one.initial or one.base in ("float", "integer")
    )
    return Rule(tree.name, tree.attributes, (*head, *tree.children))


def _answered(one: Declared, keys: tuple[str, ...]) -> Answered:
    many = "" if one.cardinality == "single" else one.cardinality
    kept = tuple(dict.fromkeys(keys)) if many == "multiple" else keys
    weights = one.mapping or Weights()
    if one.base in ("string", "integer", "float"):
        from touchstone.measurement.interchange.question import Slot

        mapped = slot_points(Slot(one.identifier, weights=weights, numeric=one.numeric), keys[0] if keys else "")
    else:
        mapped = weighed(weights, kept)
    return Answered(_value(one, kept, many), _value(one, one.correct, many), mapped)


def _value(one: Declared, keys: tuple[str, ...], many: str) -> Value | None:
    if not keys or keys == ("",):
        return None
    if one.base in ("pair", "directedPair"):
        return Value(one.base, tuple((key.split()[0], key.split()[1]) for key in keys), many)
    if one.numeric:
        numbers = [as_number(key) for key in keys]
        return None if None in numbers else Value("float", tuple(number for number in numbers if number is not None), many)
    return Value(one.base, keys, many) if many else single(one.base, keys[0])


def _compare(path: Path, question: Question, counted: Counter[str]) -> None:
    if _by_a_person(question):
        counted["marked by a person or not at all"] += 1
        return
    own = _own(parse(path.read_bytes()))
    if own is None:
        counted["no processing of its own"] += 1
        return
    declared, tree = own
    equal = True
    for response in _responses(question):
        scope = {name: _answered(one, _keys(question, response, name, declared)) for name, one in declared.items()}
        try:
            value = outcomes_over(tree, scope).get("SCORE")
        except (Malformed, KeyError):
            counted["own processing not computable here"] += 1
            return
        expected = value.one if value is not None and isinstance(value.one, Decimal) else Decimal(0)
        counted["responses"] += 1
        if score(question, response) != expected:
            equal = False
    counted["equal" if equal else "unequal"] += 1
    if not equal:
        print("unequal:", path.name)


def _by_a_person(question: Question) -> bool:
    return question.method in (Method.MARKER, Method.NONE) or any(part.question.method is Method.MARKER for part in question.parts)


def _keys(question: Question, response: Any, name: str, declared: dict[str, Declared]) -> tuple[str, ...]:
    """What was answered to one variable, as the file writes it."""
    if question.kind is Kind.COMPOSITE:
        given = response or {}
        for part in question.parts:
            inner = given.get(part.key)
            if part.key == name and not (part.question.slots and not part.question.options):
                return _plain(inner)
            if any(slot.key == name for slot in part.question.slots):
                return (inner[name],) if inner and inner.get(name) else ()
        return ()
    if question.kind in (Kind.INLINE_CHOICE, Kind.TEXT_ENTRY):
        return (response[name],) if response and response.get(name) else ()
    return _plain(response) if len(declared) == 1 or name == next(iter(declared)) else ()


def _plain(response: Any) -> tuple[str, ...]:
    return () if response is None else (response,) if isinstance(response, str) else tuple(response)


def _responses(question: Question) -> Iterator[Any]:
    keys = [one.key for one in question.options]
    yield None
    match question.kind:
        case Kind.CHOICE | Kind.TRUE_FALSE:
            yield from keys
        case Kind.MULTIPLE:
            yield from ([list(some) for size in range(1, len(keys) + 1) for some in combinations(keys, size)])[:MOST]
        case Kind.ORDER:
            yield list(question.key)
            yield from [list(some) for some in permutations(keys)][:MOST] if len(keys) < 7 else []
        case Kind.MATCH | Kind.GAP_MATCH:
            pairs = [f"{one} {slot.key}" for one in keys for slot in question.slots]
            yield list(question.key)
            yield from [list(some) for size in (1, 2) for some in combinations(pairs, size)][:MOST]
        case Kind.INLINE_CHOICE | Kind.TEXT_ENTRY:
            each = [_words(slot) for slot in question.slots]
            yield {slot.key: slot.answer for slot in question.slots}
            yield from [{slot.key: word for slot, word in zip(question.slots, words, strict=True)} for words in _few(each)]
        case Kind.COMPOSITE:
            parts = [list(_responses(part.question))[:6] for part in question.parts]
            yield from [{part.key: one for part, one in zip(question.parts, some, strict=True)} for some in _few(parts)]


def _few(each: list[list[Any]]) -> Iterator[Any]:
    for place, some in enumerate(product(*each)):
        if place >= MOST:
            return
        yield some


def _words(slot: Any) -> list[str]:
    if slot.options:
        return [one.key for one in slot.options]
    known = [slot.answer, *(one.of for one in slot.weights.entries)]
    return list(dict.fromkeys([*known, "", "zzz", "0", *(word.upper() for word in known)]))[:8]


# ---- there and back


def _there_and_back(question: Question, counted: Counter[str]) -> None:
    if _by_a_person(question):
        counted["marked by a person or not at all"] += 1
        return
    from tests.measurement.interchange.responses import translated

    for form in (Format.QTI21, Format.QTI22, Format.QTI30):
        shipped = write_file([Outgoing("q", question)], form, {})
        if shipped.left[0].refused:
            counted["not written"] += 1
            continue
        (found,) = read_file(shipped.content, "q.zip").incoming
        if found.question is None:
            counted["unequal"] += 1
            print("not read again:", found.why)
            continue
        tried = [response for response in _responses(question) if response is not None]
        counted["responses"] += len(tried)
        same = all(score(found.question, translated(question, found.question, one)) == score(question, one) for one in tried)
        counted["equal" if same else "unequal"] += 1


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print("absent: no folder of examples was given")
        sys.exit(0)
    sys.exit(main(sys.argv[1]))
