"""今日场次: which sittings are mine today and in the coming days, and how far is each? For a phone."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localtime

from touchstone.exams.queries import serving
from touchstone.exams.states import Part, SittingPhase
from touchstone.web.doors import Request, day_door, own_side, side

if TYPE_CHECKING:
    from touchstone.exams.models import Sitting

TONES = {SittingPhase.PLANNED: "neutral", SittingPhase.OPENED: "info", SittingPhase.CLOSED: "ok"}
AHEAD = timedelta(days=14)


@day_door
def today(request: Request) -> HttpResponseBase:
    """This page will show today's sittings, those of yesterday still open, and the coming two weeks."""
    day = localtime(request.now).date()
    first, last = day - timedelta(days=1), day + AHEAD
    if side(request) == "body":
        rows = serving.sittings_of_body(request.actor, first, last)
    else:
        rows = serving.sittings_of_person(request.user, first, last)
    lines = [_line(request, one) for one in rows]
    context = {
        "now": [one for one in lines if one["day"] == day],
        "left_open": [one for one in lines if one["day"] < day and one["row"].phase is SittingPhase.OPENED],
        "coming": [one for one in lines if one["day"] > day],
        "of_body": side(request) == "body",
    }
    return render(request, "sittings/today.html", context)


def _line(request: Request, one: "Sitting") -> dict[str, Any]:
    return {
        "row": one,
        "day": localtime(one.starts_at).date(),
        "part": Part(one.part).label,
        "label": one.phase.label,
        "tone": TONES[one.phase],
        "url": own_side(request, "sitting", one.number),
    }
