"""到场督导: did external supervisors go to as many sittings of each body as its grade asks for?"""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.filings.queries.supervised import supervised
from touchstone.grading import permissions, queries
from touchstone.kernel.numbers import name_key
from touchstone.web.doors import Request, authority_door
from touchstone.web.exports import sent_as
from touchstone.web.grading.words import GRADES, tabs
from touchstone.web.paging import CappedPaginator, page_size

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from touchstone.filings.models import Filing

HEAD = ("机构编号", "评价机构", "等级", "场次", "到场", "核对", "说明")
CHUNK = 500


@authority_door
def watched_sittings(request: Request) -> HttpResponseBase:
    """This page will list the bodies the actor's office supervises with their sittings of twelve months, and say where more must be watched."""
    permissions.check_may_see_pages(request.actor)
    found, text = supervised(request.actor, request.today).order_by("body__number", "pk"), request.GET.get("q", "").strip()
    if text:
        found = found.filter(body__name_key__holds=name_key(text))
    if (kind := request.GET.get("export")) in {"xlsx", "csv"}:
        return sent_as(kind, HEAD, _lines(found, request.today), "到场督导")
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    rows = [{"row": one, "grade": GRADES[one.grade.value]} for one in queries.watching(page, request.today)]
    return render(request, "grading/watched.html", {"page": page, "rows": rows, "text": text, "tabs": tabs("watched")})


def _lines(found: "QuerySet[Filing]", day: date) -> Iterator[tuple[str | int, ...]]:
    flow = found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(flow, CHUNK)):
        for one in queries.watching(chunk, day):
            verdict = ("达到" if one.enough else "不足", one.finding.reason) if one.sittings else ("没有场次", "")
            yield one.body.number, one.body.name, GRADES[one.grade.value][0], one.sittings, one.watched, *verdict
