"""离线页: what do the pages share that may be read or written without a line?"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.templatetags.static import static


def visit_worker_file(request: HttpRequest) -> HttpResponseBase:
    """This page will send the script that keeps such pages for when there is no line; its address decides which pages it may keep."""
    return worker("visit-worker.js")


def exam_worker_file(request: HttpRequest) -> HttpResponseBase:
    """This page will send the script that shows our own page in an exam room without a line; it keeps nothing of a paper."""
    return worker("exam-worker.js")


def worker(name: str) -> HttpResponseBase:
    """This function will send a script that keeps pages; browsers ask for it anew each time."""
    script = (settings.WEB / "static" / name).read_bytes()
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def manifest(name: str, short_name: str, address: str) -> HttpResponseBase:
    """This function will tell a phone how the page at an address is installed."""
    described = {
        "name": name,
        "short_name": short_name,
        "lang": "zh-CN",
        "id": address,
        "start_url": address,
        "scope": address,
        "display": "standalone",
        "background_color": "#f3f5f8",
        "theme_color": "#173a66",
        "icons": [{"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(described, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


def moment_said(text: str) -> datetime | None:
    """This function will read when a phone says that something was written; what it does not say rightly counts as not said."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    return said if said.tzinfo else None
