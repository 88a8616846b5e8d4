"""等级和考核结果公布: which grade has a body, why, how is it reckoned, and how did a year come out?"""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchstone.bodies.queries import named
from touchstone.bodies.queries.grades import graded_bodies
from touchstone.grading import queries
from touchstone.policy.supervision.grade import Grade
from touchstone.web.doors import Request
from touchstone.web.grading.words import BANDS, GRADE_CHOICES, GRADES, public_tabs, rules_shown
from touchstone.web.paging import CappedPaginator, page_size


@require_safe
def grades(request: Request) -> HttpResponseBase:
    """This page will list the grades in force with their indicators, and say in plain words how a grade is reckoned and how to get a better one."""
    found, text, wanted = graded_bodies(request.today), request.GET.get("q", "").strip(), request.GET.get("grade", "")
    if text:
        found = found.filter(named(text))
    if wanted in {one.value for one in Grade}:
        found = found.filter(grade=wanted)
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    rows = [{"row": one, "grade": GRADES[one.grade], "shown": _shown(one.reasons)} for one in page]
    context = {
        "page": page,
        "rows": rows,
        "text": text,
        "wanted": wanted,
        "choices": GRADE_CHOICES,
        "rules": rules_shown(request.today),
        "tabs": public_tabs("grades"),
    }
    return render(request, "public/grades.html", context)


def _shown(reasons: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"title": one["title"], "words": one["words"], "points": one["points"], "weight": one["weight"]} for one in reasons.get("indicators", [])
    ]


@require_safe
def assessment_results(request: Request) -> HttpResponseBase:
    """This page will list the results of a year's assessment that were published, those with the most points first."""
    years, text, asked = queries.public_years(), request.GET.get("q", "").strip(), request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else (years[0] if years else None)
    found = queries.public_results(year)
    if text:
        found = found.filter(named(text))
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"row": one, "band": BANDS[one.band]} for one in page],
        "years": years,
        "year": year,
        "round": queries.round_of(year) if year else None,
        "text": text,
        "tabs": public_tabs("assessments"),
    }
    return render(request, "public/assessment_results.html", context)
