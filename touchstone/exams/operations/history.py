"""认定历史装入: how do the evaluations a synthetic city has held come in at once? Every score is judged by the rules, as anywhere."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Archive, Candidate, Plan, ReviewedScore, ScoreEntry, ScoreLock, ScoreReview, Seat, SignIn, Sitting
from touchstone.exams.states import Part, Result
from touchstone.kernel.rules import records
from touchstone.ledger.history import HistoryRow, load_rows
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.results import Score, result

_TABLES = {
    "plans": Plan,
    "candidates": Candidate,
    "sittings": Sitting,
    "seats": Seat,
    "sign_ins": SignIn,
    "scores": ScoreEntry,
    "locks": ScoreLock,
    "reviews": ScoreReview,
    "reviewed": ReviewedScore,
    "archives": Archive,
}


def load_history(table: str, rows: Iterable[HistoryRow], *, by: Actor, at: datetime) -> list[int]:
    """This function will add rows to one of the tables of an evaluation of a synthetic city and give their keys."""
    return load_rows(_TABLES[table], rows, by=by, at=at)


def judge_row(scores: Mapping[Part, Score], *, level: int, day: date) -> dict[str, Any]:
    """This function will judge a candidate's scores by the rules and give the columns that hold the result.

    :raises ValueError: while a score is missing.
    """
    found = result(scores, Level(level), day)
    if found.passed is None:
        raise ValueError("a score is missing")
    missed = all(score.absent for score in scores.values())
    outcome = Result.PASSED if found.passed else Result.ABSENT if missed else Result.FAILED
    return {"result": outcome.value, "result_findings": records(found.findings)}
