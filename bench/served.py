"""对照服务: the product's own server with a bare hello before it: `/bench/bare` is answered without Django, the rest by the product."""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.served_settings"
from touchstone.wsgi import application as _pages

HELLO = b"hello"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer the bare hello, or hand on to Django."""
    if environ["PATH_INFO"] == "/bench/bare":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(HELLO)))])
        return [HELLO]
    return _pages(environ, start_response)
