"""数据比对规则: which comparisons are made, on which clause, how often do they hit and how many hits were upheld, and who switched which off?"""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from touchstone.monitoring import queries
from touchstone.monitoring.queries import Tally
from touchstone.parameters import operations as parameters
from touchstone.parameters import permissions as parameter_permissions
from touchstone.parameters import queries as parameter_queries
from touchstone.policy.monitoring import RULES, AskedOf, ComparisonRule, Population, rule_of
from touchstone.policy.monitoring.switches import SWITCHES, in_use
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.monitoring.words import SEVERITIES, percent
from touchstone.web.operators.parameters import shown
from touchstone.web.refusing import told_in

RUNS_SHOWN = 30
_BLANK = re.compile(r"\{[^}]*\}")
"""What a hit fills in, in a rule's sentence."""


class SwitchForm(Form):
    """That a rule is switched off, or on again, from a day on."""

    since = forms.DateField(label="生效日期", widget=DayInput(), help_text="须晚于今天")
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="理由随规则公开")


@authority_door
def comparison_rules(request: Request) -> HttpResponseBase:
    """This page will list every rule with how it does in the whole city."""
    text, of = request.GET.get("q", "").strip(), request.GET.get("population", "")
    known, waiting = queries.tallies(), _waiting()
    found = [one for one in RULES if (not text or text in one.title + one.sentence + str(one.clause) + one.key) and of in {"", one.population.value}]
    lines = [_line(request, one, known.get(one.key, Tally()), waiting) for one in found]
    groups = [{"label": of_all.label, "lines": [one for one in lines if one["rule"].population is of_all]} for of_all in Population]
    here = reverse("authority:comparison_rules")
    tabs = [{"label": "全部", "url": here, "active": not of, "count": len(RULES)}]
    tabs += [
        {"label": one.label, "url": f"{here}?population={one.value}", "active": of == one.value, "count": sum(r.population is one for r in RULES)}
        for one in Population
    ]
    context = {
        "groups": [group for group in groups if group["lines"]],
        "tabs": tabs,
        "text": text,
        "of": of,
        "last": queries.last_done(),
        "figures": _figures(known),
    }
    return render(request, "monitoring/rules.html", context)


def _figures(known: dict[str, Tally]) -> dict[str, Any]:
    decided, upheld = sum(one.decided for one in known.values()), sum(one.upheld for one in known.values())
    return {
        "cases": sum(one.cases for one in known.values()),
        "open": sum(one.open for one in known.values()),
        "share": percent(upheld / decided if decided else None),
    }


def _waiting() -> set[str]:
    return {one.key for one in parameter_queries.awaiting_approval()}


def _line(request: Request, rule: ComparisonRule, tally: Tally, waiting: set[str]) -> dict[str, Any]:
    return {
        "rule": rule,
        "severity": SEVERITIES[rule.severity],
        "on": in_use(rule.key, request.today),
        "in_files": rule.population.asked_of is AskedOf.FILES,
        "waiting": SWITCHES[rule.key].key in waiting,
        "tally": tally,
        "rate": percent(tally.hit_rate),
        "share": percent(tally.upheld_share),
    }


@authority_door
def comparison_rule(request: Request, key: str) -> HttpResponseBase:
    """This page will show one rule, its numbers and its runs, and take a proposal to switch it. :raises Http404: for an unknown key."""
    rule = _rule(key)
    switch = SWITCHES[key]
    on = in_use(key, request.today)
    form = SwitchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            given = form.cleaned_data
            parameters.propose_value(
                key=switch.key, value=not on, since=given["since"], reason=given["reason"], by=request.actor, at=request.now
            )
            messages.success(request, "已提出，须由另一名政策管理员复核后生效。")
            return redirect("authority:comparison_rule", key)
    tally = queries.tally(key)
    lines = list(queries.rule_runs(key)[:RUNS_SHOWN])
    context = {
        **_line(request, rule, tally, _waiting()),
        "sentence": _BLANK.sub("…", rule.sentence),
        "switch": switch,
        "numbers": [_number(dated, request) for dated in rule.parameters.values()],
        "lines": [{"row": one, "rate": percent(one.hit_rate)} for one in lines],
        "chart": _chart(lines[::-1]) if len(lines) > 1 else None,
        "versions": parameter_queries.versions(switch.key),
        "can_change": parameter_permissions.can_change(request.actor),
        "user_id": request.actor.user_id,
        "form": form,
        "alerts_url": f"{reverse('authority:alerts')}?rule={key}",
        "crumbs": [{"label": "数据比对", "url": reverse("authority:comparison_rules")}, {"label": rule.title, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "monitoring/rule.html", context)


@require_POST
@authority_door
def comparison_switch(request: Request, key: str, version_id: int) -> HttpResponseBase:
    """This page will approve or turn down a proposal to switch a rule. :raises Http404: for an unknown key, or another rule's proposal."""
    rule = _rule(key)
    if not parameter_queries.versions(SWITCHES[rule.key].key).filter(pk=version_id).exists():
        raise Http404
    approve = request.POST.get("approve") == "yes"
    with told(request):
        parameters.answer_proposal(version_id=version_id, approve=approve, answer=request.POST.get("answer", ""), by=request.actor, at=request.now)
        messages.success(request, "已通过，自生效日期起执行。" if approve else "已退回提议。")
    return redirect("authority:comparison_rule", key)


def _rule(key: str) -> ComparisonRule:
    try:
        return rule_of(key)
    except KeyError:
        raise Http404 from None


def _number(dated: Any, request: Request) -> dict[str, Any]:
    now = parameter_queries.in_force(dated, request.today) if dated.key else dated.on(request.today)
    url = reverse("operators:parameter", args=[dated.key]) if dated.changeable and parameter_permissions.can_change(request.actor) else ""
    return {"meaning": dated.meaning, "value": f"{shown(now.value)}{dated.unit}", "clause": now.clause, "url": url}


def _chart(lines: list[Any]) -> dict[str, Any]:
    return {
        "grid": {"left": 8, "right": 8, "top": 32, "bottom": 8, "containLabel": True},
        "legend": {"top": 0},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [f"{one.at:%-m月%-d日}" for one in lines]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [
            {"name": "命中", "type": "bar", "barMaxWidth": 18, "data": [one.hits for one in lines]},
            {"name": "新预警", "type": "bar", "barMaxWidth": 18, "data": [one.opened for one in lines]},
        ],
    }
