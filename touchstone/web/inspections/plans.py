"""抽查计划页: which plans are there, what does one say, how far is it, and which draws rest on it?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.exams.operations.exports import record_export
from touchstone.inspections import operations, permissions, queries
from touchstone.inspections.facts import strata_of, supervised_by
from touchstone.inspections.states import PLAN_MOVES, PlanState
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.inspections import LAW
from touchstone.policy.roles import Role
from touchstone.policy.supervision.items import items_drawn
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form, day_given
from touchstone.web.inspections.words import DRAW_STATES, PLAN_STATES, months_told, plan_pairs, strata_shown
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.inspections.models import Plan


class PlanTable(Table):
    """Yearly plans."""

    number = Column("计划", linkify=("authority:inspection_plan", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    year = Column("年度")
    office = Column("抽查单位", accessor="office__name")
    months = Column("抽查月份", orderable=False)
    draw_count = NumberColumn("抽取次数")
    state = StateColumn(PLAN_STATES, "状态")
    approved_at = MomentColumn("批准时间", default="—")

    def render_months(self, value: list[int]) -> str:
        return months_told(value)

    value_months = render_months


class PlanFilter(django_filters.FilterSet):
    """Narrowing the plans."""

    year = django_filters.NumberFilter(label="年度")
    office = django_filters.CharFilter(label="抽查单位", field_name="office__name", lookup_expr="contains")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in PlanState])


class PlanForm(Form):
    """What a plan says."""

    year = forms.TypedChoiceField(label="年度", coerce=int)
    items = forms.MultipleChoiceField(label="抽查事项", widget=forms.CheckboxSelectMultiple, help_text="从公布的抽查事项清单中选择。")
    months = forms.TypedMultipleChoiceField(
        label="抽查月份", coerce=int, choices=[(one, f"{one}月") for one in range(1, 13)], widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label="重点和安排", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, request: Request, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(one.key, one.title) for one in items_drawn(request.today)]  # type: ignore[attr-defined]
        years = [request.today.year, request.today.year + 1]
        self.fields["year"].choices = [(one, f"{one}年") for one in years]  # type: ignore[attr-defined]
        if not new:
            del self.fields["year"]

    def terms(self) -> operations.PlanTerms:
        """Give what was filled in as the operation takes it."""
        given = self.cleaned_data
        return operations.PlanTerms(given["items"], given["months"], given["words"])


@authority_door
def inspection_plans(request: Request) -> HttpResponseBase:
    """This page will list the plans the actor may see."""

    def exported(kind: str, count: int) -> None:
        record_export(case="inspection-plans", what="双随机抽查计划", kind=kind, count=count, by=request.actor, at=request.now)

    may = permissions.can_plan(request.actor)
    new = ("编制计划", reverse("authority:inspection_plan_new")) if may else ()
    return list_page(
        request,
        queryset=queries.plans(request.actor),
        table=PlanTable,
        filterset=PlanFilter,
        title="双随机抽查",
        unit="份计划",
        template="inspections/plans.html",
        empty=Empty("还没有年度抽查计划", "每年由质量督导员编制、审批负责人批准公布，抽取都依据它。", *new),
        exported=exported,
        extra={"may_plan": may, "tabs": tabs(request, "plans")},
    )


def tabs(request: Request, active: str) -> list[dict[str, Any]]:
    """This function will give the pages about inspections that the actor's office has."""
    pages = [("plans", "年度计划", "inspection_plans"), ("draws", "抽取", "inspection_draws"), ("checks", "检查", "inspections")]
    pages += [("known", "揭晓的任务", "known_visits")]
    if request.actor.office_kind in permissions.DRAWING:
        pages += [("visits", "我的检查", "inspection_visits")] if request.actor.has(Role.SUPERVISOR) else []
        pages += [("recusals", "回避", "inspection_recusals")]
    return [{"label": label, "url": reverse(f"authority:{page}"), "active": key == active} for key, label, page in pages]


