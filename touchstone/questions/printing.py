"""试卷排印: how do opened questions become a form with shuffled options, its answer sheet and its guide, and how are printed letters read back?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from touchstone.measurement.interchange.question import TRUE, Kind, Option, Question, letter
from touchstone.measurement.interchange.rich import BLOCKS, Rich, plain
from touchstone.policy.exams.parts import Part
from touchstone.print.exam_paper import Printed, PrintedSection, Runs, Scored, joined

_STAYS = ("以上", "上述", "都对", "都不对", "全部", "均正确", "均不正确")
_MARKED = {Kind.EXTENDED, Kind.PRACTICAL, Kind.COMPOSITE}
_BY_LETTERS = {Kind.CHOICE, Kind.MULTIPLE}
_NUMERALS = "一二三四五六七八九十"
_SAID = {
    "choice": "每题只有一个正确选项，将其字母填涂在答题卡上。",
    "multiple": "每题有两个以上正确选项，多选、错选、漏选不得分（题目另有说明的除外）。",
    "true_false": "判断正误，正确的填涂“对”，错误的填涂“错”。",
    "text_entry": "将答案写在答题卡上。",
}


@dataclass(frozen=True)
class Placed:
    """An opened question at its place in a form: its number in the bank, kind, element, points, what it says, and its options in printed order."""

    position: int
    question: str
    kind: str
    element: str
    points: Decimal
    content: Question
    order: tuple[str, ...] = ()

    def letter_of(self, key: str) -> str:
        """This method will give the letter under which an option was printed."""
        return letter(self.order.index(key))

    def key_of(self, printed: str) -> str | None:
        """This method will give the option that was printed under a letter; None when there is none."""
        return next((key for place, key in enumerate(self.order) if letter(place) == printed), None)


def shuffled(content: Question, seed: int) -> tuple[str, ...]:
    """This function will order the options of a choice by chance from `seed`; fixed ones, and such as “以上都对”, keep their place."""
    keys = [one.key for one in content.options]
    if content.kind not in _BY_LETTERS:
        return tuple(keys)
    moving = [place for place, one in enumerate(content.options) if not _stays(one)]
    mixed = np.random.default_rng(seed).permutation(len(moving)).tolist()
    order = list(keys)
    for place, other in zip(moving, mixed, strict=True):
        order[place] = keys[moving[other]]
    return tuple(order)


def _stays(option: Option) -> bool:
    words = plain(option.content)
    return option.fixed or words.startswith(_STAYS[:2]) or any(one in words for one in _STAYS[2:])


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
    return PrintedSection(f"{_NUMERALS[place]}、{labels.get(kind, kind)}", words, _answered(placed[0]), tuple(_printed(one, part) for one in placed))


def _answered(one: Placed) -> str:
    if one.content.kind in _BY_LETTERS:
        return "letters"
    if one.content.kind is Kind.TRUE_FALSE:
        return "marks"
    return "words" if one.content.kind in {Kind.TEXT_ENTRY, Kind.INLINE_CHOICE, Kind.GAP_MATCH} else "open"


def _printed(one: Placed, part: str) -> Printed:
    content = one.content
    stem = runs_of(content.stem, one.question)
    if content.kind is Kind.COMPOSITE:
        for place, sub in enumerate(content.parts, 1):
            stem = (*stem, ("break", ""), ("", f"（{place}）"), *runs_of(sub.question.stem, one.question))
    return Printed(
        number=one.position,
        stem=stem,
        points=number(one.points),
        element=one.element,
        options=_options(one),
        materials=runs_of(content.materials, one.question),
        minutes=content.minutes,
        lines=0 if part == Part.PRACTICAL else max(4, int(one.points) * 2) if content.kind in _MARKED else 2,
        answer=_answer(one),
        scored=_scored(one),
    )


def _options(one: Placed) -> tuple[tuple[str, Runs], ...]:
    if one.content.kind is Kind.TRUE_FALSE:
        return (("对", (("", "正确"),)), ("错", (("", "错误"),)))
    if one.content.kind in _BY_LETTERS or one.content.kind in {Kind.MATCH, Kind.ORDER, Kind.GAP_MATCH}:
        by_key = {option.key: option for option in one.content.options}
        return tuple((letter(place), runs_of(by_key[key].content, one.question)) for place, key in enumerate(one.order))
    return ()


def _answer(one: Placed) -> Runs:
    content = one.content
    if content.kind in _BY_LETTERS:
        return (("", "".join(sorted(one.letter_of(key) for key in content.key))),)
    if content.kind is Kind.TRUE_FALSE:
        return (("", "对" if content.key == (TRUE,) else "错"),)
    if content.slots and content.kind in {Kind.TEXT_ENTRY, Kind.INLINE_CHOICE}:
        return (("", "；".join(_accepted(slot.answer, [one.of for one in slot.weights.entries]) for slot in content.slots)),)
    if content.kind is Kind.COMPOSITE:
        return (("", "；".join(f"（{place}）{'、'.join(sub.question.key)}" for place, sub in enumerate(content.parts, 1))),)
    if content.key:
        named = {option.key: plain(option.content) for option in content.options}
        named |= {slot.key: plain(slot.prompt) or f"空{slot.key}" for slot in content.slots}
        return (("", "；".join("—".join(named.get(half, half) for half in key.split(" ")) for key in content.key)),)
    return ()


def _accepted(answer: str, others: Sequence[str]) -> str:
    return "／".join(dict.fromkeys(word for word in (answer, *others) if word))


def _scored(one: Placed) -> tuple[Scored, ...]:
    criteria = [*one.content.criteria, *(each for part in one.content.parts for each in part.question.criteria)]
    total = sum((each.points for each in criteria), Decimal(0))
    scale = one.points / total if total else Decimal(1)
    return tuple(Scored(each.group, runs_of(each.content, one.question), number(each.points * scale), each.rule) for each in criteria)


def number(value: Decimal) -> str:
    """This function will write points without idle zeros, to two places."""
    text = f"{value.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".")


def runs_of(text: Rich, question: str) -> Runs:
    """This function will turn a text into printable runs; pictures get the name under which `pictures_of` hands them in."""
    found = list(_runs(text, question, ""))
    while found and found[-1][0] == "break":
        found.pop()
    while found and found[0][0] == "break":
        found.pop(0)
    return joined(found)


def _runs(text: Rich, question: str, kind: str) -> Iterator[tuple[str, str]]:
    for part in text:
        if isinstance(part, str):
            if part:
                yield kind, part.replace("\n", " ")
        elif part.tag == "br":
            yield "break", ""
        elif part.tag == "blank":
            yield "blank", ""
        elif part.tag == "img":
            yield "picture", picture_name(question, part.get("src"))
        elif part.tag in {"audio", "video"}:
            yield kind, f"［{part.get('src')}］"
        else:
            inner = part.tag if part.tag in {"strong", "em", "u", "sub", "sup"} else kind
            yield from _runs(part.children, question, inner)
            if part.tag in BLOCKS:
                yield (kind, " ") if part.tag in {"td", "th"} else ("break", "")


def picture_name(question: str, source: str) -> str:
    """This function will name a picture of a question as the printer knows it."""
    ending = source.rsplit(".", 1)[-1].lower() if "." in source else "png"
    safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in f"{question}-{source}")
    return f"{safe}.{'png' if ending == 'png' else 'jpg'}"
