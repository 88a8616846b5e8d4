"""申报范围: which occupation, level and standard are asked for, at which venue?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.bodies.queries import venues_of
from touchstone.catalogue import queries as catalogue
from touchstone.filings import operations, permissions, queries
from touchstone.filings.facts import rules_day
from touchstone.kernel.law import Refusal
from touchstone.web import filing_view
from touchstone.web.body.filing_sections import sections_nav
from touchstone.web.doors import Request, body_door, told
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES, level_label
from touchstone.web.occupation_field import OccupationField


class ScopeForm(Form):
    """One occupation by one standard: several levels and venues at once, each told apart in the outcome."""

    occupation = OccupationField(label="职业")
    trade = forms.ChoiceField(label="工种", required=False, choices=[("", "不分工种")])
    standard = forms.ChoiceField(label="依据的标准", required=False, choices=[("", "请先选择职业")])
    levels = forms.MultipleChoiceField(label="等级", choices=LEVEL_CHOICES, widget=forms.CheckboxSelectMultiple)
    venues = forms.MultipleChoiceField(label="考核点", widget=forms.CheckboxSelectMultiple)


def scope_form(request: Request, found: Any, data: Any = None) -> ScopeForm:
    """This function will make the form, offering the trades, standards and levels of the occupation typed."""
    day = rules_day(found, request.today)
    form = ScopeForm(data)
    fields: dict[str, Any] = form.fields
    fields["occupation"].day = day
    fields["venues"].choices = [(venue.number, venue.name) for venue in venues_of(found.body, request.today)]
    typed = (request.POST or request.GET).get("occupation", "").split()
    occupation = catalogue.occupation(typed[0], day) if typed else None
    if occupation is None and typed:
        matches = list(catalogue.search(" ".join(typed), day)[:2])
        occupation = matches[0] if len(matches) == 1 else None
    if occupation is not None:
        trades = list(catalogue.trades_of(occupation, day))
        name = (request.POST or request.GET).get("trade", "")
        trade = next((t for t in trades if t.name == name), None)
        fields["trade"].choices = [("", "不分工种"), *((t.name, t.name) for t in trades)]
        standards = catalogue.standards_on(occupation, trade, None, day, found.body.office)
        fields["standard"].choices = [(s.number, f"{s.title}（{s.edition}，{s.get_kind_display()}）") for s in standards] or [("", "没有现行标准")]
        open_levels = catalogue.levels_of(occupation, trade, day)
        form.initial = {name: request.GET.getlist(name) for name in ("levels", "venues")} | {"trade": name, "standard": request.GET.get("standard")}
        fields["levels"].choices = [(str(level), level_label(level)) for level in open_levels]
    return form


@body_door
def filing_scope(request: Request, number: str) -> HttpResponseBase:
    """This page will show the scope and add lines to it, with an outcome for each line."""
    found = queries.filing(number, request.actor)
    form = scope_form(request, found, request.POST or None)
    outcomes: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        outcomes = _add(request, number, form.cleaned_data)
        if all(not sentence for _, sentence in outcomes):
            messages.success(request, f"已添加{len(outcomes)}项。")
            return redirect("body:filing_scope", number)
    why_not = permissions.why_not(request.actor, "write", found)
    if not why_not and not queries.is_editable(found):
        why_not = f"当前为“{found.state_label}”，填报内容已锁定。"
    supplement = queries.open_supplement(found)
    context = filing_view.header(found) | {
        "form": form,
        "outcomes": outcomes,
        "scope": list(queries.scope_of(found)),
        "nav": sections_nav(found, request.today, "scope"),
        "section": "scope",
        "section_title": queries.TITLES["scope"],
        "findings": queries.check(found, request.today)["scope"],
        "why_not": why_not,
        "asked": supplement.points.get("scope", "") if supplement else "",
        "supplement": supplement,
    }
    return render(request, "body/filing_scope.html", context)


def _add(request: Request, number: str, given: dict[str, Any]) -> list[tuple[str, str]]:
    outcomes = []
    for level in given["levels"]:
        for venue in given["venues"]:
            name = f"{given['occupation'].name} {level_label(int(level))}"
            key = f"{request.actor.request_key}:{level}:{venue}" if request.actor.request_key else ""
            try:
                operations.add_scope_item(
                    number=number,
                    occupation=given["occupation"].code,
                    trade=given["trade"],
                    level=int(level),
                    standard=given["standard"],
                    venue=venue,
                    by=request.actor.with_key(key[:64]),
                    at=request.now,
                )
            except Refusal as refusal:
                outcomes.append((name, str(refusal)))
            else:
                outcomes.append((name, ""))
    return outcomes


@body_door
def filing_scope_options(request: Request, number: str) -> HttpResponseBase:
    """This fragment will offer the trades, standards and fileable levels of the occupation that was typed."""
    found = queries.filing(number, request.actor)
    return render(request, "body/filing_scope_options.html", {"form": scope_form(request, found)})


@body_door
def filing_scope_remove(request: Request, number: str, item: int) -> HttpResponseBase:
    """This page will take a line off the scope."""
    if request.method == "POST":
        with told(request):
            operations.remove_scope_item(number=number, item_id=item, by=request.actor, at=request.now)
            messages.success(request, "已移除。")
    return redirect("body:filing_scope", number)
