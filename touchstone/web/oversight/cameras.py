"""考场摄像头页: which cameras of my body's rooms are connected, when were they last heard, and which gaps had they?"""

import secrets
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.accounts.people import field_key
from touchstone.bodies.queries import own_body, rooms_of_body
from touchstone.inspections.operations.cameras import change_camera_key, connect_camera, retire_camera
from touchstone.inspections.queries import cameras as queries
from touchstone.policy.supervision.records import SILENT_AFTER
from touchstone.trust.fields import SealBroken
from touchstone.web.doors import Request, body_door, told
from touchstone.web.forms import Form
from touchstone.web.oversight.tabs import HEADING, tabs
from touchstone.web.oversight.watch_words import gap_words
from touchstone.web.refusing import told_in

_SHOWN_ONCE = "camera_secret"
_GAPS = 50


def new_camera_secret() -> str:
    """This function will make the key of a camera: 256 bits of chance that nobody can guess."""
    return f"tsc_{secrets.token_urlsafe(32)}"


class CameraForm(Form):
    """A camera of a room."""

    room = forms.TypedChoiceField(label="考场", coerce=int)
    name = forms.CharField(label="位置", max_length=60, help_text="例如：前方全景、后方全景、保密柜。")


@body_door
def cameras(request: Request) -> HttpResponseBase:
    """This page will list the body's cameras and gaps, connect one, change a key or take one off. A key is shown once."""
    body = own_body(request.actor)
    rooms = {one.pk: one for one in rooms_of_body(body, request.today).select_related("venue__body__office")}
    form = CameraForm(request.POST if request.POST.get("act") == "connect" else None)
    form.fields["room"].choices = [("", "请选择"), *((one.pk, f"{one.venue.name} {one.name}") for one in rooms.values())]  # type: ignore[attr-defined]
    if request.method == "POST":
        if not form.is_bound:
            _act(request)
            return redirect("body:cameras")
        if form.is_valid():
            secret = new_camera_secret()
            with told_in(form):
                made = connect_camera(
                    room=rooms[form.cleaned_data["room"]], name=form.cleaned_data["name"], secret=secret, by=request.actor, at=request.now
                )
                _keep_for_next_page(request, made.number, secret)
                messages.success(request, f"摄像头{made.number}已接入，密钥只显示这一次。")
                return redirect("body:cameras")
    context = {
        "title": HEADING["body"],
        "tabs": tabs(request, "cameras"),
        "form": form,
        "rooms": rooms,
        "page": Paginator(queries.cameras_of_body(body), 50).get_page(request.GET.get("page")),
        "gaps": [gap_words(one, request.now) for one in queries.gaps_of_body(body)[:_GAPS]],
        "secret": _kept(request),
        "silent_after": SILENT_AFTER.on(request.today).value,
        "address": request.build_absolute_uri("/api/v1/cameras/beats"),
        "request_key": uuid4(),
    }
    return render(request, "oversight/cameras.html", context)


def _act(request: Request) -> None:
    number, by, at = request.POST.get("number", ""), request.actor, request.now
    with told(request):
        if request.POST.get("act") == "change_key":
            secret = new_camera_secret()
            change_camera_key(number=number, secret=secret, by=by, at=at)
            _keep_for_next_page(request, number, secret)
            messages.success(request, f"摄像头{number}的密钥已更换，原密钥立即失效。")
        elif request.POST.get("act") == "retire":
            retire_camera(number=number, reason=request.POST.get("words", ""), by=by, at=at)
            messages.success(request, f"摄像头{number}已停用。")


def _keep_for_next_page(request: Request, number: str, secret: str) -> None:
    """Sealed, because sessions lie in the database."""
    request.session[_SHOWN_ONCE] = [number, field_key().seal(secret, _SHOWN_ONCE).hex()]


def _kept(request: Request) -> tuple[str, str] | None:
    kept = request.session.pop(_SHOWN_ONCE, None)
    if not kept:
        return None
    try:
        return kept[0], field_key().open(bytes.fromhex(kept[1]), _SHOWN_ONCE)
    except (SealBroken, ValueError):
        return None
