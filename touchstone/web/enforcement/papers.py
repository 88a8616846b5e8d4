"""案件文书和附件: one letter as PDF, and one file that lies under a case."""

from django.http import Http404, HttpResponseBase

from touchstone.enforcement import queries
from touchstone.enforcement.facts.binding import printed
from touchstone.enforcement.operations.correcting import REPORT
from touchstone.enforcement.operations.notifying import STATEMENT
from touchstone.files.queries import of_case
from touchstone.web.doors import Request, either_door, side
from touchstone.web.downloads import send_from_case, send_printed

OWN_LABELS = (STATEMENT, REPORT)
"""What a body hands in; the evidence against it is listed in the letters, and whoever told of it is not shown."""


@either_door
def case_letter(request: Request, number: str, letter: str) -> HttpResponseBase:
    """This page will print a letter as it was issued. :raises NotAllowed: for another's."""
    found = queries.letter(letter, request.actor)
    return send_printed(lambda: printed(found), f"{found.number}{found.get_kind_display()}.pdf")


@either_door
def case_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a file of a case: to the offices every one, to the body what it handed in itself. :raises Http404: :raises NotAllowed:"""
    found = queries.case(number, request.actor)
    own = [one.number for label in OWN_LABELS for one in of_case(number, label)]
    if side(request) == "body" and attachment not in own:
        raise Http404
    return send_from_case(found.number, attachment)
