"""征集公告: which calls are there, what does one seek, and how far has it come?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_tables2 import A

from touchstone.calls import operations, permissions, queries
from touchstone.calls.states import CALL_MOVES, CallState
from touchstone.notices.queries import objections_of, of_case
from touchstone.policy.calls.terms import LEAST_OPEN_DAYS
from touchstone.web import call_view
from touchstone.web.authority.filing_acts import ObjectionAnswer, opinion_field
from touchstone.web.authority.projects import tabs
from touchstone.web.call_view import CALL_STATES, DISTRICT_CHOICES
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.levels import levels_label
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, StateColumn, Table, list_page


class CallTable(Table):
    """Calls."""

    title = Column("征集公告", linkify=("authority:call", [A("number")]))
    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    state = StateColumn(CALL_STATES, "状态")
    opens_on = DayColumn("开始")
    closes_on = DayColumn("截止")
    lot_count = NumberColumn("征集项目")
    sent_count = NumberColumn("收到应征")
    published_at = DayColumn("发布")


class CallFilter(django_filters.FilterSet):
    """Narrowing the list of calls."""

    title = django_filters.CharFilter(label="标题", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label="状态", choices=[(key, label) for key, (label, _) in CALL_STATES.items()])


class CallForm(Form):
    """The words and days of a call."""

    title = forms.CharField(label="标题", max_length=120, help_text="例如：2026年第一批社会培训评价组织公开征集公告")
    opens_on = forms.DateField(label="开始日", widget=DayInput())
    closes_on = forms.DateField(label="截止日（含）", widget=DayInput())
    content = forms.CharField(label="公告正文", max_length=8000, widget=forms.Textarea({"rows": 8}))


class LotForm(Form):
    """What a call seeks: a project, where, how many, for which demand."""

    project = forms.ChoiceField(label="评价项目")
    district = forms.ChoiceField(label="区", required=False, choices=DISTRICT_CHOICES)
    quota = forms.IntegerField(label="拟遴选家数", min_value=1, max_value=999, initial=1)
    demand = forms.IntegerField(label="年需求人数", min_value=0, max_value=9_999_999, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.number, f"{one.occupation.code} {one}（{levels_label(one.levels)}）") for one in queries.callable_projects()]
        self.fields["project"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]


class CancelForm(Form):
    """Why a call is cancelled."""

    reason = opinion_field("取消理由（将向社会公布）")


@authority_door
def calls(request: Request) -> HttpResponseBase:
    """This page will list the calls; the clerk of the centre begins one here."""
    can = permissions.can(request.actor, "draft")
    recommends = permissions.can(request.actor, "recommend")
    empty = Empty("还没有征集公告", "评价项目确定以后，由市职鉴中心按需求和布局分批公开征集。")
    return list_page(
        request, queryset=queries.with_counts(queries.calls(request.actor)), table=CallTable, filterset=CallFilter, title="征集公告", unit="个",
        empty=empty, template="authority/calls.html", extra={"tabs": tabs("calls"), "can_draft": can, "can_recommend": recommends},
    )  # fmt: skip


@authority_door
def call_new(request: Request) -> HttpResponseBase:
    """This page will begin a call."""
    permissions.check_may(request.actor, "draft")
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = operations.draft_call(**_given(form), by=request.actor, at=request.now)
            messages.success(request, "公告已拟定，请增加征集项目。")
            return redirect("authority:call", made.number)
    crumbs = [{"label": "征集公告", "url": reverse("authority:calls")}, {"label": "拟定公告"}]
    least = LEAST_OPEN_DAYS.on(request.today)
    context = {"form": form, "crumbs": crumbs, "title": "拟定征集公告", "least": least, "back_url": reverse("authority:calls")}
    return render(request, "authority/call_form.html", context)


@authority_door
def call_change(request: Request, number: str) -> HttpResponseBase:
    """This page will change the words and days of a call that is not yet published."""
    found = queries.call(number, request.actor)
    permissions.check_may(request.actor, "draft")
    names = ("title", "content", "opens_on", "closes_on")
    form = CallForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            operations.change_call(number=number, **_given(form), by=request.actor, at=request.now)
            messages.success(request, "公告已保存。")
            return redirect("authority:call", number)
    crumbs = [*_crumbs(found.title, number), {"label": "修改"}]
    least = LEAST_OPEN_DAYS.on(request.today)
    context = {"form": form, "crumbs": crumbs, "title": "修改征集公告", "least": least, "back_url": reverse("authority:call", args=[number])}
    return render(request, "authority/call_form.html", context)


def _given(form: Form) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "content", "opens_on", "closes_on")}


def _crumbs(title: str, number: str) -> list[dict[str, str]]:
    return [{"label": "征集公告", "url": reverse("authority:calls")}, {"label": title, "url": reverse("authority:call", args=[number])}]


@authority_door
def call(request: Request, number: str) -> HttpResponseBase:
    """This page will show a call with its lots, conditions and results; while it is drafted, the clerk adds lots here."""
    found = queries.call(number, request.actor)
    state = CallState(found.state)
    may_draft = state is CallState.DRAFTED and permissions.can(request.actor, "draft")
    form = LotForm(request.POST or None) if may_draft else None
    if request.method == "POST" and form is not None and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("project", "district", "quota", "demand")}
        with told_in(form):
            lot = operations.add_lot(number=number, **given, by=request.actor, at=request.now)
            messages.success(request, f"已增加“{lot.project}”。")
            return redirect("authority:call", number)
    offered = _offered(state, request, number)
    conditions = found.conditions or [
        {"title": one.title, "demand": one.demand_on(request.today), "proof": one.proof, "clause": str(one.clause)}
        for one in call_view.conditions_of(found, request.today)
    ]
    context = call_view.ranking_rules(found, request.today) | {
        "call": found,
        "tone": CALL_STATES[found.state][1],
        "crumbs": [{"label": "征集公告", "url": reverse("authority:calls")}, {"label": found.number}],
        "form": form,
        "may_draft": may_draft,
        "lots": call_view.lots_shown(found),
        "conditions": conditions,
        "actions": [one for one in offered if not one["why_not"]],
        "closed": [] if any(not one["why_not"] for one in offered) else offered,
        "publish_why_not": permissions.why_not(request.actor, "publish") if state is CallState.DRAFTED else "",
        "can_publish": state is CallState.DRAFTED and permissions.can(request.actor, "publish"),
        "can_cancel": CallState.CANCELLED in {move.target for move in CALL_MOVES.open_from(state)} and permissions.can(request.actor, "cancel"),
        "sent": queries.applications(request.actor).filter(lot__call=found).count() if found.published_at else 0,
        "notices": list(of_case(number)),
        "objections": list(objections_of(number)),
        "selections": call_view.selections_shown(queries.selections_from(found), request.today),
        "timeline": call_view.timeline(number),
    }
    return render(request, "authority/call.html", context)


def _offered(state: CallState, request: Request, number: str) -> list[dict[str, Any]]:
    offered: list[tuple[str, str, str, str]] = []
    if state in {CallState.OPEN, CallState.CLOSED}:
        offered.append(("check", "核实应征条件", "authority:call_applications", "primary" if state is CallState.CLOSED else ""))
    if state in {CallState.CLOSED, CallState.RANKED}:
        offered.append(("rank", "排序" if state is CallState.CLOSED else "查看排序", "authority:call_ranking", "primary"))
    if state is CallState.ANNOUNCED and objections_of(number).filter(answered_at__isnull=True).exists():
        offered.append(("answer_objection", "答复异议", "authority:call_objection", "primary"))
    return [
        {"label": label, "url": reverse(view, args=[number]), "tone": tone, "why_not": permissions.why_not(request.actor, act)}
        for act, label, view, tone in offered
    ]


@require_POST
@authority_door
def call_lot_remove(request: Request, number: str, lot: int) -> HttpResponseBase:
    """This page will take a lot off a drafted call."""
    with told(request):
        operations.remove_lot(number=number, lot_id=lot, by=request.actor, at=request.now)
        messages.success(request, "已移除。")
    return redirect("authority:call", number)


@require_POST
@authority_door
def call_publish(request: Request, number: str) -> HttpResponseBase:
    """This page will publish a call."""
    queries.call(number, request.actor)
    with told(request):
        done = operations.publish_call(number=number, by=request.actor, at=request.now)
        messages.success(request, f"已发布，{done.opens_on:%Y年%m月%d日}起接受应征。")
    return redirect("authority:call", number)


@authority_door
def call_cancel(request: Request, number: str) -> HttpResponseBase:
    """This page will cancel a call, saying why; everyone who applied is told."""
    found = queries.call(number, request.actor)
    permissions.check_may(request.actor, "cancel")
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            operations.cancel_call(number=number, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, "已取消，理由已公布并告知应征机构。")
            return redirect("authority:call", number)
    context = {"call": found, "form": form, "crumbs": [*_crumbs(found.title, number), {"label": "取消征集"}]}
    return render(request, "authority/call_cancel.html", context)


@authority_door
def call_objection(request: Request, number: str) -> HttpResponseBase:
    """This page will answer an objection to a call's result."""
    found = queries.call(number, request.actor)
    permissions.check_may(request.actor, "answer_objection")
    waiting = objections_of(number).filter(answered_at__isnull=True).first()
    form = ObjectionAnswer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"objection": request.POST.get("objection", ""), "upheld": form.cleaned_data["upheld"], "answer": form.cleaned_data["answer"]}
        with told_in(form):
            done = operations.answer_call_objection(number=number, **given, by=request.actor, at=request.now)
            messages.success(request, "异议成立，公示中止，请重新核实并排序。" if done.upheld else "已答复，公示继续。")
            return redirect("authority:call", number)
    crumbs = [*_crumbs(found.title, number), {"label": "答复异议"}]
    return render(request, "authority/call_objection.html", {"call": found, "objection": waiting, "form": form, "crumbs": crumbs})
