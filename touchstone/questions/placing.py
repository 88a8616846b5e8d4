"""试题排列: at which place of a form does a question stand, in which order are its options printed, and which letter is which option?

`Placed.order` names what is lettered, in printed order: options; of a match its right sides; of blanks with a list each “slot option”; of a
composite question “part …” and then the same of the part.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from touchstone.measurement.interchange.question import Kind, Option, Question, letter
from touchstone.measurement.interchange.rich import blanks

BY_LETTERS = frozenset({Kind.CHOICE, Kind.MULTIPLE})
BY_PLACES = frozenset({Kind.ORDER, Kind.MATCH, Kind.GAP_MATCH, Kind.INLINE_CHOICE})
"""Kinds answered by a letter at each of several numbered places."""
_STAYS = ("以上", "上述", "都对", "都不对", "全部", "均正确", "均不正确")
_NAMES_LETTERS = re.compile(r"[A-Z]\s*[、,，和与及]\s*[A-Z]|选项\s*[A-Z]|[A-Z]\s*项")
_TRIES = 60


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

    def letter_of(self, key: str, slot: str = "") -> str:
        """This method will give the letter under which an option was printed (in the list of a blank, where one is named)."""
        return letter(self.lettered(slot).index(key))

    def key_of(self, printed: str, slot: str = "") -> str | None:
        """This method will give the option that was printed under a letter; None when there is none."""
        return next((key for place, key in enumerate(self.lettered(slot)) if letter(place) == printed), None)

    def lettered(self, slot: str = "") -> tuple[str, ...]:
        """This method will give what is lettered, in order: everything, or the list of one blank."""
        return tuple(one.partition(" ")[2] for one in self.order if one.partition(" ")[0] == slot) if slot else self.order

    def places(self) -> tuple[str, ...]:
        """This method will give what is numbered and waits for a letter: steps, left sides, blanks in reading order."""
        if self.content.kind is Kind.ORDER:
            return self.content.key
        if self.content.kind is Kind.MATCH:
            return tuple(one.key for one in self.content.options)
        return blanks(self.content.stem)

    def parts(self) -> tuple["Placed", ...]:
        """This method will give the parts of a composite question, each with its share of the points and its own order."""
        total = sum((part.question.points for part in self.content.parts), Decimal(0))
        scale = self.points / total if total else Decimal(1)
        return tuple(
            replace(self, position=place, kind=part.question.kind.value, points=part.question.points * scale, content=part.question,
                    order=self.lettered(part.key))
            for place, part in enumerate(self.content.parts, 1)
        )  # fmt: skip


def shuffled(content: Question, seed: int, others: Collection[tuple[str, ...]] = ()) -> tuple[str, ...]:
    """This function will order by chance from `seed` what is lettered, never so that the order itself is the answer, and unlike `others` (the
    orders of the same question in other forms) where there is another. Fixed options, and such as “以上都对”, keep their place."""
    chance, kept = np.random.default_rng(seed), None
    order = tuple[str, ...]()
    for _ in range(_TRIES):
        order = _mixed(content, chance)
        if _gives_away(content, order):
            continue
        kept = order
        if order not in others:
            break
    return order if kept is None else kept


def _mixed(content: Question, chance: np.random.Generator) -> tuple[str, ...]:
    match content.kind:
        case Kind.CHOICE | Kind.MULTIPLE:
            return _options(content.options, chance)
        case Kind.ORDER | Kind.GAP_MATCH:
            return _any([one.key for one in content.options], chance)
        case Kind.MATCH:
            return _any([one.key for one in content.slots], chance)
        case Kind.INLINE_CHOICE:
            return tuple(f"{slot.key} {key}" for slot in content.slots for key in _options(slot.options, chance))
        case Kind.COMPOSITE:
            seeds = [int(chance.integers(2**63)) for _ in content.parts]
            return tuple(f"{part.key} {key}" for part, seed in zip(content.parts, seeds, strict=True) for key in shuffled(part.question, seed))
    return tuple(one.key for one in content.options)


def _any(keys: Sequence[str], chance: np.random.Generator) -> tuple[str, ...]:
    return tuple(keys[place] for place in chance.permutation(len(keys)).tolist())


def _options(options: Sequence[Option], chance: np.random.Generator) -> tuple[str, ...]:
    keys = [one.key for one in options]
    if any(_NAMES_LETTERS.search(one.words) for one in options):
        return tuple(keys)  # one that speaks of “A、C” is right only while A and C stay A and C
    moving = [place for place, one in enumerate(options) if not _stays(one)]
    mixed = chance.permutation(len(moving)).tolist()
    order = list(keys)
    for place, other in zip(moving, mixed, strict=True):
        order[place] = keys[moving[other]]
    return tuple(order)


def _stays(option: Option) -> bool:
    return option.fixed or option.words.startswith(_STAYS[:2]) or any(one in option.words for one in _STAYS[2:])


def _gives_away(content: Question, order: tuple[str, ...]) -> bool:
    """Whether reading the letters from A on is the answer."""
    if content.kind is Kind.ORDER:
        return order == content.key
    pairs = [one.split(" ") for one in content.key]
    if content.kind is Kind.MATCH:
        right = [slot for option in content.options for one, slot in pairs if one == option.key]
    elif content.kind is Kind.GAP_MATCH:
        right = [option for blank in blanks(content.stem) for option, slot in pairs if slot == blank]
    else:
        return False
    return len(order) > 1 and list(order[: len(right)]) == right
