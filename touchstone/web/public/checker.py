"""离线查验页: which page checks a signed certificate in the visitor's own browser? What follows the # of its address never reaches us."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static

from touchstone.certificates.queries import root_public_key
from touchstone.trust.signing import multikey
from touchstone.web.clock import now


def checker(request: HttpRequest) -> HttpResponseBase:
    """This page will check the text of a QR code, a credential or a PDF, with a line or without; the same for everybody, so that it can be kept."""
    response = render(request, "public/checker.html")
    response["Cache-Control"] = "no-cache"
    response["Referrer-Policy"] = "no-referrer"
    return response


def checker_root_file(request: HttpRequest) -> HttpResponseBase:
    """This page will tell the root key that the page pins on the first visit, and what time it is here."""
    root = root_public_key()
    answer = JsonResponse({"root": multikey(root) if root else "", "now": now().isoformat()})
    answer["Cache-Control"] = "no-store"
    return answer


def checker_worker_file(request: HttpRequest) -> HttpResponseBase:
    """This page will send the script that keeps the page, the list of issuers and the status lists for when there is no line."""
    answer = HttpResponse((settings.WEB / "static" / "checker-worker.js").read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = "/v"
    return answer


def checker_manifest_file(request: HttpRequest) -> HttpResponseBase:
    """This page will tell a phone how the page is installed."""
    icon = {"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    described = {
        "name": "职业技能等级证书查验",
        "short_name": "证书查验",
        "lang": "zh-CN",
        "id": "/v",
        "start_url": "/v",
        "scope": "/v",
        "display": "standalone",
        "background_color": "#f3f5f8",
        "theme_color": "#173a66",
        "icons": [icon],
    }
    return JsonResponse(described, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
