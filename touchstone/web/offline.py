"""离线页的后台脚本: what keeps a page that may be written without a line?"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase


def visit_worker_file(request: HttpRequest) -> HttpResponseBase:
    """This page will send the script that keeps such pages for when there is no line; its address decides which pages it may keep."""
    script = (settings.WEB / "static" / "visit-worker.js").read_bytes()
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
