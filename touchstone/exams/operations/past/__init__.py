"""往事: what have the operations of an evaluation left behind, row by row and line by line, when it was held long ago in a synthetic city?

Nothing is decided here: the same rules and the same words as in the operations, on rows not yet in a table, many evaluations at once.
`tests/simulation/test_past.py` holds one made here beside one made by the operations.
"""

from touchstone.exams.operations.past.book import Book, Moments, planned
from touchstone.exams.operations.past.day import PastSitting, arranged, held
from touchstone.exams.operations.past.keeping import keep
from touchstone.exams.operations.past.registration import PastEntry, cancelled, drafted, registered, reported, reviewed, signed_for
from touchstone.exams.operations.past.results import announced, certified, confirmed, looked_again, scored

__all__ = [
    "Book",
    "Moments",
    "PastEntry",
    "PastSitting",
    "announced",
    "arranged",
    "cancelled",
    "certified",
    "confirmed",
    "drafted",
    "held",
    "keep",
    "looked_again",
    "planned",
    "registered",
    "reported",
    "reviewed",
    "scored",
    "signed_for",
]
