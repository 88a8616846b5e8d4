"""征集: which public calls can my body answer, and how far have my applications come?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_tables2 import A

from touchstone.bodies.queries import own_body
from touchstone.calls import operations, permissions, queries
from touchstone.calls.states import ApplicationState, CallState
from touchstone.kernel.rules import Outcome
from touchstone.notices.queries import of_case
from touchstone.policy.calls.terms import applied_in_time
from touchstone.policy.roles import BodyKind
from touchstone.web import call_view
from touchstone.web.call_view import APPLICATION_STATES, CALL_STATES
from touchstone.web.doors import Request, body_door, told
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.calls.models import Application, Call


class CallTable(Table):
    """Published calls."""

    title = Column("征集公告", linkify=("body:call", [A("number")]))
    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    state = StateColumn(CALL_STATES, "状态")
    opens_on = DayColumn("开始")
    closes_on = DayColumn("截止")
    lot_count = NumberColumn("征集项目")


class CallFilter(django_filters.FilterSet):
    """Narrowing the list of calls."""

    title = django_filters.CharFilter(label="标题", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(
        label="状态", choices=[(key, label) for key, (label, _) in CALL_STATES.items() if key != CallState.DRAFTED]
    )


class OwnTable(Table):
    """The body's own applications."""

    number = Column("应征编号", linkify=("body:call_application", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    project = Column("评价项目", accessor="lot__project__occupation__name")
    district = Column("区", accessor="lot__district", empty_values=())
    call = Column("征集公告", accessor="lot__call__title")
    state = StateColumn(APPLICATION_STATES, "状态")
    rank = NumberColumn("名次")
    submitted_at = MomentColumn("首次提交")
    outcome_reason = Column("结果说明", orderable=False)

    def render_project(self, record: "Application") -> str:
        return str(record.lot.project)

    def value_project(self, record: "Application") -> str:
        return str(record.lot.project)

    def render_district(self, record: "Application") -> str:
        return call_view.where(record.lot.district)

    def render_rank(self, value: int, record: "Application") -> str:
        return str(value) if record.lot.call.concluded_at else "—"

    def value_rank(self, value: int, record: "Application") -> str:
        return str(value) if record.lot.call.concluded_at else ""


def tabs(request: Request, active: str) -> list[dict[str, Any]]:
    """This function will give the two lists of this part: open to all, and one's own."""
    own = queries.applications(request.actor).count()
    return [
        {"label": "征集公告", "url": reverse("body:calls"), "active": active == "calls", "count": None},
        {"label": "我的应征", "url": reverse("body:call_applications"), "active": active == "own", "count": own},
    ]


@body_door
def calls(request: Request) -> HttpResponseBase:
    """This page will list the published calls, and above them for what the body is selected."""
    body = own_body(request.actor)
    extra = {
        "tabs": tabs(request, "calls"),
        "selections": call_view.selections_shown(queries.selections_of(body), request.today),
        "social": body.kind == BodyKind.SOCIAL,
        "kind": BodyKind(body.kind).label,
    }
    return list_page(
        request, queryset=queries.with_counts(queries.calls()), table=CallTable, filterset=CallFilter, title="征集公告", unit="个",
        empty=Empty("还没有征集公告", "市职鉴中心按需求和布局分批公开征集社会培训评价组织，发布后会出现在这里。"),
        template="body/calls.html", extra=extra,
    )  # fmt: skip


@body_door
def call_applications(request: Request) -> HttpResponseBase:
    """This page will list the body's own applications."""
    empty = Empty("还没有应征", "在征集期内的公告里选择项目应征。", "看征集公告", reverse("body:calls"))
    return list_page(
        request, queryset=queries.applications(request.actor), table=OwnTable, title="我的应征", unit="件", empty=empty, template="body/calls.html",
        extra={"tabs": tabs(request, "own"), "social": True},
    )  # fmt: skip


@body_door
def call(request: Request, number: str) -> HttpResponseBase:
    """This page will show a call, and for each lot whether the body may answer it, or why not."""
    found = queries.call(number)
    own = {one.lot_id: one for one in queries.applications(request.actor).filter(lot__call=found).exclude(state=ApplicationState.WITHDRAWN)}
    why_not = _why_not(request, found)
    context = call_view.ranking_rules(found, request.today) | {
        "call": found,
        "tone": CALL_STATES[found.state][1],
        "crumbs": [{"label": "征集", "url": reverse("body:calls")}, {"label": found.number}],
        "lots": [line | {"own": own.get(line["lot"].pk)} for line in call_view.lots_shown(found)],
        "conditions": found.conditions,
        "why_not": why_not,
        "notices": list(of_case(number)),
    }
    return render(request, "body/call.html", context)


def _why_not(request: Request, call: "Call") -> str:
    """Say in words why this body cannot answer a call now, or nothing; the operation says the same."""
    if sentence := permissions.why_not(request.actor, "apply"):
        return sentence
    if own_body(request.actor).kind != BodyKind.SOCIAL:
        return "公开征集面向社会培训评价组织；企业、院校评价本单位人员不需要应征，请直接申请备案。"
    if call.state == CallState.CANCELLED:
        return "本次征集已取消，不接受应征。"
    found = applied_in_time(call.opens_on, call.closes_on, request.today)
    return "" if found.outcome is Outcome.MET and call.state == CallState.OPEN else f"{found.reason}。"


@require_POST
@body_door
def call_apply(request: Request, number: str, lot: int) -> HttpResponseBase:
    """This page will begin an application for a lot."""
    with told(request):
        made = operations.begin_application(lot_id=lot, by=request.actor, at=request.now)
        messages.success(request, "已开始填报，内容会自动保存，请在截止前提交。")
        return redirect("body:call_application", made.number)
    return redirect("body:call", number)


