"""标准结构对照: what changed between two structures, and what of it touches a question, a paper, a plan?

An element is the same when level, kind, code and words are; moved when the same words stand under another code; reworded when other words stand
under the same code, or nearly the same words in the same work content.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum

from touchstone.kernel.numbers import name_key
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.structure import KIND_EXAMINED, ElementFacts, FormFacts, StructureFacts

Elements = list[ElementFacts]
Key = Callable[[ElementFacts], str]
NEARLY, SAME_PLACE = 0.8, 0.4
MOST_PAIRS = 60_000
"""More pairs than this are not compared word by word: they stand as gone and new."""


class Change(StrEnum):
    """What became of an element."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"

    @property
    def label(self) -> str:
        return {"added": "新增", "removed": "删去", "moved": "改号", "reworded": "改写"}[self.value]


@dataclass(frozen=True)
class ElementChange:
    """One element that is not what it was; `old` or `new` is None where there is none."""

    change: Change
    old: ElementFacts | None
    new: ElementFacts | None

    @property
    def about(self) -> ElementFacts:
        found = self.old or self.new
        assert found is not None
        return found

    @property
    def sentence(self) -> str:
        """What is told to whoever rests on it."""
        title = self.about.title
        if self.change is Change.MOVED and self.new is not None:
            return f"{title}改为{self.new.code}"
        return f"{title}已{self.change.label}"


@dataclass(frozen=True)
class NameChange:
    """A function or work content that came, went or was renamed."""

    code: str
    old: str
    new: str

    @property
    def change(self) -> Change:
        return Change.ADDED if not self.old else Change.REMOVED if not self.new else Change.REWORDED


@dataclass(frozen=True)
class WeightChange:
    """A cell of a weight table that is not what it was; None where it was or is empty."""

    function: str
    name: str
    level: Level
    part: Part
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True)
class FormChange:
    """A form of exam that came, went or reads otherwise."""

    level: Level
    part: Part
    old: FormFacts | None
    new: FormFacts | None


@dataclass(frozen=True)
class Comparison:
    """Everything that changed from one structure to the next."""

    elements: tuple[ElementChange, ...]
    names: tuple[NameChange, ...]
    weights: tuple[WeightChange, ...]
    forms: tuple[FormChange, ...]

    @property
    def empty(self) -> bool:
        return not (self.elements or self.names or self.weights or self.forms)

    def of(self, change: Change) -> tuple[ElementChange, ...]:
        """This method will give the elements to which this happened."""
        return tuple(one for one in self.elements if one.change is change)

    def element_touched(self, level: int, part: Part, code: str) -> str:
        """This method will say what became of the element that a question of this level and part cites; empty when it stands as it was."""
        for one in self.elements:
            old = one.old
            if old is not None and old.code == code and old.kind is KIND_EXAMINED[part] and old.level in {None, level}:
                return one.sentence
        return ""

    def column_touched(self, level: int, part: Part) -> str:
        """This method will say what of weights and form changed for one part of one level; empty when nothing did."""
        told = []
        if any(one.level == level and one.part is part for one in self.weights):
            told.append("权重已调整")
        if any(one.level == level and one.part is part for one in self.forms):
            told.append("考试方式已调整")
        return "，".join(told)

    def level_touched(self, level: int) -> str:
        """This method will say in a few words what changed for one level; empty when nothing did."""
        told = []
        changed = [one for one in self.elements if one.about.level in {None, level}]
        if changed:
            told.append(f"{len(changed)}个要素有变化")
        if any(one.level == level for one in self.weights):
            told.append("权重已调整")
        if any(one.level == level for one in self.forms):
            told.append("考试方式已调整")
        return "，".join(told)


def compare(old: StructureFacts, new: StructureFacts) -> Comparison:
    """This function will find every difference between two structures."""
    return Comparison(tuple(_elements(old, new)), tuple(_names(old, new)), tuple(_weights(old, new)), tuple(_forms(old, new)))


def _elements(old: StructureFacts, new: StructureFacts) -> list[ElementChange]:
    before, after = {one.key: one for one in old.elements}, {one.key: one for one in new.elements}
    gone = [one for key, one in before.items() if key not in after or name_key(after[key].text) != name_key(one.text)]
    come = [one for key, one in after.items() if key not in before or name_key(before[key].text) != name_key(one.text)]
    found: list[ElementChange] = []
    gone, come = _pair(gone, come, found, Change.MOVED, lambda one: name_key(one.text), 0)
    gone, come = _pair(gone, come, found, Change.REWORDED, lambda one: one.code, SAME_PLACE)
    if len(gone) * len(come) <= MOST_PAIRS:
        gone, come = _pair(gone, come, found, Change.MOVED, lambda one: "", NEARLY)
    found += [ElementChange(Change.REMOVED, one, None) for one in gone]
    found += [ElementChange(Change.ADDED, None, one) for one in come]
    place = {one.key: n for n, one in enumerate((*old.elements, *new.elements))}
    return sorted(found, key=lambda one: (-(one.about.level or 6), place[one.about.key]))


def _like(one: ElementFacts, other: ElementFacts) -> float:
    return SequenceMatcher(None, one.text, other.text, autojunk=False).ratio()


def _pair(gone: Elements, come: Elements, found: list[ElementChange], change: Change, key: Key, alike: float) -> tuple[Elements, Elements]:
    """Take from both lists what belongs together, first come first served: level, kind and `key` the same, and the words alike. Give what is left."""
    waiting: dict[tuple[object, ...], Elements] = {}
    for one in come:
        waiting.setdefault((*one.key[:2], key(one)), []).append(one)
    left, taken = [], set()
    for one in gone:
        near = waiting.get((*one.key[:2], key(one)), [])
        match = next((other for other in near if not alike or _like(one, other) >= alike), None)
        if match is None:
            left.append(one)
            continue
        near.remove(match)
        taken.add(match.key)
        found.append(ElementChange(change, one, match))
    return left, [one for one in come if one.key not in taken]


def _names(old: StructureFacts, new: StructureFacts) -> Iterable[NameChange]:
    before, after = _named(old), _named(new)
    for code in dict.fromkeys((*before, *after)):
        if name_key(before.get(code, "")) != name_key(after.get(code, "")):
            yield NameChange(code, before.get(code, ""), after.get(code, ""))


def _named(structure: StructureFacts) -> dict[str, str]:
    return {one.code: one.name for one in structure.functions} | {one.code: one.name for one in structure.contents}


def _weights(old: StructureFacts, new: StructureFacts) -> Iterable[WeightChange]:
    names = {one.code: one.name for one in (*old.functions, *new.functions)}
    before = {(one.part, one.level, one.function): one.percent for one in old.weights}
    after = {(one.part, one.level, one.function): one.percent for one in new.weights}
    for key in dict.fromkeys((*before, *after)):
        part, level, function = key
        if before.get(key) != after.get(key):
            yield WeightChange(function, names.get(function, ""), level, part, before.get(key), after.get(key))


def _forms(old: StructureFacts, new: StructureFacts) -> Iterable[FormChange]:
    before, after = {(one.level, one.part): one for one in old.forms}, {(one.level, one.part): one for one in new.forms}
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield FormChange(key[0], key[1], before.get(key), after.get(key))
