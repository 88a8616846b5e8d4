"""送来与送出: what did a file bring, question by question, and what went out, with every loss on its line?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ParamSpec, TypeVar

from touchstone.measurement.interchange.question import Kind, Question
from touchstone.measurement.interchange.rich import Malformed, plain

P = ParamSpec("P")
T = TypeVar("T")


class Format(StrEnum):
    """The formats that questions come in and go out."""

    QTI21 = "qti2.1"
    QTI22 = "qti2.2"
    QTI30 = "qti3.0"
    GIFT = "gift"
    MOODLE = "moodle"
    SHEET = "xlsx"

    @property
    def label(self) -> str:
        return {"qti2.1": "QTI 2.1", "qti2.2": "QTI 2.2", "qti3.0": "QTI 3.0", "gift": "GIFT", "moodle": "Moodle XML", "xlsx": "Excel"}[self.value]


@dataclass(frozen=True)
class Loss:
    """Something that could not be carried: its line in the file (0: the file as a whole), what it is, and why."""

    line: int
    what: str
    why: str

    @property
    def sentence(self) -> str:
        where = f"第{self.line}行 " if self.line else ""
        return f"{where}{self.what}：{self.why}"


class Refused(ValueError):
    """This cannot be read without guessing. Says on which line and why."""

    def __init__(self, line: int, what: str, why: str) -> None:
        super().__init__(f"{what}：{why}")
        self.loss = Loss(line, what, why)


def attempt(line: int, read: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """This function will read one question of a stranger's file. Whatever is wrong with it stops this question only, not the file.

    :raises Refused: with the line; also for a way of writing that the reader never thought of.
    """
    try:
        return read(*given, **named)
    except Refused:
        raise
    except Malformed as fault:
        raise Refused(line, "题目", fault.sentence) from None
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as fault:
        raise Refused(line, "题目", f"写法出乎意料（{type(fault).__name__}），系统读不懂，这一题没有带入。") from fault


@dataclass(frozen=True)
class Incoming:
    """One question of a file: where it stood, what became of it. `refusal` is set when `question` is not.

    `columns` are the words that a workbook's row carries about the question (level, element, …), for whoever files it.
    """

    place: str
    line: int
    identifier: str
    question: Question | None = None
    losses: tuple[Loss, ...] = ()
    refusal: Loss | None = None
    category: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def taken(self) -> Question:
        """The question. :raises ValueError: when it was refused; ask `question` first."""
        if self.question is None:
            raise ValueError(self.why)
        return self.question

    @property
    def why(self) -> str:
        """Why it was refused, with the line; empty when it was not."""
        return self.refusal.sentence if self.refusal is not None else ""


@dataclass(frozen=True)
class Delivery:
    """What a file brought. `files` are the pictures and sounds that the questions show, by name; `losses` concern the file as a whole."""

    format: Format
    incoming: tuple[Incoming, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(one.question for one in self.incoming if one.question is not None)


@dataclass(frozen=True)
class Outgoing:
    """A question on its way out, under the name it shall have."""

    identifier: str
    question: Question
    category: str = ""


@dataclass(frozen=True)
class Left:
    """What a question lost on the way out; `refused`: it was left out whole."""

    identifier: str
    losses: tuple[Loss, ...] = ()
    refused: bool = False


@dataclass(frozen=True)
class Shipment:
    """A written file and what every question lost."""

    format: Format
    name: str
    mime: str
    content: bytes
    left: tuple[Left, ...] = ()


def stem_lost(question: Question, again: Question) -> bool:
    """This function will say whether a question that was read back says something else; of a practical task the stem also takes up what has no
    place of its own."""
    return question.kind is not Kind.PRACTICAL and plain(again.stem).split() != plain(question.stem).split()
