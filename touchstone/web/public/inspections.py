"""双随机公示: what is inspected by chance, in which year at which rate, how was drawn, who was visited, and how does anybody check the draw?"""

from collections import Counter
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from touchstone.bodies.queries import named
from touchstone.inspections import queries
from touchstone.inspections.queries import campaigns as campaign_queries
from touchstone.policy.inspections import INSPECTORS_A_BODY, REVEAL_HOUR
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.grade import Grade
from touchstone.policy.supervision.items import items_drawn
from touchstone.policy.supervision.treatment import treatment_of
from touchstone.web.doors import Request
from touchstone.web.inspections.draws import record_sent
from touchstone.web.inspections.words import (
    DRAW_STATES,
    months_told,
    plan_pairs,
    sources_shown,
    steps_of,
    strata_shown,
    visits_shown,
)
from touchstone.web.oversight.campaign_words import CAMPAIGN_STATES, campaign_pairs
from touchstone.web.paging import CappedPaginator, page_size

_PAGES = (
    ("items", "抽查事项清单", "inspection_items"),
    ("plans", "抽查计划", "inspection_plans"),
    ("draws", "抽查任务", "inspection_draws"),
    ("campaigns", "专项督导", "campaigns"),
    ("results", "抽查结果", "inspection_results"),
)


def _tabs(active: str) -> list[dict[str, Any]]:
    pages = _PAGES if active == "results" or queries.any_result() else _PAGES[:-1]
    tabs = [{"label": label, "url": reverse(f"public:{page}"), "active": key == active} for key, label, page in pages]
    return [*tabs, {"label": "处理决定", "url": reverse("public:sanctions"), "active": False}]


@require_safe
def inspection_items(request: Request) -> HttpResponseBase:
    """This page will show the list of items, and say in plain words how inspections are drawn."""
    day = request.today
    context = {
        "items": items_drawn(day),
        "kinds": list(BodyKind),
        "rates": [(one.label, [(kind.label, treatment_of(kind, one, day).drawn) for kind in BodyKind]) for one in Grade],
        "people": INSPECTORS_A_BODY.on(day).value,
        "hour": REVEAL_HOUR.on(day).value,
        "tabs": _tabs("items"),
    }
    return render(request, "public/inspection_items.html", context)


@require_safe
def inspection_plans(request: Request) -> HttpResponseBase:
    """This page will list the yearly plans that were approved."""
    found = queries.public_plans()
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    rows = [{"plan": one, "months": months_told(one.months)} for one in page]
    return render(request, "public/inspection_plans.html", {"page": page, "rows": rows, "tabs": _tabs("plans")})


@require_safe
def campaigns(request: Request) -> HttpResponseBase:
    """This page will list the special campaigns that were approved, with what came of them."""
    found = campaign_queries.public_campaigns()
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    shown = [(one, *CAMPAIGN_STATES[one.state]) for one in page]
    rows = [{"campaign": one, "pairs": campaign_pairs(one), "label": label, "tone": tone} for one, label, tone in shown]
    return render(request, "public/campaigns.html", {"page": page, "rows": rows, "tabs": _tabs("campaigns")})


@require_safe
def inspection_plan(request: Request, number: str) -> HttpResponseBase:
    """This page will show a yearly plan. :raises Http404: where there is none, or it is not approved."""
    found = queries.public_plans().filter(number=number).first()
    if found is None:
        raise Http404
    draws = queries.public_draws().filter(plan=found)
    context = {
        "plan": found,
        "pairs": plan_pairs(found),
        "strata": strata_shown({one["key"]: one["drawn"] for one in found.rates}, {one["key"]: one["count"] for one in found.rates}),
        "draws": [{"draw": one, "label": DRAW_STATES[one.state][0], "tone": DRAW_STATES[one.state][1]} for one in draws],
        "crumbs": [{"label": "双随机抽查计划", "url": reverse("public:inspection_plans")}, {"label": found.number}],
    }
    return render(request, "public/inspection_plan.html", context)


@require_safe
def inspection_draws(request: Request) -> HttpResponseBase:
    """This page will list the draws, those made void among them."""
    found = queries.public_draws()
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    rows = [{"draw": one, "label": DRAW_STATES[one.state][0], "tone": DRAW_STATES[one.state][1]} for one in page]
    return render(request, "public/inspection_draws.html", {"page": page, "rows": rows, "tabs": _tabs("draws")})


@require_safe
def inspection_results(request: Request) -> HttpResponseBase:
    """This page will list the results of visits, the latest first, searched by the name of the body."""
    found, text = queries.results(), request.GET.get("q", "").strip()
    if text:
        found = found.filter(named(text))
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    return render(request, "public/inspection_results.html", {"page": page, "text": text, "tabs": _tabs("results")})


@require_safe
def inspection_draw(request: Request, number: str) -> HttpResponseBase:
    """This page will show a draw: what was announced, the numbers, the visits that are known, and how to check it. :raises Http404:"""
    found = queries.public_draw(number)
    if found is None:
        raise Http404
    counts = Counter(queries.roster_of(found).order_by().values_list("stratum", flat=True))
    label, tone = DRAW_STATES[found.state]
    context = {
        "draw": found,
        "state_label": label,
        "tone": tone,
        "steps": steps_of(found),
        "strata": strata_shown(found.quotas, counts),
        "sources": sources_shown(found, numbers=found.attested_at is not None),
        "visits": visits_shown(queries.visits_of(found, request.now)),
        "recorded": queries.record_of(found) is not None,
        "record_url": reverse("public:inspection_record_file", args=[number]),
        "log_address": f"{settings.PUBLIC_URL}/log/draws",
        "crumbs": [{"label": "双随机抽查任务", "url": reverse("public:inspection_draws")}, {"label": number}],
    }
    return render(request, "public/inspection_draw.html", context)


@require_safe
def inspection_record_file(request: Request, number: str) -> HttpResponseBase:
    """This page will hand out the record from which anyone draws again. :raises Http404: before the secret is told."""
    return record_sent(queries.public_draw(number))
