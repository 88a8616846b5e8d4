"""离线查验页: which page checks a signed certificate in the visitor's own browser? What follows the # of its address never reaches us."""

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render

from touchstone.certificates.queries import root_public_key
from touchstone.trust.signing import multikey
from touchstone.web.clock import now
from touchstone.web.offline import manifest, worker


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
    answer = worker("checker-worker.js")
    answer["Service-Worker-Allowed"] = "/v"
    return answer


def checker_manifest_file(request: HttpRequest) -> HttpResponseBase:
    """This page will tell a phone how the page is installed."""
    return manifest("职业技能等级证书查验", "证书查验", "/v")
