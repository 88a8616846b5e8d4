"""检查记录: what does the sealed record of an inspection look like on paper, question by question, with signatures?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from touchstone.print.press import press


@dataclass(frozen=True)
class Line:
    """One question with its answer, weight, what was written to it, and how many photos show it."""

    question: str
    weight: str
    answer: str
    note: str = ""
    photos: int = 0


@dataclass(frozen=True)
class Part:
    """One item of the list with its questions; `clause` is by what it is looked at."""

    title: str
    clause: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Signed:
    """A signature: in which capacity, by whom, when, and the file name of what was drawn (empty: by one's own log-in)."""

    capacity: str
    name: str
    when: str
    drawing: str = ""


@dataclass(frozen=True)
class InspectionRecord:
    """A record in official layout. `result` is what it came to; `note` stands where nothing could be inspected, or nobody of the body signed."""

    office: str
    number: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    result: str
    day: str
    digest: str
    signed: Sequence[Signed] = field(default_factory=tuple)
    note: str = ""
    photos: Sequence[str] = field(default_factory=tuple)


def print_inspection_record(record: InspectionRecord, drawings: Mapping[str, bytes]) -> bytes:
    """This function will print a record on A4; `drawings` are the signatures drawn by hand, by file name."""
    return press("inspection_record.typ", asdict(record), photos=drawings or None)
