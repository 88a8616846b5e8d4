"""判读作答: what share of its points does an answer, as it was written on paper, earn; which option was it?"""

import re
from dataclasses import dataclass
from decimal import Decimal

from touchstone.measurement.interchange.question import FALSE, TRUE, Kind, Method, letter
from touchstone.measurement.interchange.scoring import ResponseMalformed, as_number, score
from touchstone.questions.placing import BY_LETTERS, BY_PLACES, Placed

_RIGHT, _WRONG = {"对", "√", "正确", "T", "TRUE", "是"}, {"错", "×", "X", "错误", "F", "FALSE", "否"}
_BETWEEN = re.compile(r"[\s,，、;；]+")
_NUMBERED = re.compile(r"(\d+)\D*?([A-Z]+)", re.ASCII)
_ONE_EACH = re.compile(r"[A-Z]|[-－_×]", re.ASCII)
_NUMBER = re.compile(r"^\s*（\d+）", re.ASCII)
_POINTS = re.compile(r"\d+(\.\d+)?分?", re.ASCII)


class AnswerUnreadable(ValueError):
    """This is no answer to the question. `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Marked:
    """The share of the points that was won (0…1), and the option chosen (by its place in the question, −1 for none or several)."""

    share: float
    option: int


def dichotomous(one: Placed) -> bool:
    """This function will say whether a question is either right or wrong."""
    return one.content.method is Method.EXACT and one.content.kind not in {Kind.EXTENDED, Kind.PRACTICAL, Kind.COMPOSITE}


def marked(one: Placed, text: str) -> Marked:
    """This function will mark one answer. :raises AnswerUnreadable: when it is none."""
    text = text.strip()
    if not text:
        return Marked(0.0, -1)
    kind = one.content.kind
    if kind in BY_LETTERS:
        return _letters(one, text.upper())
    if kind is Kind.TRUE_FALSE:
        said = text.upper()
        if said not in _RIGHT | _WRONG:
            raise AnswerUnreadable(f"第{one.position}题填的“{text[:10]}”应为“对”或者“错”。")
        key = TRUE if said in _RIGHT else FALSE
        return Marked(_share(one, key), [option.key for option in one.content.options].index(key))
    if kind is Kind.TEXT_ENTRY and one.content.method is not Method.MARKER:
        parts = text.replace(";", "；").split("；")
        given = {key: _NUMBER.sub("", part, count=1).strip() for key, part in zip(one.places(), parts, strict=False)}
        return Marked(_share(one, given), -1)
    if kind in BY_PLACES and not _POINTS.fullmatch(text):
        return Marked(_share(one, _lettered(one, text.upper())), -1)
    return Marked(_points(one, text), -1)


def _letters(one: Placed, text: str) -> Marked:
    # Letters run together, unless somebody parts them; a single choice is one name, which past Z has two letters.
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) == 1 and one.content.kind is not Kind.CHOICE:
        parts = list(parts[0])
    keys = [one.key_of(part) for part in parts]
    if None in keys or (one.content.kind is Kind.CHOICE and len(keys) != 1):
        last = letter(len(one.order) - 1)
        raise AnswerUnreadable(f"第{one.position}题填的“{text[:10]}”不是A至{last}中的{'一个' if one.content.kind is Kind.CHOICE else ''}选项。")
    chosen = [key for key in keys if key is not None]
    place = [option.key for option in one.content.options].index(chosen[0]) if one.content.kind is Kind.CHOICE else -1
    return Marked(_share(one, chosen[0] if one.content.kind is Kind.CHOICE else chosen), place)


def _lettered(one: Placed, text: str) -> object:
    """The response that letters at numbered places are: “BDAC” (a dash for an empty one), or “1B；2A” where a place may take several."""
    places, kind = one.places(), one.content.kind
    numbered = _NUMBERED.findall(text)
    found = {int(place): letters for place, letters in numbered} or dict(enumerate(_ONE_EACH.findall(text), 1))
    if not found or min(found) < 1 or max(found) > len(places) or (kind is Kind.ORDER and len(found) != len(places)):
        raise AnswerUnreadable(f"第{one.position}题填的“{text[:10]}”应为{len(places)}个字母，例如BACD；空着的写“-”。")
    chosen = list[tuple[str, str]]()
    for place, letters in sorted(found.items()):
        for said in letters.strip("-－_×"):
            key = one.key_of(said, places[place - 1] if kind is Kind.INLINE_CHOICE else "")
            if key is None:
                raise AnswerUnreadable(f"第{one.position}题填的“{text[:10]}”里没有选项“{said}”。")
            chosen.append((places[place - 1], key))
    if kind is Kind.ORDER:
        return [key for _, key in chosen]
    if kind is Kind.INLINE_CHOICE:
        return dict(chosen)
    return [(place, key) if kind is Kind.MATCH else (key, place) for place, key in chosen]


def _share(one: Placed, response: object) -> float:
    try:
        won = score(one.content, response)
    except ResponseMalformed as fault:
        raise AnswerUnreadable(f"第{one.position}题：{fault.sentence}") from fault
    return float(min(max(won / (one.content.points or Decimal(1)), Decimal(0)), Decimal(1)))


def _points(one: Placed, text: str) -> float:
    points = as_number(text.removesuffix("分"))
    if points is None:
        raise AnswerUnreadable(f"第{one.position}题应填得分，填的是“{text[:10]}”。")
    if not 0 <= points <= one.points:
        raise AnswerUnreadable(f"第{one.position}题的得分“{text[:10]}”应在0至{one.points.normalize():f}之间。")
    return float(points / one.points)
