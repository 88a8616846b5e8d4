"""离线页: what do the pages share that may be written without a line?"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase


def visit_worker_file(request: HttpRequest) -> HttpResponseBase:
    """This page will send the script that keeps such pages for when there is no line; its address decides which pages it may keep."""
    return _worker("visit-worker.js")


def exam_worker_file(request: HttpRequest) -> HttpResponseBase:
    """This page will send the script that shows our own page in an exam room without a line; it keeps nothing of a paper."""
    return _worker("exam-worker.js")


def _worker(name: str) -> HttpResponseBase:
    script = (settings.WEB / "static" / name).read_bytes()
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def moment_said(text: str) -> datetime | None:
    """This function will read when a phone says that something was written; what it does not say rightly counts as not said."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    return said if said.tzinfo else None
