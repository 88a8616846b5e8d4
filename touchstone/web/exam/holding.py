"""座位凭据: which script may this browser write in? A signed cookie says so: no log-in, no session, nothing to look up."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from touchstone.exams.operations.script_begin import Held

_COOKIE, _SALT, _PATH = "ts_seat", "exam.seat", "/exam"
_HOURS = 12
_CLAIM = "exam.claim"


def held(request: HttpRequest) -> tuple[int, int] | None:
    """This function will give the key of the script and the turn of this browser; None where it holds none."""
    told = str(request.get_signed_cookie(_COOKIE, default="", salt=_SALT, max_age=_HOURS * 3600))
    script, _, holder = told.partition("-")
    return (int(script), int(holder)) if script.isdecimal() and holder.isdecimal() else None


def hold(response: HttpResponseBase, found: Held) -> None:
    """This function will let the browser that gets this answer write in the script."""
    response.set_signed_cookie(
        _COOKIE,
        f"{found.script.pk}-{found.holder}",
        salt=_SALT,
        max_age=_HOURS * 3600,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
        path=_PATH,
    )


def claim(seat_id: int) -> str:
    """This function will sign that somebody has shown that a seat is theirs, for the step from the card to the beginning."""
    return signing.dumps(seat_id, salt=_CLAIM)


def claimed(text: str) -> int | None:
    """This function will read such a claim; None for one that is false or a day old."""
    try:
        return int(signing.loads(text, salt=_CLAIM, max_age=_HOURS * 3600))
    except (signing.BadSignature, ValueError, TypeError):
        return None
