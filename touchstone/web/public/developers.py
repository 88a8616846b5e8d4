"""接口说明: how does a body connect its own system: the key, the way, what may go wrong, the document, an example?"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import render

from touchstone.api import problems
from touchstone.api.declared import BASE
from touchstone.api.endpoints import ENDPOINTS, TAGS
from touchstone.policy import systems as terms
from touchstone.policy.systems import Scope
from touchstone.web import clock
from touchstone.web.downloads import send

_EXAMPLE = settings.WEB.parents[1] / "docs" / "interface" / "client.py"


def developers(request: HttpRequest) -> HttpResponseBase:
    """This page will explain the interface to whoever writes a body's system."""
    day = clock.today()
    groups = [(tag, [one for one in ENDPOINTS.values() if one.tag == tag]) for tag in TAGS]
    numbers = [
        (one.meaning, f"{one.on(day).value:,}{one.unit}")
        for one in (
            terms.REQUESTS_A_MINUTE, terms.ROWS_AT_ONCE, terms.ROWS_IN_A_BATCH, terms.ANSWERS_KEPT, terms.KEY_LASTS_AT_MOST, terms.OLD_SECRET_LASTS
        )
    ]  # fmt: skip
    context = {
        "base": settings.PUBLIC_URL.rstrip("/") + BASE,
        "groups": groups,
        "scopes": list(Scope),
        "problems": problems.ALL,
        "numbers": numbers,
        "example": _EXAMPLE.read_text(encoding="utf-8") if _EXAMPLE.exists() else "",
    }
    return render(request, "public/developers.html", context)


def example_file(request: HttpRequest) -> HttpResponseBase:
    """This answer will send the example, to be run as it is."""
    if not _EXAMPLE.exists():
        return HttpResponseNotFound()
    return send(_EXAMPLE.read_bytes(), "text/x-python; charset=utf-8", "client.py")
