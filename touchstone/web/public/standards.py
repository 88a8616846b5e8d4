"""公开标准: what do the national standards in use say? For anybody to read, and for programs."""

from typing import Any

from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from touchstone.accounts.actor import VISITOR
from touchstone.catalogue import queries
from touchstone.web.doors import Request
from touchstone.web.levels import levels_label
from touchstone.web.paging import CappedPaginator
from touchstone.web.structure_view import plain_structure, structure_context

SCHEMA = "touchstone.standard.structure/1"


def standards(request: Request) -> HttpResponseBase:
    """This page will list the national standards whose structure is in force today."""
    asked = request.GET.get("q", "").strip()[:80]
    found = queries.with_structure_in_force(queries.standards_in_force(queries.standards_open_to(0), request.today), request.today)
    found = found.order_by("occupation__code", "number")
    if asked:
        found = found.filter(title__icontains=asked)
    page = CappedPaginator(found, found, 20).get_page(request.GET.get("page"))
    lines = [{"standard": one, "levels": levels_label(one.levels)} for one in page]
    return render(request, "public/standards.html", {"page": page, "lines": lines, "asked": asked})


def standard(request: Request, number: str) -> HttpResponseBase:
    """This page will show what a national standard says today. :raises Http404: where nothing is in force."""
    found = _in_force(request, number)
    context = structure_context(found, request.GET.get("level", ""), request.today) | {
        "crumbs": [{"label": "标准", "url": reverse("public:standards")}, {"label": found.standard.title}],
    }
    return render(request, "public/standard.html", context)


def standard_file(request: Request, number: str) -> HttpResponseBase:
    """This page will give what a national standard says today as JSON. :raises Http404: where nothing is in force."""
    told: dict[str, Any] = {"schema": SCHEMA, "day": request.today.isoformat()} | plain_structure(_in_force(request, number))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _in_force(request: Request, number: str) -> "queries.StructureRow":
    standard = queries.standards_open_to(0).filter(number=number).first()
    found = queries.structure_of(standard, request.today) if standard is not None else None
    if found is None:
        raise Http404
    return queries.structure(found.number, VISITOR)
