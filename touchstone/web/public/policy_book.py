"""规则公开: by which rules, routes and figures does this platform decide, since when, and by which clause?"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from touchstone.kernel.law import Dated, NotInForce
from touchstone.parameters.queries import in_force
from touchstone.policy import documents, reading
from touchstone.web import clock
from touchstone.web.operators.parameters import shown


def policy_book(request: HttpRequest) -> HttpResponseBase:
    """This page will show documents, parameters and rules as they stand on a day (`on`, today when absent)."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        day = clock.today()
    values = [_value(dated, day) for _, dated in reading.dated_values() if dated.key]
    rules = [(rule, reading.clauses_of(rule)) for rule in reading.rules()]
    return render(
        request,
        "public/policy_book.html",
        {"day": day, "documents": [(d, d.in_force_on(day), day < d.in_force_from) for d in documents.ALL], "values": values, "rules": rules},
    )


def _value(dated: Dated[Any], day: date) -> dict[str, Any]:
    try:
        value = in_force(dated, day)
    except NotInForce:
        return {"dated": dated, "value": None}
    default = value.clause.document.platform_default
    return {"dated": dated, "value": value, "default": default, "words": shown(value.value) or None}
