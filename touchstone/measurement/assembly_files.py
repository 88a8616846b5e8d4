"""组卷文件: how are questions, a blueprint and the forms composed from them written as JSON, for use without the platform?

A bank: {"questions": [{"number", "difficulty", "used", "marks": {"function": …, "kind": …, "element": …}, and either "slope", "intercept", "guess"
(logistic) or "information": [… one for each ability]}], "enemies": [["one number", "another"]]}. A blueprint: {"size", "counts": {"function": {…},
"kind": {…}}, "at_most": {"element": 3}, "difficulty": [low, high], "most_used", "most_common", "abilities": […], "gap", "seconds", "rounds"}; the
last three say when levelling ends. One file may hold both, and the "seed" and the number of "forms" beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from touchstone.measurement.assembly import LETTERS, Demand, Forms, Pool
from touchstone.measurement.calibration import Items

_MOST_EFFORT = 3600
_LARGEST = 1_000_000
"""No number of a bank or blueprint is larger (and NaN is none): what is, was written by mistake."""


class FileMalformed(ValueError):
    """This is no bank or blueprint as we write them; the sentence says where and why."""


def read_blueprint(said: Any, forms: int) -> tuple[Demand, tuple[float, ...]]:
    """This function will read a blueprint: what each form must be, and the abilities of interest. :raises FileMalformed:"""
    if not isinstance(said, Mapping):
        raise FileMalformed("细目表应为一个JSON对象")
    counts = _counts(said.get("counts", {}))
    size = _whole(said.get("size"), "size")
    if size == 0:
        raise FileMalformed("size应大于0")
    for dimension, wanted in counts.items():
        if sum(wanted.values()) != size:
            raise FileMalformed(f"counts的{dimension}合计{sum(wanted.values())}题，size写的是{size}题")
    band = said.get("difficulty")
    if band is not None and not (_numbers(band) and len(band) == 2 and band[0] <= band[1]):
        raise FileMalformed("difficulty应为[下限, 上限]")
    abilities = said.get("abilities", [-1.0, 0.0, 1.0])
    if not _numbers(abilities) or not abilities:
        raise FileMalformed("abilities应为能力值的列表")
    at_most = said.get("at_most", {})
    if not isinstance(at_most, Mapping):
        raise FileMalformed("at_most应为一个对象")
    most_used = said.get("most_used")
    demand = Demand(
        forms=forms,
        size=size,
        counts=counts,
        at_most={str(name): _whole(most, f"at_most的{name}") for name, most in at_most.items()},
        difficulty=None if band is None else (float(band[0]), float(band[1])),
        most_used=None if most_used is None else _whole(most_used, "most_used"),
        most_common=_whole(said.get("most_common", 0), "most_common"),
    )
    return demand, tuple(float(one) for one in abilities)


@dataclass(frozen=True)
class Effort:
    """When levelling ends: at a gap, after so many seconds, or after as many rounds as it took the first time. None: not said."""

    gap: float | None
    seconds: float | None
    rounds: int | None


def read_effort(said: Any) -> Effort:
    """This function will read when levelling shall end, from a blueprint that `read_blueprint` took. :raises FileMalformed:"""
    gap, seconds, rounds = (said.get(name) for name in ("gap", "seconds", "rounds"))
    for name, value in (("gap", gap), ("seconds", seconds)):
        if value is not None and not (_numbers([value]) and 0 <= value <= _MOST_EFFORT):
            raise FileMalformed(f"{name}应为0至{_MOST_EFFORT}的数字")
    return Effort(gap, seconds, None if rounds is None else _whole(rounds, "rounds"))


def read_bank(said: Any, demand: Demand, abilities: tuple[float, ...]) -> tuple[list[str], Pool]:
    """This function will read a bank: the questions' numbers in order, and the pool. :raises FileMalformed: naming the question."""
    if not isinstance(said, Mapping) or not isinstance(said.get("questions"), list) or not said["questions"]:
        raise FileMalformed("题库应为一个JSON对象，questions是试题的列表")
    rows: list[Mapping[str, Any]] = said["questions"]
    if bad := next((place for place, row in enumerate(rows, 1) if not isinstance(row, Mapping) or not isinstance(row.get("number"), str)), None):
        raise FileMalformed(f"第{bad}道试题没有编号（number）")
    numbers = [row["number"] for row in rows]
    if len(set(numbers)) != len(numbers):
        raise FileMalformed(f"编号{next(one for one in numbers if numbers.count(one) > 1)}出现不止一次")
    dimensions = {*demand.counts, *demand.at_most}
    marks = {dimension: [_mark(row, dimension) for row in rows] for dimension in sorted(dimensions)}
    place = {number: n for n, number in enumerate(numbers)}
    pool = Pool(
        information=np.array([_information(row, abilities) for row in rows]),
        difficulty=np.array([_number(row, "difficulty") for row in rows]),
        marks=marks,
        used=np.array([_whole(row.get("used", 0), f"{row['number']}的used") for row in rows], np.int64),
        enemies=_enemies(said.get("enemies", []), place),
    )
    return numbers, pool


