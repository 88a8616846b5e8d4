"""对照页面: the product's own server, with two more addresses: a bare hello inside Django, and one before it.

`application` is what granian serves: `/bench/bare` is answered before Django begins, `/bench/hello` by a view that does nothing,
behind the same middleware as every page.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.served_settings"

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

HELLO = b"hello"


def hello(request: HttpRequest) -> HttpResponse:
    """Say hello."""
    return HttpResponse(HELLO)


urlpatterns = [path("bench/hello", hello), path("", include("touchstone.urls"))]
_pages = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer the bare hello, or hand on to Django."""
    if environ["PATH_INFO"] == "/bench/bare":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(HELLO)))])
        return [HELLO]
    return _pages(environ, start_response)
