"""行业首页: what must this authority answer, which bodies are of its field, what did it recommend, and who was evaluated there?"""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from touchstone.bodies.queries import bodies, is_model_on
from touchstone.calls.permissions import can
from touchstone.calls.queries import projects
from touchstone.certificates.queries import certificates, counts_by_level, counts_by_month, counts_by_occupation
from touchstone.filings.queries import filings_in_force, open_consents
from touchstone.kernel.periods import add_months
from touchstone.parameters.queries import calendar
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.roles import OfficeKind
from touchstone.tasks.queries import waiting_for
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, authority_door
from touchstone.web.levels import level_label
from touchstone.web.places import industry_label

FIRST, SOON_MONTHS, MONTHS = 6, 6, 12


@authority_door
def home(request: Request) -> HttpResponseBase:
    """This page will be the first one of an industry authority; any other office goes to its work list."""
    if request.actor.office_kind is not OfficeKind.INDUSTRY_AUTHORITY:
        return redirect("authority:inbox")
    return _industry_home(request)


def _industry_home(request: Request) -> HttpResponse:
    actor, today, days = request.actor, request.today, calendar()
    place = f"{DISTRICTS[actor.district]}·" if actor.district else ""
    tasks = [
        {"task": t, "url": case_url(t.case, actor), "left": days.working_days_between(today, t.due_on) if t.due_on else None}
        for t in waiting_for(actor)[:FIRST]
    ]
    owed = open_consents(actor)
    consents = [{"consent": one, "left": days.working_days_between(today, one.due_on) if one.due_on else None} for one in owed[:FIRST]]
    context = {
        "field": f"{place}{industry_label(actor.industry)}",
        "tasks": tasks,
        "waiting": waiting_for(actor).count(),
        "consents": consents,
        "owed": owed.count(),
        "overdue": owed.filter(due_on__lt=today).count(),
        **_bodies(request),
        **_projects(request),
        **_evaluated(request),
    }
    return render(request, "authority/industry_home.html", context)


def _bodies(request: Request) -> dict[str, Any]:
    """The field's bodies: how many, how many filed, and whose term ends next."""
    today = request.today
    own = bodies(request.actor)
    standing = filings_in_force(today)
    filed = own.filter(Exists(standing.filter(body=OuterRef("pk"))))
    soon = standing.filter(body__in=own, until__lte=add_months(today, SOON_MONTHS))
    return {
        "bodies": own.count(),
        "filed": filed.count(),
        "ending": soon.count(),
        "models": own.filter(is_model_on(today)).count(),
        "terms": standing.filter(body__in=own).order_by("until", "number")[:FIRST],
        "soon_until": add_months(today, SOON_MONTHS),
    }


def _projects(request: Request) -> dict[str, Any]:
    """What the authority recommended, newest first, with a way to the pages of projects where there are any."""
    own = projects(request.actor).filter(recommended_by_office_id=request.actor.office_id)
    return {
        "projects": own[:FIRST],
        "projects_url": _address("authority:projects"),
        "recommend_url": _address("authority:project_new") if can(request.actor, "recommend") else "",
        "recommend_label": "推荐项目",
    }


def _evaluated(request: Request) -> dict[str, Any]:
    """Whom the field's bodies gave certificates in the last twelve months."""
    since = add_months(request.today.replace(day=1), 1 - MONTHS)
    found = certificates(request.actor).filter(issued_on__gte=since, issued_on__lte=request.today)
    months = counts_by_month(found)
    shown = [(month, months.get(month, 0)) for month in (add_months(since, n) for n in range(MONTHS))]
    return {
        "issued": sum(count for _, count in shown),
        "since": since,
        "months": shown,
        "by_level": [(level_label(int(level)) if level.isdigit() else level, count) for level, count in counts_by_level(found)],
        "by_occupation": counts_by_occupation(found)[:FIRST],
        "chart": _chart(shown),
    }


def _chart(months: list[tuple[date, int]]) -> dict[str, Any]:
    return {
        "grid": {"left": 8, "right": 8, "top": 24, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [f"{month.year}年{month.month}月" for month, _ in months]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [{"name": "发证", "type": "bar", "barMaxWidth": 22, "data": [count for _, count in months]}],
    }


def _address(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
