"""我的证书: which certificates do I hold, and how does anybody check them?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.certificates.queries import certificates as held
from touchstone.certificates.queries import verify_path
from touchstone.web.doors import Request, candidate_door


@candidate_door
def certificates(request: Request) -> HttpResponseBase:
    """This page will list the person's own certificates, each with the page by which anybody checks it."""
    lines = [{"row": one, "path": verify_path(one.number)} for one in held(request.actor)]
    return render(request, "candidate/certificates.html", {"lines": lines})
