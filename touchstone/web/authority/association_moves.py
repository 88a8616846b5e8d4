"""协会纳入社会化页: which associations should move, what did the tests find of each, which plan has each, and how far is it?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.filings import operations, permissions, queries
from touchstone.filings.queries.association_night import association_changes, last_association_check
from touchstone.filings.states import OVER
from touchstone.ledger.queries import history
from touchstone.policy.filing.association import EMPLOYERS, FIELDS, PEOPLE_A_YEAR
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.events import event_words
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.scope_view import scope_lines
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

STATES = {"listed": ("待制定计划", "warn"), "planned": ("已定计划", "info"), "moved": ("已纳入社会化", "ok"), "kept": ("暂不纳入", "neutral")}


class MoveTable(Table):
    """Associations listed, with their plans."""

    number = Column("编号", linkify=("authority:association_move", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    body = Column("协会", accessor="filing__body__name", order_by="filing__body__name_key")
    filing = Column("原企业备案", accessor="filing__number", attrs={"td": {"class": "ts-nowrap"}})
    state = StateColumn(STATES, "状态")
    listed_at = DayColumn("列入日")
    planned_for = DayColumn("计划完成日")
    moved_into = Column("社会化备案", accessor="moved_into__number", attrs={"td": {"class": "ts-nowrap"}})
    closed_at = DayColumn("办结日")


class MoveFilter(django_filters.FilterSet):
    """Narrowing the list."""

    body = django_filters.CharFilter(label="协会名称", field_name="filing__body__name", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label="状态", choices=[(key, label) for key, (label, _) in STATES.items()])


class PlanForm(Form):
    """What will be done, until when."""

    plan = forms.CharField(label="纳入计划", max_length=2000, widget=forms.Textarea({"rows": 4}), help_text="哪些项目、分几步、由谁配合。")
    planned_for = forms.DateField(label="计划完成日", widget=DayInput)


class KeepForm(Form):
    """Why it is let be."""

    reason = forms.CharField(label="暂不纳入的理由", max_length=1000, widget=forms.Textarea({"rows": 3}))


@authority_door
def association_moves(request: Request) -> HttpResponseBase:
    """This page will list the associations that are to move; the centre sees what the tests find of each today, and lists the new ones."""
    why_not = permissions.why_not_move_associations(request.actor)
    if request.method == "POST":
        with told(request):
            made = operations.list_association_moves(by=request.actor, at=request.now)
            messages.success(request, f"已列入{len(made)}家协会，请逐家制定纳入计划。")
        return redirect("authority:association_moves")
    candidates = [] if why_not else queries.association_candidates(request.today)
    return list_page(
        request,
        queryset=queries.association_moves(request.actor),
        table=MoveTable,
        filterset=MoveFilter,
        title="协会纳入社会化",
        unit="家",
        template="authority/association_moves.html",
        empty=Empty("还没有列入的协会", "以企业评价机构备案、社会需求量大且社会通用性强的行业协会，列入后在这里制定计划。"),
        extra={
            "why_not": why_not,
            "form": Form(),
            "candidates": candidates,
            "last_check": last_association_check(),
            "changes": association_changes(),
            "fresh": sum(one.move is None and one.outcome == "met" for one in candidates),
            "tests": [(one.meaning, one.on(request.today).value, one.unit) for one in (PEOPLE_A_YEAR, EMPLOYERS, FIELDS)],
        },
    )


@authority_door
def association_move(request: Request, number: str) -> HttpResponseBase:
    """This page will show one association's move: the tests, the plan, what stands in the way, and how far it is; the centre acts on it."""
    move = queries.association_move(number, request.actor)
    act = request.POST.get("act", "")
    plan = PlanForm(request.POST if act == "plan" else None, initial={"plan": move.plan, "planned_for": move.planned_for}, auto_id="plan_%s")
    keep = KeepForm(request.POST if act == "keep" else None, auto_id="keep_%s")
    if act == "open":
        with told(request):
            opened = operations.open_social_filing(number=number, by=request.actor, at=request.now)
            messages.success(request, f"已开办社会化备案申请{opened.number}，由协会填报后按社会培训评价组织的路线办理。")
        return redirect("authority:association_move", number)
    form = {"plan": plan, "keep": keep}.get(act)
    if form is not None and form.is_valid():
        with told_in(form):
            messages.success(request, _carried_out(request, number, act, form.cleaned_data))
            return redirect("authority:association_move", number)
    under_way = move.moved_into is not None and move.moved_into.state not in OVER
    context = {
        "move": move,
        "body": move.filing.body,
        "state": STATES[move.state],
        "plan_form": plan,
        "keep_form": keep,
        "under_way": under_way,
        "lines": scope_lines(queries.lines_to_move(move, request.today)) if move.state != "moved" else scope_lines(queries.scope_of(move.filing)),
        "blockers": queries.move_blockers(move, request.today) if move.state == "planned" and not under_way else (),
        "why_not": permissions.why_not_move_associations(request.actor),
        "why_not_decide": permissions.why_not_move_associations(request.actor, director=True),
        "entries": [
            {"what": event_words(line.event), "who": line.actor_label, "at": line.at, "opinion": line.reason or line.detail.get("plan", "")}
            for line in history(number)
        ],
        "crumbs": [{"label": "协会纳入社会化", "url": reverse("authority:association_moves")}, {"label": number}],
    }
    return render(request, "authority/association_move.html", context)


def _carried_out(request: Request, number: str, act: str, given: dict[str, Any]) -> str:
    if act == "keep":
        operations.keep_association(number=number, reason=given["reason"], by=request.actor, at=request.now)
        return "已记为暂不纳入，以后仍可制定计划。"
    operations.plan_association_move(number=number, plan=given["plan"], planned_for=given["planned_for"], by=request.actor, at=request.now)
    return "纳入计划已登记。"
