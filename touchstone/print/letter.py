"""公文: what does a plain letter or decision of an office look like on paper?"""

from dataclasses import asdict, dataclass

from touchstone.print.press import press


@dataclass(frozen=True)
class Letter:
    """A letter in plain official layout: the office at its head, title, number, to whom, what it says, facts set apart, who seals and when.

    `copies` names who else receives it; `closing` is what the reader may do about it (appeal).
    """

    office: str
    title: str
    number: str
    to: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    closing: tuple[str, ...] = ()
    day: str = ""
    copies: str = ""


def print_letter(letter: Letter) -> bytes:
    """This function will print a letter on A4, room for the seal included."""
    return press("letter.typ", asdict(letter))
