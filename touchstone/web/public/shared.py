"""分享的证书: which facts of a certificate did its holder choose to show to whoever has this link, and does it stand today?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.certificates.facts.shared import shown
from touchstone.certificates.operations import count_check
from touchstone.certificates.queries import share_by_secret
from touchstone.kernel.rules import Outcome
from touchstone.policy.certificates.keys import share_is_open
from touchstone.web.doors import Request
from touchstone.web.public.verify import unkept


def shared(request: Request, secret: str) -> HttpResponseBase:
    """This page will show what a holder shares, while the share is open; of one that has ended, and of one that never was, nothing."""
    found = share_by_secret(secret)
    if found is None:
        return unkept(render(request, "public/shared.html", {"ended": "这个分享链接不完整或已损坏。"}, status=404))
    finding = share_is_open(found.until, found.withdrawn_at is not None, request.now)
    if finding.outcome is not Outcome.MET:
        return unkept(render(request, "public/shared.html", {"ended": f"{finding.reason}。"}, status=410))
    if not request.user.is_authenticated:
        count_check(certificate=found.certificate, share=found, at=request.now)
    context = {"share": found, "certificate": found.certificate, "facts": shown(found.certificate, found.facts), "moment": request.now}
    return unkept(render(request, "public/shared.html", context))
