"""数据库中断: what is somebody told while the database does not answer, so that nothing they typed is lost?

A page says so and comes back by itself; what a script asked is answered in JSON with 503, upon which the browser keeps what it has and tries
again. Once one request has waited in vain, one at a time is let through to see whether the database is back; the others are told at once.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error
from psycopg_pool import PoolTimeout

AGAIN = 5  # seconds
SENTENCE = "系统正在恢复，这一次没有办成。已填写的内容请留在页面上，稍后再试；同一份表单提交多次，只办理一次。"
# SQLSTATE classes: connection lost, resources used up, the server is going down or coming up.
_AWAY = ("08", "53", "57P")


@dataclass
class _Known:
    """What this process knows of the database: whether it was away when last asked for, and who is looking whether it is back."""

    away: bool = False
    waits: int = 0
    looking: Lock = field(default_factory=Lock)


_known = _Known()


class AwayMiddleware:
    """Answers at once while the database is known to be away, all but one request at a time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _known.away:
            return self.get_response(request)
        if not _known.looking.acquire(blocking=False):
            return away(request)
        try:
            before = _known.waits
            response = self.get_response(request)
            _known.away = _known.waits != before
            return response
        finally:
            _known.looking.release()


def failed(request: HttpRequest) -> HttpResponse:
    """This page will answer a request that broke off: that the database is away, where it is, else that something is wrong here."""
    trouble = sys.exc_info()[1]
    if not isinstance(trouble, OperationalError | InterfaceError) or not _is_away(trouble.__cause__):
        return server_error(request)
    if isinstance(trouble.__cause__, PoolTimeout):
        _known.away = True
        _known.waits += 1
    return away(request)


def _is_away(cause: BaseException | None) -> bool:
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    return state is None or state.startswith(_AWAY)


def away(request: HttpRequest) -> HttpResponse:
    """This page will say that the database is away. It asks nobody anything."""
    response: HttpResponse
    if "text/html" in request.headers.get("Accept", ""):
        shown = {
            "reading": request.method in {"GET", "HEAD"},
            "sitting": request.path.startswith("/exam/"),
            "dark": request.COOKIES.get("ts_theme") == "dark",
            "again": AGAIN,
        }
        response = HttpResponse(render_to_string("away.html", shown), status=503)
    else:
        response = JsonResponse({"state": "away", "sentence": SENTENCE}, status=503)
    response["Content-Length"] = str(len(response.content))
    response["Retry-After"] = str(AGAIN)
    response["Cache-Control"] = "no-store"
    return response
