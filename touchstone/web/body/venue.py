"""考核点: what is on record about this venue and its rooms, and what may be changed?"""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies import operations, permissions, queries
from touchstone.bodies.queries import BodyRoom, BodyVenue
from touchstone.policy.districts import district_name
from touchstone.web.body.venue_form import RoomForm, VenueForm
from touchstone.web.doors import Request, body_door, told
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

_VENUE = ("name", "address", "tenure", "leased_until")
_ROOM = ("name", "purpose", "seats", "cameras", "equipment")


@body_door
def venue(request: Request, number: str) -> HttpResponseBase:
    """This page will show a venue with its rooms, change it, add rooms and close. :raises Http404: for another body's venue."""
    found = _own(request, number)
    act = request.POST.get("act", "")
    form = VenueForm(request.POST if act == "change" else None, initial={name: getattr(found, name) for name in _VENUE})
    room_form = RoomForm(request.POST if act == "add_room" else None, initial={"cameras": 2}, auto_id="room_%s")
    if request.method == "POST":
        done = {"change": lambda: _change(request, found, form), "add_room": lambda: _add_room(request, found, room_form)}
        if done.get(act, lambda: _close(request, found, act))():
            return redirect("body:venue", number)
    closed = found.until is not None and found.until <= request.today
    context = {
        "venue": found,
        "crumbs": [{"label": "考核点", "url": reverse("body:venues")}, {"label": found.name}],
        "district": district_name(found.district),
        "rooms": queries.rooms_of(found),
        "form": form,
        "room_form": room_form,
        "closed": closed,
        "why_not": permissions.why_not_keep(request.actor, found.body),
    }
    return render(request, "body/venue.html", context)


@body_door
def room(request: Request, number: str, room_id: int) -> HttpResponseBase:
    """This page will correct a room's facts. :raises Http404: for another body's room."""
    found = _own(request, number)
    permissions.check_may_keep(request.actor, found.body)
    kept = next((each for each in queries.rooms_of(found, request.today) if each.pk == room_id), None)
    if kept is None:
        raise Http404
    form = RoomForm(request.POST or None, initial={name: getattr(kept, name) for name in _ROOM})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            given = {name: form.cleaned_data[name] for name in _ROOM}
            operations.change_room(room_id=kept.pk, **given, by=request.actor, at=request.now)
            messages.success(request, "考场信息已保存。")
            return redirect("body:venue", number)
    back_url = reverse("body:venue", args=[number])
    crumbs = [{"label": "考核点", "url": reverse("body:venues")}, {"label": found.name, "url": back_url}, {"label": kept.name}]
    context = {"form": form, "title": f"考场 {kept.name}", "button": "保存", "back_url": back_url, "crumbs": crumbs}
    return render(request, "body/form.html", context)


def _own(request: Request, number: str) -> BodyVenue:
    found = queries.venues_of(queries.own_body(request.actor)).filter(number=number).first()
    if found is None:
        raise Http404
    return queries.venue(found.number)


def _change(request: Request, venue: BodyVenue, form: Form) -> bool:
    if not form.is_valid():
        return False
    with told_in(form):
        given = {name: form.cleaned_data[name] for name in _VENUE}
        operations.change_venue(venue_number=venue.number, **given, by=request.actor, at=request.now)
        messages.success(request, "考核点信息已保存。")
        return True
    return False


def _add_room(request: Request, venue: BodyVenue, form: Form) -> bool:
    if not form.is_valid():
        return False
    with told_in(form):
        given = {name: form.cleaned_data[name] for name in _ROOM}
        room: BodyRoom = operations.add_room(venue_number=venue.number, **given, by=request.actor, at=request.now)
        messages.success(request, f"考场“{room.name}”已登记。")
        return True
    return False


def _close(request: Request, venue: BodyVenue, act: str) -> bool:
    with told(request):
        if act == "close_room" and request.POST.get("room", "").isdigit():
            if not queries.rooms_of(venue).filter(pk=request.POST["room"]).exists():
                raise Http404
            room = operations.close_room(room_id=int(request.POST["room"]), by=request.actor, at=request.now)
            messages.success(request, f"考场“{room.name}”已停用。")
        elif act == "close":
            operations.close_venue(venue_number=venue.number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            messages.success(request, "考核点已停用。")
    return True
