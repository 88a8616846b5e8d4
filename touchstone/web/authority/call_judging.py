"""应征审核: the applications of a call, each checked against each condition, and the ranking."""

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_tables2 import A

from touchstone.calls import operations, permissions, queries
from touchstone.calls.states import ApplicationState, CallState
from touchstone.web import call_view
from touchstone.web.authority.filing_acts import opinion_field
from touchstone.web.call_view import APPLICATION_STATES, CALL_STATES
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.filing_view import send_case_file
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.calls.models import Application, ApplicationSet


class ApplicationTable(Table):
    """Applications of one call."""

    number = Column("应征编号", linkify=("authority:call_application", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    body = Column("应征机构", accessor="body__name")
    project = Column("评价项目", accessor="lot__project__occupation__name")
    district = Column("区", accessor="lot__district", empty_values=())
    state = StateColumn(APPLICATION_STATES, "状态")
    qualified = Column("条件审核", empty_values=())
    points = NumberColumn("得分")
    rank = NumberColumn("名次")
    submitted_at = MomentColumn("首次提交")

    def render_project(self, record: "Application") -> str:
        return str(record.lot.project)

    def value_project(self, record: "Application") -> str:
        return str(record.lot.project)

    def render_district(self, record: "Application") -> str:
        return call_view.where(record.lot.district)

    def render_qualified(self, value: bool | None) -> str:
        return {True: "符合", False: "不符合"}.get(value, "未核实") if value is not None else "未核实"


class ApplicationFilter(django_filters.FilterSet):
    """Narrowing the applications of a call."""

    body = django_filters.CharFilter(label="应征机构", field_name="body__name", lookup_expr="icontains")
    project = django_filters.CharFilter(label="职业", field_name="lot__project__occupation__name", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label="状态", choices=[(key, label) for key, (label, _) in APPLICATION_STATES.items()])
    qualified = django_filters.ChoiceFilter(label="条件审核", choices=[("True", "符合"), ("False", "不符合")], method="judged")

    def judged(self, found: "ApplicationSet", name: str, value: str) -> "ApplicationSet":
        return found.filter(qualified=value == "True")


class ReturnForm(Form):
    """What has to be put right."""

    reason = opinion_field("需要补正的内容")


class CheckForm(Form):
    """What was found, condition by condition, with a word where it differs from what was declared."""

    def __init__(self, *args: Any, application: "Application", today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = application.checked
        for one in call_view.conditions_of(application.lot.call, today):
            field = call_view.answer_field(one, "未能证实")
            field.initial = kept[one.key]["value"] if one.key in kept else application.answers.get(one.key)
            self.fields[f"checked:{one.key}"] = field
            note = forms.CharField(label=f"{one.title} 核实依据", required=False, max_length=500)
            note.initial = kept.get(one.key, {}).get("note", "")
            self.fields[f"note:{one.key}"] = note

    def found(self) -> dict[str, Any]:
        """Give what was found and the words beside it, by key of the condition."""
        given = self.cleaned_data
        parts = {part: {n.removeprefix(part): v for n, v in given.items() if n.startswith(part)} for part in ("checked:", "note:")}
        return {"checked": parts["checked:"], "notes": parts["note:"]}


@authority_door
def call_applications(request: Request, number: str) -> HttpResponseBase:
    """This page will list the applications of a call."""
    found = queries.call(number, request.actor)
    rows = queries.applications(request.actor).filter(lot__call=found).exclude(state=ApplicationState.WITHDRAWN)
    crumbs = [{"label": "征集公告", "url": reverse("authority:calls")}, {"label": found.title, "url": reverse("authority:call", args=[number])}]
    return list_page(
        request, queryset=rows, table=ApplicationTable, filterset=ApplicationFilter, title="应征申请", unit="件",
        empty=Empty("还没有收到应征申请", "机构提交以后会出现在这里；填报中的看不到。"), template="authority/call_applications.html",
        extra={"call": found, "tone": CALL_STATES[found.state][1], "crumbs": [*crumbs, {"label": "应征申请"}]},
    )  # fmt: skip


def _context(found: "Application", request: Request) -> dict[str, Any]:
    call = found.lot.call
    crumbs = [
        {"label": "征集公告", "url": reverse("authority:calls")},
        {"label": call.title, "url": reverse("authority:call", args=[call.number])},
        {"label": "应征申请", "url": reverse("authority:call_applications", args=[call.number])},
        {"label": found.number},
    ]
    return {
        "application": found,
        "call": call,
        "tone": APPLICATION_STATES[found.state][1],
        "where": call_view.where(found.lot.district),
        "lines": call_view.condition_lines(found, request.today),
        "grade": call_view.grade_shown(found, request.today),
        "crumbs": crumbs,
    }


@authority_door
def call_application(request: Request, number: str) -> HttpResponseBase:
    """This page will show an application: condition by condition what was declared and found, the files, the points."""
    found = queries.application(number, request.actor)
    call = CallState(found.lot.call.state)
    judged = call in {CallState.OPEN, CallState.CLOSED, CallState.RANKED}
    can = permissions.can(request.actor, "check", found)
    state = ApplicationState(found.state)
    context = _context(found, request) | {
        "uploads": call_view.files_by_label(number, "authority:call_application_file"),
        "can_check": can and judged and state in {ApplicationState.SUBMITTED, ApplicationState.CHECKED},
        "can_return": can and call in {CallState.OPEN, CallState.CLOSED} and state is ApplicationState.SUBMITTED,
        "why_not": permissions.why_not(request.actor, "check", found),
        "timeline": call_view.timeline(number),
    }
    return render(request, "authority/call_application.html", context)


@authority_door
def call_application_check(request: Request, number: str) -> HttpResponseBase:
    """This page will set what was found beside what was declared, condition by condition."""
    found = queries.application(number, request.actor)
    permissions.check_may(request.actor, "check", found)
    form = CheckForm(request.POST or None, application=found, today=request.today)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            done = operations.check_application(number=number, **form.found(), by=request.actor, at=request.now)
            messages.success(request, f"已核实：{'符合条件' if done.qualified else '不符合条件'}。")
            return redirect("authority:call_application", number)
    uploads = call_view.files_by_label(number, "authority:call_application_file")
    lines = [line | {"files": uploads.get(line["condition"].proof, [])} for line in call_view.condition_lines(found, request.today)]
    return render(request, "authority/call_application_check.html", _context(found, request) | {"form": form, "lines": lines})


@authority_door
def call_application_return(request: Request, number: str) -> HttpResponseBase:
    """This page will send an application back with what is missing."""
    found = queries.application(number, request.actor)
    permissions.check_may(request.actor, "check", found)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            done = operations.return_application(number=number, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, f"已退回，补正期限至{done.supplement_due_on:%Y年%m月%d日}。")
            return redirect("authority:call_application", number)
    phrases = ("证明材料不清晰，请重新上传。", "证明材料与申报情况不一致，请核实更正。")
    return render(request, "authority/call_application_return.html", _context(found, request) | {"form": form, "phrases": phrases})


@authority_door
def call_application_file(request: Request, number: str, file: str) -> HttpResponseBase:
    """This page will send one of the application's files."""
    return send_case_file(queries.application(number, request.actor).number, file)


@authority_door
def call_ranking(request: Request, number: str) -> HttpResponseBase:
    """This page will rank the applications of a closed call and show what came of each, lot by lot, with the points."""
    found = queries.call(number, request.actor)
    if request.method == "POST":
        with told(request):
            outcomes = operations.rank_call(number=number, by=request.actor, at=request.now)
            proposed = sum(one.proposed for one in outcomes)
            messages.success(request, f"已排序：{len(outcomes)}件中拟入选{proposed}件，逐件结果见下表。")
        return redirect("authority:call_ranking", number)
    rows = list(queries.applications_of(found)) if permissions.can(request.actor, "rank") or found.concluded_at else []
    state = CallState(found.state)
    groups = call_view.by_lot(rows)
    for group in groups:
        group["lines"] = [
            {"application": one, "proposed": operations.proposed(one), "sentence": one.outcome_reason or operations.reason_of(one)}
            for one in group["rows"]
        ]
    context = call_view.ranking_rules(found, request.today) | {
        "call": found,
        "tone": CALL_STATES[found.state][1],
        "groups": groups,
        "ranked": found.ranked_at is not None and state is not CallState.CLOSED,
        "can_rank": state in {CallState.CLOSED, CallState.RANKED} and permissions.can(request.actor, "rank"),
        "can_announce": state is CallState.RANKED and permissions.can(request.actor, "announce"),
        "why_not": permissions.why_not(request.actor, "announce") if state is CallState.RANKED else permissions.why_not(request.actor, "rank"),
        "crumbs": [
            {"label": "征集公告", "url": reverse("authority:calls")},
            {"label": found.title, "url": reverse("authority:call", args=[number])},
            {"label": "排序"},
        ],
    }
    return render(request, "authority/call_ranking.html", context)


@require_POST
@authority_door
def call_announce(request: Request, number: str) -> HttpResponseBase:
    """This page will put the ranking before the public."""
    queries.call(number, request.actor)
    with told(request):
        operations.announce_result(number=number, by=request.actor, at=request.now)
        messages.success(request, "遴选结果开始公示，期满无异议后由平台自动确定。")
    return redirect("authority:call", number)
