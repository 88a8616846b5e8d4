"""门厅: who comes in, in which office, at what time?"""

from collections.abc import Callable
from datetime import date

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse

from touchstone.accounts.actor import VISITOR, Actor
from touchstone.accounts.queries import actors_of
from touchstone.parameters.facts import apply_later_values
from touchstone.web import clock

OFFICE_KEY = "office"


class DoorMiddleware:
    """Puts `now` (moment), `actor` (who acts) and `actors` (all offices the person may act in) on every request.

    The rules are handed the office's later values first.
    A posted `request_key` is carried by the actor, so that the same post sent twice has one effect.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        apply_later_values()
        request.now = clock.now()  # type: ignore[attr-defined]
        request.today = request.now.date()  # type: ignore[attr-defined]
        request.actors = _actors(request, request.today)  # type: ignore[attr-defined]
        request.actor = _chosen(request).with_key(_request_key(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _request_key(request: HttpRequest) -> str:
    """Give the key of a posted form; a form with a prefix carries it under its own name."""
    if request.method != "POST":
        return ""
    given = (value for name, value in request.POST.items() if name == "request_key" or name.endswith("-request_key"))
    return str(next(given, ""))[:64]


def _actors(request: HttpRequest, day: date) -> list[Actor]:
    user = request.user
    return actors_of(user, day) if isinstance(user, get_user_model()) else []


def _chosen(request: HttpRequest) -> Actor:
    actors: list[Actor] = request.actors  # type: ignore[attr-defined]
    chosen = request.session.get(OFFICE_KEY)
    return next((actor for actor in actors if actor.office_id == chosen), actors[0] if actors else VISITOR)
