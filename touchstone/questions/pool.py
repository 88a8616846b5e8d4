"""组卷素材: which questions may a paper use, what does the composer know of each, and what does a blueprint ask for in its terms?

Only positions and numbers go to `measurement.assembly`; no question is opened for composing.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Count, Q

from touchstone.catalogue import queries as catalogue
from touchstone.kernel.periods import add_months
from touchstone.measurement.assembly import Demand, Pool
from touchstone.measurement.calibration import Items
from touchstone.parameters.queries import in_force
from touchstone.policy.questions.lending import LENT_A_YEAR
from touchstone.policy.questions.papers import BlueprintFacts, allotted
from touchstone.questions.models import Bank, Blueprint, EnemyPair, Lending, Paper, PaperItem
from touchstone.questions.queries import Usable, usable
from touchstone.questions.states import PaperState
from touchstone.questions.terms import Terms, read_terms

if TYPE_CHECKING:
    from touchstone.catalogue.models import Standard

STANDING = (PaperState.COMPOSED, PaperState.SEALED, PaperState.OPENED, PaperState.USED)
RECENT = "recent"
_BARRED = 1_000


@dataclass(frozen=True)
class Function:
    """A function with its share in percent, the exact share of the questions, and how many it is allotted."""

    code: str
    name: str
    percent: Decimal
    exact: Decimal
    count: int


@dataclass(frozen=True)
class Stock:
    """What a paper is composed from: the questions in order of their key, the pool and the demand made of them, the functions, the papers they are
    held against, and how many questions have calibrated parameters."""

    questions: tuple[Usable, ...]
    pool: Pool
    demand: Demand
    functions: tuple[Function, ...]
    last: tuple[str, ...]
    recent: frozenset[int]
    calibrated: int

    @property
    def digest(self) -> str:
        """The SHA-256 of everything the composer is given: who has the same, and the seed, composes the same."""
        demand = [self.demand.size, self.demand.counts, self.demand.at_most, self.demand.difficulty, self.demand.most_used, self.demand.most_common]
        marks = {name: list(values) for name, values in self.pool.marks.items()}
        told = [demand, marks, self.pool.difficulty.tolist(), self.pool.information.tolist(), self.pool.used.tolist(), list(self.pool.enemies)]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def material(stock: Stock, terms: Terms, rounds: int | None = None) -> dict[str, Any]:
    """This function will write what was given to the composer as `measurement.assembly_files` reads it: numbers and figures, no words. Whoever has
    it, and the seed, composes the same paper with `touchstone papers compose`: for `rounds`, how often swaps were tried, it need not be as fast."""
    pool, demand = stock.pool, stock.demand
    numbers = [row.number for row in stock.questions]
    questions = [
        {
            "number": number,
            "difficulty": float(pool.difficulty[place]),
            "used": int(pool.used[place]),
            "marks": {name: values[place] for name, values in pool.marks.items()},
            "information": pool.information[place].tolist(),
        }
        for place, number in enumerate(numbers)
    ]
    blueprint = {
        "size": demand.size,
        "counts": demand.counts,
        "at_most": demand.at_most,
        "difficulty": list(terms.difficulty),
        "most_used": demand.most_used,
        "most_common": demand.most_common,
        "abilities": list(terms.abilities),
        "gap": terms.gap,
        "seconds": terms.seconds,
        **({} if rounds is None else {"rounds": rounds}),
    }
    enemies = [[numbers[one], numbers[other]] for one, other in pool.enemies]
    return {"bank": {"questions": questions, "enemies": enemies}, "blueprint": blueprint}


def functions_of(standard: "Standard", level: int, part: str, size: int, day: date) -> tuple[Function, ...]:
    """This function will share out `size` questions among the functions by the weight table in force; empty when there is none."""
    structure = catalogue.structure_of(standard, day)
    if structure is None:
        return ()
    weights = catalogue.weights(structure, level, part)
    names = {one.code: one.name for one in catalogue.functions(structure)}
    counts = allotted(weights, size)
    total = sum(weights.values(), Decimal(0))
    return tuple(Function(code, names.get(code, ""), percent, percent * size / total, counts[code]) for code, percent in weights.items())


def blueprint_facts(standard: "Standard", level: int, part: str, terms: Terms, day: date) -> BlueprintFacts:
    """This function will give what the rules on blueprints read."""
    structure = catalogue.structure_of(standard, day)
    weights = catalogue.weights(structure, level, part) if structure else {}
    form = catalogue.exam_form(structure, level, part) if structure else None
    return BlueprintFacts(part, terms.kinds, terms.minutes, form.minutes if form else None, weights)


def stock_of(blueprint: Blueprint, bank: Bank, forms: int, at: datetime, *, but: int | None = None) -> Stock:
    """This function will gather what a paper of `bank` is composed from at `at`; paper `but` (its key) does not count as one before it."""
    terms, day = read_terms(blueprint.terms), at.date()
    rows = tuple(_not_lent_out(usable(bank, blueprint.standard, blueprint.level, blueprint.part, day), at))
    functions = functions_of(blueprint.standard, blueprint.level, blueprint.part, terms.size, day)
    last = _last_papers(blueprint, terms.last_papers, but)
    recent = frozenset(PaperItem.objects.filter(form__paper__in=[one.pk for one in last]).values_list("question_id", flat=True))
    used = _uses(bank, terms.exposure_months, day, but)
    barred = terms.last_overlap == 0
    marks = {
        "function": [row.element.split(".", maxsplit=1)[0] for row in rows],
        "kind": [row.kind for row in rows],
        "element": [row.element for row in rows],
    }
    at_most = {"element": terms.element_most}
    if recent and not barred:
        # One value for all questions of the last papers, and one of its own for each other: so a limit on one value limits just them.
        marks[RECENT] = [RECENT if row.pk in recent else f"{row.pk}" for row in rows]
        at_most[RECENT] = terms.last_overlap
    place = {row.pk: n for n, row in enumerate(rows)}
    pairs = EnemyPair.objects.filter(lifted_at__isnull=True, first__in=place, second__in=place).values_list("first_id", "second_id")
    pool = Pool(
        information=_information(rows, terms.abilities),
        difficulty=np.array([_won(row) for row in rows], float),
        marks=marks,
        used=np.array([used[row.pk] + (_BARRED if barred and row.pk in recent else 0) for row in rows], np.int64),
        enemies=sorted((place[one], place[other]) for one, other in pairs),
    )
    demand = Demand(
        forms=forms,
        size=terms.size,
        counts={"function": {one.code: one.count for one in functions if one.count}, "kind": {key: one.count for key, one in terms.kinds.items()}},
        at_most=at_most,
        difficulty=terms.difficulty,
        most_used=terms.exposure_most,
        most_common=terms.overlap_most,
    )
    calibrated = sum(1 for row in rows if row.model)
    return Stock(rows, pool, demand, functions, tuple(one.number for one in last), recent, calibrated)


def _not_lent_out(rows: list[Usable], at: datetime) -> list[Usable]:
    """Leave out what the city bank would not lend again this year."""
    city = [row.pk for row in rows if row.from_city]
    if not city:
        return rows
    most = in_force(LENT_A_YEAR, at.date()).value
    lent = Lending.objects.filter(question__in=city, lent_at__gt=at - timedelta(days=365)).values("question").annotate(n=Count("pk"))
    worn = {one["question"] for one in lent if one["n"] >= most}
    return [row for row in rows if row.pk not in worn]


def _last_papers(blueprint: Blueprint, count: int, but: int | None) -> list[Paper]:
    """The papers of the same bank, standard, level and part that were composed last."""
    alike = {"bank": blueprint.bank_id, "blueprint__standard": blueprint.standard_id, "blueprint__level": blueprint.level}
    found = Paper.objects.filter(state__in=STANDING, blueprint__part=blueprint.part, **alike)
    if but is not None:
        found = found.exclude(pk=but)
    return list(found.order_by("-composed_at", "-id")[:count])


def _uses(bank: Bank, months: int, day: date, but: int | None) -> Counter[int]:
    """How many papers of the bank, used within the months before `day` or still to be used, hold each question."""
    since = add_months(day, -months)
    counted = Q(form__paper__used_at__date__gt=since) | Q(form__paper__state__in=[PaperState.COMPOSED, PaperState.SEALED, PaperState.OPENED])
    found = PaperItem.objects.filter(counted, form__paper__bank=bank).exclude(form__paper=but).exclude(form__paper__state=PaperState.DISCARDED)
    rows = found.values("question").annotate(n=Count("form__paper", distinct=True))
    return Counter({one["question"]: one["n"] for one in rows})


def _won(row: Usable) -> float:
    """The share of its points that a question is expected to give: as last seen, else as estimated."""
    return float(row.difficulty) if row.observed is None else row.observed


def _information(rows: tuple[Usable, ...], abilities: tuple[float, ...]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """By calibrated parameters where there are any; else by a 1PL whose difficulty follows from the share of points won."""
    slope, intercept, guess = (np.empty(len(rows)) for _ in range(3))
    for n, row in enumerate(rows):
        share = min(max(_won(row), 0.02), 0.98)
        slope[n] = float(row.model.get("slope", 1.0))
        intercept[n] = float(row.model.get("intercept", math.log(share / (1 - share))))
        guess[n] = float(row.model.get("guess", 0.0))
    return Items(slope, intercept, guess).information(np.array(abilities))


def function_counts(elements: list[str]) -> Mapping[str, int]:
    """This function will count questions by function, from their elements."""
    return dict(Counter(one.split(".", maxsplit=1)[0] for one in elements))
