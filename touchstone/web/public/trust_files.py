"""公开凭据: which keys may sign certificates, and which certificates are revoked? Files that anybody may fetch.

Whoever fetches a list of 131,072 places tells nobody which certificate was meant.
"""

import hashlib
import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from touchstone.certificates.operations import publish_list
from touchstone.certificates.queries import issuer_bundle, status_list
from touchstone.trust.claims import PURPOSES
from touchstone.web import clock
from touchstone.web.doors import Request


def issuers_file(request: Request) -> HttpResponseBase:
    """This address will send the list of issuers' keys, signed by the city root. :raises Http404: while there is no root."""
    document = issuer_bundle(clock.now().replace(second=0, microsecond=0))
    if document is None:
        raise Http404
    return _for_everybody(request, json.dumps(document, ensure_ascii=False))


def status_list_file(request: Request, number: int, purpose: str) -> HttpResponseBase:
    """This address will send a status list as last published, publishing it first where it never was, or is stale or over. :raises Http404:"""
    if purpose not in PURPOSES or not 0 < number < 10_000:
        raise Http404
    found, now = status_list(number, purpose), clock.now()
    if found and (not found.document or found.stale_since or (found.valid_until and found.valid_until <= now)):
        found = publish_list(number=number, purpose=purpose, at=now) or found
    if found is None or not found.document:
        raise Http404
    return _for_everybody(request, found.document)


def _for_everybody(request: HttpRequest, text: str) -> HttpResponseBase:
    """Any page may fetch it; it is asked for anew each time, and sent only when it changed."""
    mark = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    same = request.headers.get("If-None-Match") == mark
    answer = HttpResponse(status=304) if same else HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["ETag"] = mark
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "no-cache"
    return answer
