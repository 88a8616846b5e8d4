"""公开的处理决定页: which bodies were dealt with, for what, how, and which decision was taken back?"""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchstone.enforcement import queries
from touchstone.enforcement.facts.wording import measures_told
from touchstone.web.doors import Request
from touchstone.web.paging import CappedPaginator, page_size


@require_safe
def sanctions(request: Request) -> HttpResponseBase:
    """This page will list the published decisions about bodies, the latest first; one that was taken back stays, and says so."""
    text = request.GET.get("q", "").strip()[:60]
    found = queries.published()
    if text:
        found = found.filter(party_name__holds=text)
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    rows = [{"case": one, "measures": measures_told(one.decision, one.terms)} for one in page]
    return render(request, "public/sanctions.html", {"page": page, "rows": rows, "text": text})


@require_safe
def sanction(request: Request, number: str) -> HttpResponseBase:
    """This page will show one published decision. :raises Http404: where there is none."""
    found = queries.published_case(number)
    if found is None:
        raise Http404
    context = {
        "case": found,
        "acts": list(found.acts.order_by("id")),
        "measures": measures_told(found.decision, found.terms),
        "crumbs": [{"label": "处理决定", "url": "/sanctions"}, {"label": number}],
    }
    return render(request, "public/sanction.html", context)
