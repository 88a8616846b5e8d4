"""我的报名: what have I registered for, and where does each stand?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.exams.queries import own
from touchstone.web.candidate.words import line_of
from touchstone.web.doors import Request, candidate_door


@candidate_door
def registrations(request: Request) -> HttpResponseBase:
    """This page will list the person's registrations, the latest first."""
    return render(request, "candidate/registrations.html", {"lines": [line_of(one) for one in own.own_candidacies(request.actor)]})
