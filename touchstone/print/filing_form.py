"""备案申报表: what does a body hand in, on paper with its seal?"""

from dataclasses import asdict, dataclass

from touchstone.print.press import press


@dataclass(frozen=True)
class FormTable:
    """A table inside a section: headers, widths in mm (0 takes what is left) and rows of texts."""

    headers: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if len(self.widths) != len(self.headers) or any(len(row) != len(self.headers) for row in self.rows):
            raise ValueError("headers, widths and rows must have one length")


@dataclass(frozen=True)
class Opinion:
    """A box for an office: its label, what it wrote ("" leaves room), who seals and the day ("" leaves room)."""

    label: str
    text: str = ""
    office: str = ""
    day: str = ""


@dataclass(frozen=True)
class Section:
    """One section: pairs of label and value, then paragraphs, then a table. Any of them may be empty."""

    heading: str
    pairs: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    table: FormTable | None = None


@dataclass(frozen=True)
class FilingForm:
    """The whole form. The cover shows title, number, body, route and day."""

    title: str
    number: str
    body: str
    route: str
    applied: str
    sections: tuple[Section, ...]
    opinions: tuple[Opinion, ...] = ()
    declaration: str = ""


def print_filing_form(form: FilingForm) -> bytes:
    """This function will print the form: cover, sections, declaration with room for seal and signature, opinions."""
    return press("filing_form.typ", asdict(form))
