"""规则公开: by which rules, routes and figures does this platform decide, since when, and by which clause?"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

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
    part = request.GET.get("part", "documents")
    values = [_value(dated, day) for _, dated in reading.dated_values() if dated.key] if part == "parameters" else []
    rules = [(rule, reading.clauses_of(rule)) for rule in reading.rules()] if part == "rules" else []
    laws = [(document, document.in_force_on(day), day < document.in_force_from) for document in documents.ALL]
    context = {"day": day, "documents": laws, "values": values, "rules": rules, "part": part, "tabs": _tabs(part, day)}
    return render(request, "public/policy_book.html", context)


def _tabs(part: str, day: date) -> list[dict[str, Any]]:
    names = {"documents": "依据", "parameters": "数值和参数", "rules": "规则"}
    here = reverse("public:policy_book")
    return [{"label": label, "url": f"{here}?part={key}&on={day}", "active": key == part, "count": None} for key, label in names.items()]


def _value(dated: Dated[Any], day: date) -> dict[str, Any]:
    try:
        value = in_force(dated, day)
    except NotInForce:
        return {"dated": dated, "value": None}
    default = value.clause.document.platform_default
    return {"dated": dated, "value": value, "default": default, "words": shown(value.value) or None}
