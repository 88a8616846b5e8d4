"""试题的中性形式: what is a question, whatever system it came from?

Kinds and their responses (what `score` takes):

| kind | what it is made of | response |
|---|---|---|
| choice, true_false | options | an option's key |
| multiple | options | a collection of options' keys |
| match | options (left) and slots (right) | a collection of (option, slot) |
| gap_match | options (words) and slots (blanks of the stem) | a collection of (option, slot) |
| order | options | keys in order |
| inline_choice, text_entry | slots (blanks of the stem), with options or with accepted answers | {slot: answer} |
| extended, practical | criteria (评分要点) | {criterion: points given by the marker} |
| composite | parts: a stem shared by several questions | {part: its response} |

A pair is written "option slot" in `key` and `weights`; no key of anything contains a blank.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from touchstone.measurement.interchange.rich import Rich, plain

ZERO = Decimal(0)


class Kind(StrEnum):
    """The kinds of question."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    MATCH = "match"
    ORDER = "order"
    GAP_MATCH = "gap_match"
    INLINE_CHOICE = "inline_choice"
    TEXT_ENTRY = "text_entry"
    EXTENDED = "extended"
    PRACTICAL = "practical"
    COMPOSITE = "composite"

    @property
    def label(self) -> str:
        return _LABELS[self.value]


_LABELS = {
    "choice": "单选题",
    "multiple": "多选题",
    "true_false": "判断题",
    "match": "匹配题",
    "order": "排序题",
    "gap_match": "选词填空题",
    "inline_choice": "下拉填空题",
    "text_entry": "填空题",
    "extended": "简答题",
    "practical": "实操题",
    "composite": "综合题",
}
TRUE, FALSE = "true", "false"
"""The keys of a true/false question's two options."""


class Method(StrEnum):
    """How points are given."""

    EXACT = "exact"
    """Everything right, or nothing (QTI match_correct)."""
    WEIGHTS = "weights"
    """Each entry of the response counts what its weight says (QTI map_response); of blanks and of a composite question's parts: their sum."""
    PARTIAL = "partial"
    """`each` points for every right entry; a wrong one takes all (多选少选给分). For an order: for every place that is right."""
    MARKER = "marker"
    """A person gives points, criterion by criterion."""
    RULES = "rules"
    """By an expression tree that came with the question (QTI response processing)."""
    NONE = "none"
    """No points: a survey question, or one whose key is not known yet."""


@dataclass(frozen=True)
class Weight:
    """What one entry of a response is worth. `low`…`high` (both ends included) make it a number's range; then `of` only shows it."""

    of: str
    points: Decimal
    exact_case: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    feedback: Rich = ()


@dataclass(frozen=True)
class Weights:
    """Weights of the entries, what any other entry is worth, and the bounds of the sum."""

    entries: tuple[Weight, ...] = ()
    otherwise: Decimal = ZERO
    lower: Decimal | None = None
    upper: Decimal | None = None


NO_WEIGHTS = Weights()


@dataclass(frozen=True)
class Option:
    """Something to choose, match or put in order. `most`: how often it may be used in pairs, 0 without limit. `fixed`: stays when shuffled."""

    key: str
    content: Rich
    feedback: Rich = ()
    fixed: bool = False
    most: int = 1

    @cached_property
    def words(self) -> str:
        """The content without its marking."""
        return plain(self.content)


@dataclass(frozen=True)
class Slot:
    """A place to fill. Of a match: `prompt` is its right side. Of a blank: `options` to choose from, or `weights` of accepted answers.

    `answer` is the model answer (an option's key, or words). `length`: letters expected. `numeric`: answers are compared as numbers.
    """

    key: str
    prompt: Rich = ()
    options: tuple[Option, ...] = ()
    answer: str = ""
    weights: Weights = NO_WEIGHTS
    most: int = 1
    length: int | None = None
    numeric: bool = False


@dataclass(frozen=True)
class Criterion:
    """A scoring point (评分要点) of what a person marks; `rule` says how points are taken off, `group` is the heading it stands under."""

    key: str
    content: Rich
    points: Decimal
    rule: str = ""
    group: str = ""


@dataclass(frozen=True)
class Rule:
    """A node of an expression tree, with the names of QTI 2 (`responseCondition`, `match`, `baseValue`, …)."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Rule", ...] = ()
    text: str = ""

    def get(self, name: str) -> str:
        """The attribute's value; empty when there is none."""
        return dict(self.attributes).get(name, "")


class When(StrEnum):
    """When a feedback is shown."""

    ALWAYS = "always"
    RIGHT = "right"
    WRONG = "wrong"
    PARTLY = "partly"


@dataclass(frozen=True)
class Feedback:
    """What is said after the answer."""

    when: When
    content: Rich


@dataclass(frozen=True)
class Media:
    """A file that the question shows: its name in the package, its kind as MIME says it, SHA-256 and size. The bytes travel apart."""

    name: str
    mime: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Part:
    """One question of a composite one."""

    key: str
    question: "Question"


@dataclass(frozen=True)
class Question:
    """A question. `points` is the most it can give. What each field means per kind stands at the head of this file."""

    kind: Kind
    stem: Rich
    points: Decimal = Decimal(1)
    title: str = ""
    options: tuple[Option, ...] = ()
    slots: tuple[Slot, ...] = ()
    key: tuple[str, ...] = ()
    method: Method = Method.EXACT
    weights: Weights = NO_WEIGHTS
    each: Decimal = ZERO
    rules: Rule | None = None
    criteria: tuple[Criterion, ...] = ()
    parts: tuple[Part, ...] = ()
    shuffle: bool = False
    least: int = 0
    most: int = 0
    minutes: int | None = None
    materials: Rich = ()
    feedback: tuple[Feedback, ...] = ()
    hints: tuple[Rich, ...] = ()
    media: tuple[Media, ...] = ()
    labels: tuple[str, ...] = ()
    language: str = "zh-CN"


def letter(place: int) -> str:
    """This function will letter a place, from 0: A … Z, AA, AB …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def pair(option: str, slot: str) -> str:
    """This function will write a pair as it stands in `key` and `weights`."""
    return f"{option} {slot}"
