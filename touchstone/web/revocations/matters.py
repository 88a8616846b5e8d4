"""证书事项: what is being examined about my certificates, and what have I asked to have put right? The person's own list, on the phone."""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.revocations import queries
from touchstone.web.doors import Request, candidate_door, own_side
from touchstone.web.revocations.words import REQUEST_STATES, ROW_STATES


@candidate_door
def certificate_matters(request: Request) -> HttpResponseBase:
    """This page will list what concerns the person's own certificates."""
    rows = [
        {"row": one, "state": ROW_STATES[one.state], "url": own_side(request, "revocation_row", one.number)}
        for one in queries.own_rows(request.actor)
    ]
    asked = [
        {"row": one, "state": REQUEST_STATES[one.state], "url": own_side(request, "certificate_request", one.number)}
        for one in queries.requests(request.actor)
    ]
    return render(request, "revocations/matters.html", {"rows": rows, "asked": asked})
