"""统计计算: what do the answers to the forms of one paper say of each question and of the paper?

Plain numbers in, plain numbers out. Each form is reckoned by itself, since only those who had the same form can be compared by their score; a
question in several forms gets the mean, weighted by how many answered. Parameters are calibrated over all forms at once: those who got A and those
who got B are taken for equally able, as they were seated by chance.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from touchstone.measurement.calibration import Floats, Model, TooFewAnswers, calibrate
from touchstone.measurement.statistics import drift, fairness, option_figures, question_figures, reliability
from touchstone.questions.marking import dichotomous
from touchstone.questions.placing import Placed
from touchstone.sheets.answers import WOMEN

LEAST_COMMON = 5
"""Questions that both calibrations must share before anything is said of drift."""


@dataclass
class Answered:
    """The answers to one form: questions as placed, shares won (N, n), options chosen (N, n; −1 none), sex and group of each person."""

    placed: Sequence[Placed]
    shares: Floats
    options: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]"
    sexes: Sequence[str]
    groups: Sequence[str]


@dataclass
class Found:
    """What is known of one question."""

    answered: int = 0
    difficulty: float = 0.0
    discrimination: float | None = None
    options: dict[str, Any] = field(default_factory=dict)
    dif: dict[str, Any] = field(default_factory=dict)
    model: dict[str, Any] = field(default_factory=dict)


def reckoned(forms: Mapping[str, Answered], *, least_group: int, calibrate_at: int, before: Mapping[str, Mapping[str, Any]]) -> dict[str, Found]:
    """This function will give the figures of every question, by its number. `before` are earlier calibrated parameters by number."""
    found = dict[str, Found]()
    for form in forms.values():
        _classical(form, found)
        _fair(form, found, least_group)
    _calibrated(forms, found, calibrate_at, before)
    return found


def of_paper(forms: Mapping[str, Answered]) -> dict[str, Any]:
    """This function will say of each form how many answered, the mean, the spread, and the reliability (null where it cannot be computed)."""
    told = {}
    for letter, form in forms.items():
        points = np.array([float(one.points) for one in form.placed])
        scores = form.shares @ points
        alpha = reliability(form.shares)
        told[letter] = {
            "persons": len(scores),
            "mean": round(float(scores.mean()), 2),
            "spread": round(float(scores.std()), 2),
            "reliability": None if math.isnan(alpha) else round(alpha, 3),
        }
    return told


def _classical(form: Answered, found: dict[str, Found]) -> None:
    total = form.shares.sum(axis=1)
    for place, (one, figures) in enumerate(zip(form.placed, question_figures(form.shares), strict=True)):
        kept = found.setdefault(one.question, Found())
        share = figures.answered / (kept.answered + figures.answered)
        kept.difficulty += (figures.difficulty - kept.difficulty) * share
        r = None if math.isnan(figures.discrimination) else figures.discrimination
        kept.discrimination = r if kept.discrimination is None or r is None else kept.discrimination + (r - kept.discrimination) * share
        kept.answered += figures.answered
        if kept.options and kept.options["answered"] >= figures.answered:
            continue
        kept.options = {"answered": figures.answered, "upper": round(figures.upper, 4), "lower": round(figures.lower, 4)}
        if len(one.content.key) == 1 and (form.options[:, place] >= 0).any():
            kept.options["rows"] = _options(one, form.options[:, place], total - form.shares[:, place])


def _options(one: Placed, chosen: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]", rest: Floats) -> list[dict[str, Any]]:
    keys = [option.key for option in one.content.options]
    figures = option_figures(chosen, rest, options=len(keys), key=keys.index(one.content.key[0]))
    return [
        {
            "key": key,
            "share": round(each.share, 4),
            "standing": round(each.standing, 3),
            "right": each.is_key,
            "idle": each.draws_nobody,
            "able": each.draws_the_able,
        }
        for key, each in zip(keys, figures, strict=True)
    ]


def _fair(form: Answered, found: dict[str, Found], least: int) -> None:
    """Women beside men, and each group beside all others, where both sides are large enough."""
    columns = [place for place, one in enumerate(form.placed) if dichotomous(one)]
    if not columns:
        return
    right = (form.shares[:, columns] > 0.5).astype(float)
    sexes = np.array(form.sexes)
    if (sexes == WOMEN).sum() >= least and ((sexes != WOMEN) & (sexes != "")).sum() >= least:
        known = sexes != ""
        _note(form, found, columns, right[known], sexes[known] == WOMEN, "女性")
    groups = np.array(form.groups)
    for name in sorted(set(form.groups) - {""}):
        focal = groups == name
        if focal.sum() >= least and (~focal & (groups != "")).sum() >= least:
            known = groups != ""
            _note(form, found, columns, right[known], focal[known], name)


def _note(form: Answered, found: dict[str, Found], columns: list[int], right: Floats, focal: Any, name: str) -> None:
    for place, one in zip(columns, fairness(right, focal), strict=True):
        if not math.isnan(one.delta):
            found[form.placed[place].question].dif[name] = {"delta": round(one.delta, 3), "p": round(one.p, 5), "grade": one.grade}


def _calibrated(forms: Mapping[str, Answered], found: dict[str, Found], least: int, before: Mapping[str, Mapping[str, Any]]) -> None:
    """2PL over all forms, of the questions that are right or wrong and were answered by enough."""
    use = _usable(forms, found, least)
    if len(use) < 2:
        return
    place = {number: column for column, number in enumerate(use)}
    persons = sum(len(form.shares) for form in forms.values())
    answers = np.full((persons, len(use)), np.nan)
    begun = 0
    for form in forms.values():
        rows = slice(begun, begun + len(form.shares))
        for column, one in enumerate(form.placed):
            if one.question in place:
                answers[rows, place[one.question]] = (form.shares[:, column] > 0.5).astype(float)
        begun += len(form.shares)
    answers = answers[~np.isnan(answers).all(axis=1)]
    try:
        done = calibrate(answers, Model.TWO)
    except TooFewAnswers:
        return
    slope, intercept, errors = done.items.slope, done.items.intercept, done.errors
    spread = np.sqrt(errors[:, 1] ** 2 / slope**2 + intercept**2 * errors[:, 0] ** 2 / slope**4)
    for number, column in place.items():
        found[number].model = {
            "kind": "2PL",
            "slope": round(float(slope[column]), 4),
            "intercept": round(float(intercept[column]), 4),
            "guess": 0.0,
            "difficulty": round(float(done.items.difficulty[column]), 4),
            "error": round(float(spread[column]), 4),
            "persons": int((~np.isnan(answers[:, column])).sum()),
            "converged": done.converged,
        }
    _drifted(place, found, before)


def _usable(forms: Mapping[str, Answered], found: dict[str, Found], least: int) -> list[str]:
    apart: Callable[[str], bool] = lambda number: 0 < found[number].difficulty < 1  # noqa: E731 (all right or all wrong says nothing)
    numbers = {one.question for form in forms.values() for one in form.placed if dichotomous(one)}
    return sorted(number for number in numbers if found[number].answered >= least and apart(number))


def _drifted(place: Mapping[str, int], found: dict[str, Found], before: Mapping[str, Mapping[str, Any]]) -> None:
    common = [number for number in place if "error" in before.get(number, {})]
    if len(common) < LEAST_COMMON:
        return
    old = [np.array([float(before[number][name]) for number in common]) for name in ("difficulty", "error")]
    new = [np.array([float(found[number].model[name]) for number in common]) for name in ("difficulty", "error")]
    for number, moved in zip(common, drift(old[0], old[1], new[0], new[1]), strict=True):
        found[number].model |= {"moved": round(moved.moved, 3), "z": round(moved.z, 2)}
