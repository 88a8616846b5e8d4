"""考核批量办理: what is chosen in a list is done one by one, with an outcome for every row."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import AlreadyDone
from touchstone.web.doors import Request

AT_ONCE = 200
"""So many rows are worked on at once."""


def one_by_one(
    request: Request, rows: Iterable[Any], act: Callable[[Any], object], *, title: str, done: str, page: str, back: str
) -> HttpResponseBase:
    """This function will do `act` to every row and show what came of each; `page` names the page of a row, `back` the address of the list."""
    outcomes: list[tuple[Any, bool, str]] = []
    for row in rows:
        try:
            act(row)
            outcomes.append((row, True, done))
        except AlreadyDone:
            outcomes.append((row, True, "已经办理"))
        except Refusal as refusal:
            outcomes.append((row, False, str(refusal)))
    context = {
        "title": title,
        "outcomes": outcomes,
        "done": sum(fine for _, fine, _ in outcomes),
        "page": page,
        "back": back,
        "crumbs": [{"label": "考核与分级", "url": back}, {"label": title}],
    }
    return render(request, "grading/batch.html", context)