@authority_door
def inspection_plan_new(request: Request) -> HttpResponseBase:
    """This page will begin the office's plan of a year. :raises NotAllowed: for those who make none."""
    permissions.check_may_plan(request.actor)
    form = PlanForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = operations.draft_plan(year=form.cleaned_data["year"], terms=form.terms(), by=request.actor, at=request.now)
            messages.success(request, f"计划{made.number}已保存，核对后报请批准。")
            return redirect("authority:inspection_plan", made.number)
    context = {
        "form": form,
        "title": "编制年度抽查计划",
        "button": "保存",
        "hint": "保存以后还可以修改；批准以后向社会公布，不再修改。",
        "crumbs": [{"label": "双随机抽查", "url": reverse("authority:inspection_plans")}, {"label": "编制计划"}],
        "back_url": reverse("authority:inspection_plans"),
    }
    return render(request, "body/entry_new.html", context)


_DONE = {
    "submit": "已报请审批负责人批准。",
    "return": "已退回修改。",
    "approve": "已批准，计划从现在起向社会公布。",
}


@authority_door
def inspection_plan(request: Request, number: str) -> HttpResponseBase:
    """This page will show a plan, change it, carry it to the public, and begin its draws. :raises NotAllowed: for another's."""
    found = queries.plan(number, request.actor)
    may = {line.verb for line in PLAN_MOVES if found.state in line.sources and permissions.can_plan_act(request.actor, line.verb, found)}
    form = PlanForm(request=request, new=False, initial={"items": found.items, "months": found.months, "words": found.words})
    act = request.POST.get("act", "save")
    if request.method == "POST" and act == "save":
        form = PlanForm(request.POST, request=request, new=False)
        if form.is_valid():
            with told_in(form):
                operations.save_plan(number=number, terms=form.terms(), by=request.actor, at=request.now)
                messages.success(request, "计划已保存。")
                return redirect("authority:inspection_plan", number)
    elif request.method == "POST":
        with told(request):
            return _act(request, number, act)
        return redirect("authority:inspection_plan", number)
    return render(request, "inspections/plan.html", _context(request, found, may, form))


def _act(request: Request, number: str, act: str) -> HttpResponseBase:
    """Carry out one act on a plan and say where to go. :raises Refusal:"""
    words, by, at = request.POST.get("words", ""), request.actor, request.now
    if act == "draw":
        day = day_given(request.POST.get("visits_from", ""))
        if day is None:
            raise Refusal("请填写检查开始日。", LAW, "日期应在计划的抽查月份之内。")
        made = operations.begin_draw(plan_number=number, visits_from=day, by=by, at=at)
        messages.success(request, f"抽取{made.number}的名单已经冻结，核对后公告。")
        return redirect("authority:inspection_draw", made.number)
    if act == "submit":
        operations.submit_plan(number=number, by=by, at=at)
    elif act == "return":
        operations.return_plan(number=number, opinion=words, by=by, at=at)
    elif act == "approve":
        operations.approve_plan(number=number, opinion=words, by=by, at=at)
    if act in _DONE:
        messages.success(request, _DONE[act])
    return redirect("authority:inspection_plan", number)


def _context(request: Request, found: "Plan", may: set[str], form: PlanForm) -> dict[str, Any]:
    label, tone = PLAN_STATES[found.state]
    approved = found.state == PlanState.APPROVED
    rates = found.rates if approved else [vars(one) for one in strata_of(supervised_by(found.office, request.today), request.today)]
    return {
        "plan": found,
        "state_label": label,
        "tone": tone,
        "pairs": plan_pairs(found),
        "strata": strata_shown({one["key"]: one["drawn"] for one in rates}, {one["key"]: one["count"] for one in rates}),
        "approved": approved,
        "may": may,
        "may_draw": approved and permissions.can_draw(request.actor, found),
        "day_input": DayInput().render("visits_from", "", {"class": "form-control", "id": "visits_from", "required": True}),
        "form": form,
        "draws": [{"draw": one, "label": DRAW_STATES[one.state][0], "tone": DRAW_STATES[one.state][1]} for one in queries.draws_of(found)],
        "entries": [told_with_receipt(line) for line in history(found.number)],
        "crumbs": [{"label": "双随机抽查", "url": reverse("authority:inspection_plans")}, {"label": found.number}],
        "request_key": uuid4(),
    }
