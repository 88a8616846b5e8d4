"""机考判分: how many of its points does an answer that came from a browser earn, and which of them are for people to give?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from touchstone.measurement.interchange.question import Kind, Method, Question
from touchstone.measurement.interchange.rich import plain
from touchstone.measurement.interchange.scoring import ResponseMalformed, score
from touchstone.questions.delivery import Places, as_sent
from touchstone.questions.placing import Placed

_BY_PEOPLE = {Kind.EXTENDED, Kind.PRACTICAL}
_CENT = Decimal("0.01")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Point:
    """A scoring point (评分要点) as a marker sees it: its key within the question, what it is for, the most it gives, how points come off."""

    key: str
    words: str
    most: Decimal
    rule: str = ""


def by_people(content: Question) -> bool:
    """This function will say whether some of a question's points are given by people."""
    if content.kind is Kind.COMPOSITE:
        return any(by_people(part.question) for part in content.parts)
    return (content.kind in _BY_PEOPLE and content.method is not Method.NONE) or content.method is Method.MARKER


def scoring_points(content: Question) -> list[Point]:
    """This function will give the scoring points of a question that people mark, in order."""
    if content.kind is Kind.COMPOSITE:
        return [
            Point(f"{part.key}/{one.key}", one.words, one.most, one.rule)
            for part in content.parts
            if by_people(part.question)
            for one in scoring_points(part.question)
        ]
    if not content.criteria:
        return [Point("", "全题", content.points)]
    return [Point(one.key, plain(one.content), one.points, one.rule) for one in content.criteria]


def with_marks(content: Question, response: Any, given: Mapping[str, str]) -> Any:
    """This function will put what a marker gave in the place of what the candidate wrote, as `scoring` takes it."""
    if content.kind is not Kind.COMPOSITE:
        return {one.key: given[one.key] for one in content.criteria} if content.criteria else given[""]
    found = dict(response or {})
    for part in content.parts:
        if by_people(part.question):
            own = {key.removeprefix(f"{part.key}/"): value for key, value in given.items() if key.startswith(f"{part.key}/")}
            found[part.key] = with_marks(part.question, None, own)
    return found


def points_won(one: Placed, response: Any) -> Decimal:
    """This function will give the points of the form that a response earns, from nought to the question's; to a hundredth.

    What does not fit the question any more (it was read when it was saved) earns nothing.
    """
    if response is None:
        return Decimal(0)
    try:
        won = score(one.content, response)
    except ResponseMalformed:
        return Decimal(0)
    share = min(max(won / (one.content.points or Decimal(1)), Decimal(0)), Decimal(1))
    return (share * one.points).quantize(_CENT, ROUND_HALF_UP)


def letters_said(one: Placed, orders: Sequence[Places], response: Any) -> str:
    """This function will write an answer as it stood on the screen, by letters and numbers: it says nothing of what the question says."""
    parts = [_said(raw) for raw in as_sent(one, orders, response)]
    return "；".join(f"（{place}）{said}" for place, said in enumerate(parts, 1)) if len(parts) > 1 else parts[0]


def _said(raw: Any) -> str:
    if raw is None or raw == []:
        return "清空"
    if isinstance(raw, str):
        return f"文字{len(raw)}字"
    if isinstance(raw, int):
        return LETTERS[raw]
    return "、".join("—" if one is None or one == [] else _said(one) for one in raw)


def parts_written(content: Question, response: Any) -> list[str]:
    """This function will give what a candidate wrote for people to read, part by part."""
    if content.kind is not Kind.COMPOSITE:
        return [str(response or "")]
    return [str((response or {}).get(part.key) or "（没有作答）") for part in content.parts if by_people(part.question)]