def written_forms(found: Forms, numbers: list[str], seed: str) -> dict[str, Any]:
    """This function will give composed forms as JSON values."""
    forms = [
        {"letter": LETTERS[n], "questions": [numbers[place] for place in form], "information": [round(one, 6) for one in information]}
        for n, (form, information) in enumerate(zip(found.chosen.tolist(), found.information.tolist(), strict=True))
    ]
    return {
        "seed": seed,
        "rounds": found.rounds,
        "forms": forms,
        "target": found.target.round(6).tolist(),
        "gap": round(found.gap, 6),
        "seconds": round(found.seconds, 2),
    }


def _counts(said: Any) -> dict[str, dict[str, int]]:
    if not isinstance(said, Mapping) or not all(isinstance(wanted, Mapping) for wanted in said.values()):
        raise FileMalformed("counts应为“维度: {值: 题数}”")
    return {str(name): {str(value): _whole(n, f"counts的{name} {value}") for value, n in wanted.items()} for name, wanted in said.items()}


def _whole(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST:
        raise FileMalformed(f"{where}应为0至{_LARGEST}的整数")
    return value


def _numbers(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, int | float) and not isinstance(one, bool) and abs(one) <= _LARGEST for one in value)


def _number(row: Mapping[str, Any], name: str, default: float | None = None) -> float:
    value = row.get(name, default)
    if not _numbers([value]):
        raise FileMalformed(f"试题{row['number']}的{name}应为数字")
    return float(value)


def _mark(row: Mapping[str, Any], dimension: str) -> str:
    marks = row.get("marks", {})
    value = marks.get(dimension) if isinstance(marks, Mapping) else None
    if not isinstance(value, str):
        raise FileMalformed(f"试题{row['number']}没有写明{dimension}")
    return value


def _information(row: Mapping[str, Any], abilities: tuple[float, ...]) -> list[float]:
    if "information" in row:
        if not _numbers(row["information"]) or len(row["information"]) != len(abilities):
            raise FileMalformed(f"试题{row['number']}的information应有{len(abilities)}个数字")
        return [float(one) for one in row["information"]]
    slope, intercept, guess = _number(row, "slope", 1.0), _number(row, "intercept"), _number(row, "guess", 0.0)
    if slope <= 0 or not 0 <= guess < 1:
        raise FileMalformed(f"试题{row['number']}的slope应大于0，guess应在0与1之间")
    items = Items(np.array([slope]), np.array([intercept]), np.array([guess]))
    return [float(one) for one in items.information(np.array(abilities))[0]]


def _enemies(said: Any, place: Mapping[str, int]) -> list[tuple[int, int]]:
    """Pairs as positions; a pair of one question with itself is refused, a pair said twice (either way round) counts once."""
    if not isinstance(said, list):
        raise FileMalformed("enemies应为编号对的列表")
    found = set()
    for pair in said:
        if not isinstance(pair, list) or len(pair) != 2 or pair[0] == pair[1] or not all(isinstance(one, str) for one in pair):
            raise FileMalformed(f"相克试题应为两道不同试题的编号：{pair}")
        if strange := next((one for one in pair if one not in place), None):
            raise FileMalformed(f"相克试题中的{strange}不在题库中")
        one, other = sorted(place[number] for number in pair)
        found.add((one, other))
    return sorted(found)
