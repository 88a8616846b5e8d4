"""试题交换: how do questions come from and go to other systems (QTI, GIFT, Moodle XML, Excel), and what is lost on the way?

`question` is the neutral form; `soundness` says whether one hangs together, `form` stores it, `scoring` scores it, `rich` shows its texts,
`marked` lets a person type them. The formats are read and written by packages of their own.
"""

from touchstone.measurement.interchange.form import from_json, read, to_json, written
from touchstone.measurement.interchange.marked import from_marked, to_marked
from touchstone.measurement.interchange.question import (
    Criterion,
    Feedback,
    Kind,
    Media,
    Method,
    Option,
    Part,
    Question,
    Slot,
    Weight,
    Weights,
    When,
    pair,
)
from touchstone.measurement.interchange.rich import Malformed, Rich, blank, node, plain, to_html
from touchstone.measurement.interchange.scoring import ResponseMalformed, score
from touchstone.measurement.interchange.soundness import check, plain_text, unready

__all__ = [
    "Criterion",
    "Feedback",
    "Kind",
    "Malformed",
    "Media",
    "Method",
    "Option",
    "Part",
    "Question",
    "ResponseMalformed",
    "Rich",
    "Slot",
    "Weight",
    "Weights",
    "When",
    "blank",
    "check",
    "from_json",
    "from_marked",
    "node",
    "pair",
    "plain",
    "plain_text",
    "read",
    "score",
    "to_html",
    "to_json",
    "to_marked",
    "unready",
    "written",
]
