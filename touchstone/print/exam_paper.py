"""试卷: how do a composed form, its answer sheet and its marking guide look on paper?

A text is a list of runs: [kind, words], kind being "" (plain), "strong", "em", "u", "sub", "sup", "blank" (words is then its number, if it has
one), "break" or "picture" (words is then the name of a photo handed in beside it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from touchstone.print.press import press

Runs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Scored:
    """A scoring point of the marking guide: the step it stands under, what is to be seen, points, what is taken off."""

    group: str
    words: Runs
    points: str
    rule: str


@dataclass(frozen=True)
class Printed:
    """One question at its place. `answered` says how: by letters, marks, places (a letter in each of so many), words, parts, open.

    `options` are (letter, text); `left` are the numbered sides of a match; `lists` are the options of each blank; `parts` are numbered from 1;
    `lines` is the room to write on; `answer` and `scored` go to the guide only.
    """

    number: int
    stem: Runs
    points: str
    element: str
    answered: str = "open"
    options: tuple[tuple[str, Runs], ...] = ()
    left: tuple[Runs, ...] = ()
    lists: tuple[tuple[tuple[str, Runs], ...], ...] = ()
    places: int = 0
    parts: tuple["Printed", ...] = ()
    materials: Runs = ()
    minutes: int | None = None
    lines: int = 0
    answer: Runs = ()
    scored: tuple[Scored, ...] = ()


@dataclass(frozen=True)
class PrintedSection:
    """Questions of one kind: heading, what it says under it, how they are answered (as `Printed` says), and the questions."""

    heading: str
    words: str
    answered: str
    questions: tuple[Printed, ...]


@dataclass(frozen=True)
class ExamPaper:
    """A form as it is printed: all words are ready."""

    title: str
    subject: str
    letter: str
    number: str
    standard: str
    minutes: int
    points: str
    office: str
    notes: tuple[str, ...]
    sections: tuple[PrintedSection, ...]


def print_paper(paper: ExamPaper, photos: Mapping[str, bytes] | None = None) -> bytes:
    """This function will print the form that candidates get. :raises CannotPrint: when a character has no glyph."""
    return _press(paper, "paper", photos)


def print_answer_sheet(paper: ExamPaper) -> bytes:
    """This function will print the sheet that candidates answer on. :raises CannotPrint:"""
    return _press(paper, "sheet", None)


def print_guide(paper: ExamPaper, photos: Mapping[str, bytes] | None = None) -> bytes:
    """This function will print the marking guide: key, scoring points, what is taken off. :raises CannotPrint:"""
    return _press(paper, "guide", photos)


def _press(paper: ExamPaper, what: str, photos: Mapping[str, bytes] | None) -> bytes:
    return press("exam_paper.typ", {"what": what, **asdict(paper)}, strict=True, photos=photos)


def joined(runs: Sequence[tuple[str, str]]) -> Runs:
    """This function will join neighbouring plain runs."""
    kept: list[tuple[str, str]] = []
    for kind, words in runs:
        if kept and not kind and not kept[-1][0]:
            kept[-1] = ("", kept[-1][1] + words)
        else:
            kept.append((kind, words))
    return tuple(kept)
