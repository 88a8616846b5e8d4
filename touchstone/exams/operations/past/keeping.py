"""往事入库: how do the books of many evaluations come into their tables at once?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import PLATFORM
from touchstone.certificates.operations.history import load_history as load_certificates
from touchstone.exams.models import SignIn
from touchstone.exams.operations.history import load_history
from touchstone.exams.states import ReviewOutcome
from touchstone.ledger.history import load_lines
from touchstone.notices.history import load_history as load_notices
from touchstone.tasks.history import load_history as load_tasks

if TYPE_CHECKING:
    from django.db.models import Model

    from touchstone.exams.operations.past.book import Book, PastSeat
    from touchstone.ledger.history import PastLine


def keep(books: "Sequence[Book]", *, at: datetime) -> "list[tuple[int, PastLine]]":
    """This function will put everything that the books hold into the tables, whose people are there already, and give each line with its key."""
    _load("plans", [book.plan for book in books], at)
    for book in books:
        for candidate in book.candidates:
            candidate.plan_id = book.plan.pk
        for sitting in book.sittings:
            sitting.plan_id = book.plan.pk
    _load("candidates", [one for book in books for one in book.candidates], at)
    _load("sittings", [one for book in books for one in book.sittings], at)
    _keep_seats([one for book in books for one in book.seats], at)
    scored = [(book, score) for book in books for score in book.scores]
    scores = (
        {
            "candidate_id": score.candidate.pk,
            "part": score.part.value,
            "value": score.value,
            "entered_by_id": book.planner.user_id,
            "entered_at": book.moments.scored,
        }
        for book, score in scored
    )
    keys = load_history("scores", scores, by=PLATFORM, at=at)
    _keep_reviews(books, {id(score): key for (_, score), key in zip(scored, keys, strict=True)}, at)
    load_notices((row for book in books for row in book.notices), by=PLATFORM, at=at)
    load_certificates((one for book in books for one in book.certificates), by=PLATFORM, at=at)
    archives = ({**{key: value for key, value in row.items() if key != "plan"}, "plan_id": row["plan"].pk} for book in books for row in book.archives)
    load_history("archives", archives, by=PLATFORM, at=at)
    load_tasks((row for book in books for row in book.tasks), by=PLATFORM, at=at)
    lines = [line for book in books for line in book.lines]
    return list(zip(load_lines(lines, by=PLATFORM, at=at), lines, strict=True))


def _keep_seats(seats: "Sequence[PastSeat]", at: datetime) -> None:
    rows = (
        {
            "sitting_id": seat.sitting.pk,
            "candidate_id": seat.candidate.pk,
            "seat_number": seat.number,
            "form": seat.form,
            "present": seat.present,
            "noted_at": seat.noted_at,
        }
        for seat in seats
    )
    keys = load_history("seats", rows, by=PLATFORM, at=at)
    noted = (
        {
            "seat_id": key,
            "present": seat.present,
            "how": SignIn.How.LISTED.value,
            "noted_at": seat.noted_at,
            "noted_by_id": seat.sitting.closed_by_id,
        }
        for key, seat in zip(keys, seats, strict=True)
        if seat.present is not None
    )
    load_history("sign_ins", noted, by=PLATFORM, at=at)


def _keep_reviews(books: "Sequence[Book]", entries: Mapping[int, int], at: datetime) -> None:
    """Locks, reviews and what was looked at again; `entries` gives the key of each score."""
    locked = [book for book in books if book.marks]
    rows = ({"plan_id": one.plan.pk, "round": 1, "locked_by_id": one.planner.user_id, "locked_at": one.moments.concluded} for one in locked)
    locks = {id(book): key for book, key in zip(locked, load_history("locks", rows, by=PLATFORM, at=at), strict=True)}
    held = [(book, review) for book in locked for review in book.reviews]
    reviews = (
        {
            "lock_id": locks[id(book)],
            "draws": review.draws,
            "findings": review.findings,
            "drawn_by_id": book.planner.user_id,
            "drawn_at": book.moments.drawn,
            "finished_at": book.moments.looked,
        }
        for book, review in held
    )
    keys = load_history("reviews", reviews, by=PLATFORM, at=at)
    looked = (
        {
            "review_id": key,
            "entry_id": entries[id(score)],
            "why": "drawn",
            "outcome": ReviewOutcome.AGREES.value,
            "seen": score.value,
            "seen_by_id": review.by.user_id,
            "seen_at": book.moments.looked,
        }
        for key, (book, review) in zip(keys, held, strict=True)
        for score in review.chosen
    )
    load_history("reviewed", looked, by=PLATFORM, at=at)


def _load(table: str, made: "Sequence[Model]", at: datetime) -> None:
    for one, key in zip(made, load_history(table, _rows(made), by=PLATFORM, at=at), strict=True):
        one.pk = key


def _rows(made: "Sequence[Model]") -> Iterable[dict[str, Any]]:
    columns = [field.attname for field in made[0]._meta.concrete_fields if not field.primary_key] if made else []
    return ({column: getattr(one, column) for column in columns} for one in made)
