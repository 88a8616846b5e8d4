"""设备标识: is this the browser that was here before? A random mark that it keeps itself says so; nothing of it is measured.

Whoever clears the browser has a new mark: that two marks differ proves nothing, that they are the same asks a question.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


@dataclass(frozen=True)
class Mark:
    """One kind of mark: under which name, for which pages, and how long a browser keeps it. Each page says so where it is given."""

    name: str
    path: str
    kept: timedelta


AT_THE_DOOR = Mark("ts_door", "/", timedelta(days=365))
AT_THE_SEAT = Mark("ts_machine", "/exam", timedelta(hours=12))


def mark_of(request: HttpRequest, kind: Mark) -> str:
    """This function will give the mark of a browser, a new one where it has none, or none that we gave."""
    kept = request.get_signed_cookie(kind.name, default="", salt=kind.name, max_age=int(kind.kept.total_seconds()))
    return str(kept) or secrets.token_hex(16)


def keep_mark(response: HttpResponseBase, kind: Mark, mark: str) -> None:
    """This function will have the browser that gets this answer keep the mark, counted anew from now."""
    response.set_signed_cookie(
        kind.name,
        mark,
        salt=kind.name,
        max_age=int(kind.kept.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path=kind.path,
    )
