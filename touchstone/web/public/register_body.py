"""名录中的机构: what is this body filed for, until when, where, and what was filed before?"""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.bodies import queries
from touchstone.bodies.queries.grades import grade_of
from touchstone.filings.queries import filed_for, register_history, scope_in_force
from touchstone.policy.districts import district_name
from touchstone.policy.filing.answer import Asked
from touchstone.web.doors import Request
from touchstone.web.grading.words import GRADES
from touchstone.web.places import industry_label
from touchstone.web.scope_view import scope_lines


def register_body(request: Request, number: str) -> HttpResponseBase:
    """This page will show a body's public facts, its scope in force, and its whole history in the register. :raises Http404:"""
    body = queries.bodies().filter(number=number).first()
    if body is None:
        raise Http404
    today = request.today
    answered = filed_for(body, Asked(), today).answer
    context = {
        "body": body,
        "crumbs": [{"label": "评价机构名录", "url": reverse("public:register")}, {"label": body.name}],
        "district": district_name(body.district),
        "industry": industry_label(body.industry),
        "answer": answered,
        "former": queries.former_facts(body),
        "model": queries.model_on(body, today),
        "model_history": queries.model_standings(body),
        "state": "备案有效" if answered.verdict.is_yes else answered.verdict.label,
        "tone": "ok" if answered.verdict.is_yes else "danger",
        "lines": scope_lines(scope_in_force(today, body)),
        "venues": [{"venue": venue, "district": district_name(venue.district)} for venue in queries.venues_of(body, today)],
        "history": register_history(body),
        "grade": GRADES[grade_of(body, today).value],
        "today": today,
    }
    return render(request, "public/register_body.html", context)
