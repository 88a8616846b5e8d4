"""试卷排印: how do placed questions become the sections of a form, its answer sheet and its guide?"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from touchstone.measurement.interchange.question import Kind, letter
from touchstone.measurement.interchange.rich import BLOCKS, Rich, plain
from touchstone.policy.exams.parts import Part
from touchstone.print.exam_paper import Printed, PrintedSection, Runs, Scored, joined
from touchstone.questions.answer_key import answer_of
from touchstone.questions.placing import BY_LETTERS, BY_PLACES, Placed

_MARKED = {Kind.EXTENDED, Kind.PRACTICAL}
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_SAID = {
    "choice": "每题只有一个正确选项，将其字母填涂在答题卡上。",
    "multiple": "每题有两个以上正确选项，多选、错选、漏选不得分（题目另有说明的除外）。",
    "true_false": "判断正误，正确的填涂“对”，错误的填涂“错”。",
    "text_entry": "将答案写在答题卡上。",
    "order": "将各项按正确的先后排列，把字母依次写在答题卡的方格里。",
    "match": "为左边每一项选出相匹配的右项，把字母写在答题卡相应编号的方格里。",
    "gap_match": "从所列词语中选出适合各空的，把字母写在答题卡相应编号的方格里。",
    "inline_choice": "从各空的选项中选出正确的一项，把字母写在答题卡相应编号的方格里。",
    "composite": "按各小题的要求在答题卡上作答。",
}


def sections_of(placed: Sequence[Placed], labels: Mapping[str, str], part: str) -> tuple[PrintedSection, ...]:
    """This function will set the questions of a form into sections by kind, in the order they stand."""
    kinds = list(dict.fromkeys(one.kind for one in placed))
    return tuple(_section(n, kind, [one for one in placed if one.kind == kind], labels, part) for n, kind in enumerate(kinds))


def _section(place: int, kind: str, placed: Sequence[Placed], labels: Mapping[str, str], part: str) -> PrintedSection:
    first, last = placed[0].position, placed[-1].position
    points = {one.points for one in placed}
    total = sum((one.points for one in placed), Decimal(0))
    each = f"每题{number(points.pop())}分，" if len(points) == 1 else ""
    words = f"（第{first}题～第{last}题。{each}满分{number(total)}分。{_SAID.get(kind, '')}）"
    questions = tuple(_printed(one, part) for one in placed)
    return PrintedSection(f"{_NUMERALS[place]}、{labels.get(kind, kind)}", words, questions[0].answered, questions)


def _answered(one: Placed) -> str:
    kind = one.content.kind
    if kind in BY_LETTERS:
        return "letters"
    if kind is Kind.TRUE_FALSE:
        return "marks"
    if kind in BY_PLACES:
        return "places"
    return {Kind.TEXT_ENTRY: "words", Kind.COMPOSITE: "parts"}.get(kind, "open")


def _printed(one: Placed, part: str) -> Printed:
    content = one.content
    places = one.places() if content.kind in BY_PLACES | {Kind.TEXT_ENTRY} else ()
    labels = {key: str(place) for place, key in enumerate(places, 1)} if len(places) > 1 else {}
    return Printed(
        number=one.position,
        stem=runs_of(content.stem, one.question, labels),
        points=number(one.points),
        element=one.element,
        answered=_answered(one),
        options=_options(one),
        left=_left(one),
        lists=_lists(one),
        places=len(places),
        parts=tuple(_printed(each, part) for each in one.parts()),
        materials=runs_of(content.materials, one.question),
        minutes=content.minutes,
        lines=0 if part == Part.PRACTICAL else max(4, int(one.points) * 2) if content.kind in _MARKED else 2,
        answer=(("", answer),) if (answer := answer_of(one)) else (),
        scored=_scored(one),
    )


def _options(one: Placed) -> tuple[tuple[str, Runs], ...]:
    if one.content.kind is Kind.TRUE_FALSE:
        return (("对", (("", "正确"),)), ("错", (("", "错误"),)))
    if one.content.kind is Kind.MATCH:
        texts = {slot.key: slot.prompt for slot in one.content.slots}
    elif one.content.kind in BY_LETTERS | {Kind.ORDER, Kind.GAP_MATCH}:
        texts = {option.key: option.content for option in one.content.options}
    else:
        return ()
    return _lettered(one, one.order, texts)


def _lettered(one: Placed, order: Sequence[str], texts: Mapping[str, Rich]) -> tuple[tuple[str, Runs], ...]:
    return tuple((letter(place), runs_of(texts[key], one.question)) for place, key in enumerate(order))


def _left(one: Placed) -> tuple[Runs, ...]:
    """The left sides of a match, numbered as they stand."""
    return tuple(runs_of(option.content, one.question) for option in one.content.options) if one.content.kind is Kind.MATCH else ()


def _lists(one: Placed) -> tuple[tuple[tuple[str, Runs], ...], ...]:
    """The list of each blank that has one of its own, in the order of the blanks."""
    if one.content.kind is not Kind.INLINE_CHOICE:
        return ()
    texts = {slot.key: {option.key: option.content for option in slot.options} for slot in one.content.slots}
    return tuple(_lettered(one, one.lettered(key), texts[key]) for key in one.places())


def _scored(one: Placed) -> tuple[Scored, ...]:
    total = sum((each.points for each in one.content.criteria), Decimal(0))
    scale = one.points / total if total else Decimal(1)
    return tuple(Scored(each.group, runs_of(each.content, one.question), number(each.points * scale), each.rule) for each in one.content.criteria)


def number(value: Decimal) -> str:
    """This function will write points without idle zeros, to two places."""
    text = f"{value.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".")


def runs_of(text: Rich, question: str, labels: Mapping[str, str] | None = None) -> Runs:
    """This function will turn a text into printable runs; pictures get the name under which `pictures_of` hands them in, blanks their `labels`."""
    found = list(_runs(text, question, "", labels or {}))
    while found and found[-1][0] == "break":
        found.pop()
    while found and found[0][0] == "break":
        found.pop(0)
    return joined(found)


def _runs(text: Rich, question: str, kind: str, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for part in text:
        if isinstance(part, str):
            if part:
                yield kind, part.replace("\n", " ")
        elif part.tag == "br":
            yield "break", ""
        elif part.tag == "blank":
            yield "blank", labels.get(part.get("key"), "")
        elif part.tag == "img":
            yield "picture", picture_name(question, part.get("src"))
        elif part.tag in {"audio", "video"}:
            yield kind, f"［{part.get('src')}］"
        elif part.tag == "math":
            yield kind, plain((part,))
        else:
            inner = part.tag if part.tag in {"strong", "em", "u", "sub", "sup"} else kind
            yield from _runs(part.children, question, inner, labels)
            if part.tag in BLOCKS:
                yield (kind, " ") if part.tag in {"td", "th"} else ("break", "")


def picture_name(question: str, source: str) -> str:
    """This function will name a picture of a question as the printer knows it."""
    ending = source.rsplit(".", 1)[-1].lower() if "." in source else "png"
    return f"{hashlib.sha256(f'{question}/{source}'.encode()).hexdigest()[:24]}.{'png' if ending == 'png' else 'jpg'}"
