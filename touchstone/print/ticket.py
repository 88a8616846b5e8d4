"""准考证: what does a candidate bring to the sitting?"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from touchstone.print.codes import qr_svg
from touchstone.print.press import photo_ending, press


@dataclass(frozen=True)
class TicketPart:
    """One examination on the ticket: 理论知识考试, 技能考核 or 综合评审; `when` is written out in full."""

    subject: str
    when: str
    venue: str
    address: str
    room: str
    seat: str


@dataclass(frozen=True)
class Ticket:
    """One admission ticket. `qr_text` empty prints no code; `notes` are the rules for candidates."""

    number: str
    name: str
    sex: str
    id_number: str
    occupation: str
    level: str
    plan_number: str
    body: str
    telephone: str
    parts: tuple[TicketPart, ...]
    notes: tuple[str, ...] = ()
    photo: bytes | None = None
    qr_text: str = ""


def print_tickets(tickets: Iterable[Ticket], per_page: int = 1) -> bytes:
    """This function will print tickets, one or two to a page. :raises CannotPrint: when a character has no glyph."""
    if per_page not in (1, 2):
        raise ValueError("one or two tickets to a page")
    photos: dict[str, bytes] = {}
    shown: list[dict[str, Any]] = []
    for index, ticket in enumerate(tickets):
        photo = ""
        if ticket.photo:
            photo = f"photo{index}.{photo_ending(ticket.photo)}"
            photos[photo] = ticket.photo
        record = asdict(ticket)
        record.update(photo=photo, qr=qr_svg(ticket.qr_text) if ticket.qr_text else "")
        shown.append(record)
    return press("ticket.typ", {"tickets": shown, "per_page": per_page}, strict=True, photos=photos)
