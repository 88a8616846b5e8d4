"""装入模拟题库: how does a synthetic city come by a stocked bank? The same columns, seals and constraints, without walking every step."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.catalogue import queries as catalogue
from touchstone.ledger.history import HistoryRow, load_rows
from touchstone.ledger.numbering import next_serials
from touchstone.measurement.interchange.question import Question as Content
from touchstone.policy.questions.reviewing import ITEMS
from touchstone.questions.contents import grams_of, sealed, words_of
from touchstone.questions.models import Bank, Question, QuestionVersion, Review
from touchstone.questions.operations.writing import About, check_tied, columns
from touchstone.questions.states import QuestionState


def load_history(
    *, bank: Bank, entries: Iterable[tuple[About, Content]], author: Actor, reviewers: Sequence[Actor], by: Actor, at: datetime
) -> list[int]:
    """This function will add approved questions, each judged by `reviewers`, to a bank of a synthetic city, and give their keys.

    :raises Refusal: on a real installation, or for a question that is not whole.
    """
    given = list(entries)
    numbers = [f"ST{at:%Y}{serial:07d}" for serial in next_serials(f"question-{at:%Y}", len(given))]
    standards = {number: catalogue.standard(number) for number in {about.standard for about, _ in given}}
    rows, kept = list[HistoryRow](), list[tuple[bytes, str]]()
    for number, (about, content) in zip(numbers, given, strict=True):
        check_tied(about, standards[about.standard], content, at)
        kept.append(sealed(number, 1, content))
        standing = {"bank_id": bank.pk, "standard_id": standards[about.standard].pk, "occupation_id": standards[about.standard].occupation_id}
        written = {"written_by_id": author.user_id, "written_at": at, "approved_at": at, "grams": grams_of(words_of(content))}
        rest = {"state": QuestionState.APPROVED.value, "current": 1, "stale_because": "", "retired_because": "", "uses": 0}
        rows.append({"number": number, **columns(about), **standing, **written, **rest})
    keys = load_rows(Question, rows, by=by, at=at)
    version = {"sequence": 1, "media": [], "reason": "", "written_by_id": author.user_id, "written_at": at}
    said = ({**version, "question_id": key, "sealed": closed, "digest": digest} for key, (closed, digest) in zip(keys, kept, strict=True))
    versions = load_rows(QuestionVersion, said, by=by, at=at)
    marks = {item.key: {"outcome": "yes", "word": ""} for item in ITEMS.on(at.date()).value}
    review = {"asked_at": at, "marks": marks, "passes": True, "word": "", "given_at": at}
    judged = ({**review, "version_id": key, "reviewer_id": judge.user_id} for key in versions for judge in reviewers)
    load_rows(Review, judged, by=by, at=at)
    return keys
