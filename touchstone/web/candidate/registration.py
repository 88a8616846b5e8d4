"""报名详情: where does my registration stand, what was found, when and where do I sit, and what came of it?"""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.exams.queries import own
from touchstone.policy.eligibility.admission import Ground
from touchstone.web.candidate.words import is_told, state_of, what_of
from touchstone.web.doors import Request, candidate_door


@candidate_door
def registration(request: Request, number: str) -> HttpResponseBase:
    """This page will show one registration of the person who acts."""
    found = own.own_candidacy(number, request.actor)
    label, tone = state_of(found)
    context = {
        "candidate": found,
        "plan": found.plan,
        "what": what_of(found.plan),
        "state_label": label,
        "state_tone": tone,
        "ground": Ground(found.ground).label,
        "findings": found.findings,
        "seats": own.own_seats([found]).get(found.pk, []),
        "told": is_told(found),
        "crumbs": [{"label": "我的报名", "url": reverse("candidate:registrations")}, {"label": number, "url": ""}],
    }
    return render(request, "candidate/registration.html", context)
