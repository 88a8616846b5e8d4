"""协办页: what was our authority asked about which case, by when, and what did we say? The summary of that one case, and nothing else of it."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.enforcement import operations, queries
from touchstone.web.doors import Request, adviser_door, told
from touchstone.web.enforcement.words import STATES

if TYPE_CHECKING:
    from touchstone.enforcement.models import Case


@adviser_door
def home(request: Request) -> HttpResponseBase:
    """This page will list what the authority was asked, those not answered first."""
    return render(request, "enforcement/asked.html", {"lines": list(queries.helps_asked(request.actor)[:200])})


@adviser_door
def case(request: Request, number: str) -> HttpResponseBase:
    """This page will show the summary of a case and take the opinion. :raises NotAllowed: for one it was not asked about."""
    found = queries.case(number, request.actor)
    if request.method == "POST":
        with told(request):
            operations.give_opinion(number=number, opinion=request.POST.get("words", ""), by=request.actor, at=request.now)
            messages.success(request, "意见已提交。")
        return redirect("adviser:case", number)
    return render(request, "enforcement/summary.html", summary_of(request, found, reverse("adviser:home")))


def summary_of(request: Request, found: "Case", back: str) -> dict[str, Any]:
    """This function will give what an authority that was asked sees of a case."""
    label, tone = STATES[found.state]
    return {
        "case": found,
        "state_label": label,
        "tone": tone,
        "acts": list(found.acts.order_by("id")),
        "asked": queries.helps_of(found).filter(office_id=request.actor.office_id).first(),
        "crumbs": [{"label": "协办", "url": back}, {"label": found.number}],
        "request_key": uuid4(),
    }
