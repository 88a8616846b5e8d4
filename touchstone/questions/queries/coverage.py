"""题库覆盖查询: per function and per element of a standard, how many questions are there, how many are needed, and what is to be written?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count

from touchstone.catalogue import queries as catalogue
from touchstone.kernel.rules import Finding
from touchstone.policy.questions.coverage import CellFacts, enough_questions, needed
from touchstone.questions.models import Bank, Question
from touchstone.questions.states import QuestionState

if TYPE_CHECKING:
    from touchstone.catalogue.models import Standard


@dataclass(frozen=True)
class Cell:
    """A function, or an element under it: its weight, the questions there are by kind, those being written, those needed and lacking."""

    code: str
    name: str
    weight: float | None
    approved: int
    under_way: int
    needed: int
    finding: Finding | None
    kinds: Mapping[str, int] = field(default_factory=dict)
    elements: tuple["Cell", ...] = ()

    @property
    def lacking(self) -> int:
        return max(0, self.needed - self.approved)


def coverage(bank: Bank, standard: "Standard", level: int, part: str, day: date, papers: int | None = None) -> tuple[Cell, ...]:
    """This function will give the functions of one level and part with their elements, each with what there is and what is needed for `papers`
    parallel papers (as the parameter says, when None). Without a structure, codes cited by questions stand for elements, without a weight."""
    held = _held(bank, standard, level, part)
    structure = catalogue.structure_of(standard, day)
    if structure is None:
        names = dict.fromkeys(held, "")
        weights: Mapping[str, object] = {}
        titles = {code.split(".")[0]: "" for code in held}
    else:
        names = {one.code: one.text for one in catalogue.elements(structure, level, part)}
        weights = catalogue.weights(structure, level, part)
        asked = {*weights, *(code.split(".", maxsplit=1)[0] for code in names)}
        titles = {one.code: one.name for one in catalogue.functions(structure) if one.code in asked}
    known = structure is not None
    return tuple(_function(code, name, weights.get(code), names, held, part, day, papers, known) for code, name in titles.items())


def _under(element: str, function: str) -> bool:
    return element.split(".", maxsplit=1)[0] == function


def _held(bank: Bank, standard: "Standard", level: int, part: str) -> dict[str, Counter[tuple[str, bool]]]:
    """By element: how many of each kind, in use (True) or still being written (False); stale ones count as neither."""
    found = Question.objects.filter(bank=bank, standard=standard, level=level, part=part, stale_because="").exclude(state=QuestionState.RETIRED)
    held: dict[str, Counter[tuple[str, bool]]] = {}
    for element, kind, state, count in found.order_by().values_list("element", "kind", "state").annotate(n=Count("pk")):
        held.setdefault(element, Counter())[kind, state == QuestionState.APPROVED] += count
    return dict(sorted(held.items()))


def _function(
    code: str, name: str, weight: object, names: Mapping[str, str], held: Mapping[str, Counter[tuple[str, bool]]], part: str, day: date,
    papers: int | None, known: bool,
) -> Cell:  # fmt: skip
    own = {element: words for element, words in names.items() if _under(element, code)}
    percent = None if weight is None else float(str(weight))
    share = percent / len(own) if percent is not None and own else None
    elements = tuple(_cell(element, words, share, held.get(element, Counter()), part, day, papers, judged=False) for element, words in own.items())
    total: Counter[tuple[str, bool]] = sum((held.get(element, Counter()) for element in own), Counter())
    return _cell(code, name or ("" if known else "（标准结构尚未登记）"), percent, total, part, day, papers, judged=True, elements=elements)


def _cell(
    code: str, name: str, weight: float | None, held: Counter[tuple[str, bool]], part: str, day: date, papers: int | None, *, judged: bool,
    elements: tuple[Cell, ...] = (),
) -> Cell:  # fmt: skip
    approved = sum(count for (_, in_use), count in held.items() if in_use)
    facts = CellFacts(f"{code} {name}".strip(), weight, approved, part, papers)
    kinds: Counter[str] = Counter()
    for (kind, in_use), count in held.items():
        if in_use:
            kinds[kind] += count
    finding = enough_questions(facts, day) if judged else None
    return Cell(code, name, weight, approved, held.total() - approved, needed(facts, day), finding, dict(sorted(kinds.items())), elements)
