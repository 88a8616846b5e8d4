"""备案申请列表: which filings has my body, and how is a new one begun?"""

from datetime import date

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.bodies.queries import own_body
from touchstone.filings import operations, permissions, queries
from touchstone.kernel.law import Refusal
from touchstone.kernel.routes import Route, Step
from touchstone.policy.filing.completeness import EVIDENCE_OF
from touchstone.policy.filing.places import Place
from touchstone.policy.filing.routes import CONSENTS, which_route
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.web.doors import Request, body_door, told
from touchstone.web.filing_view import STATES
from touchstone.web.forms import Form
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, StateColumn, Table, list_page


class FilingTable(Table):
    """The filings of one body."""

    number = Column("编号", linkify=("body:filing", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    purpose = Column("事项")
    state = StateColumn(STATES, "状态")
    round = Column("提交次数")
    begun_at = MomentColumn("开始填报")
    submitted_at = MomentColumn("首次提交")
    in_force_from = DayColumn("生效日")
    until = DayColumn("有效期至（不含）")


@body_door
def filings(request: Request) -> HttpResponseBase:
    """This page will list the body's filings."""
    why_not = permissions.why_not(request.actor, "begin")
    under_way = queries.active_filing(request.actor.office_id)
    can_begin = not why_not and under_way is None
    empty = Empty(
        "还没有备案申请",
        "备案后才能开展评价、颁发证书。",
        "开始申请备案" if can_begin else "",
        reverse("body:filing_new") if can_begin else "",
    )
    extra = {"can_begin": can_begin, "why_not": why_not, "under_way": under_way}
    rows = queries.filings(request.actor)
    return list_page(request, queryset=rows, table=FilingTable, title="备案申请", unit="件", empty=empty, template="body/filings.html", extra=extra)


@body_door
def filing_new(request: Request) -> HttpResponseBase:
    """This page will say which route the body takes and what it has to show, and begin a filing."""
    body = own_body(request.actor)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told(request):
            filing = operations.begin_filing(by=request.actor, at=request.now)
            messages.success(request, "已开始填报，内容会自动保存，可以随时离开再回来。")
            return redirect("body:filing_section", filing.number, "identity")
        return redirect("body:filing_new")
    route, refusal = None, None
    try:
        route = which_route(BodyKind(body.kind), Ownership(body.ownership), request.today)
    except Refusal as no:
        refusal = no
    context = {
        "body": body,
        "route": route,
        "refusal": refusal,
        "form": form,
        "clause": next(step.clause for step in route if step.key in CONSENTS) if route else "",
        "consents": _consents(route) if route else [],
        "evidence": EVIDENCE_OF[BodyKind(body.kind)].on(request.today).value if route else (),
        "steps": [_step(step, request.today) for step in route] if route else [],
        "why_not": permissions.why_not(request.actor, "begin"),
        "under_way": queries.active_filing(request.actor.office_id),
    }
    return render(request, "body/filing_new.html", context)


def _consents(route: Route) -> list[str]:
    """Whose consent comes first, in words: 注册地区行业主管部门或注册地区人力资源社会保障局同意."""
    steps = [step for step in route if step.key in CONSENTS]
    return ["或".join(Place(place).label for place in step.offices) + "同意" for step in steps]


def _step(step: Step, day: date) -> dict[str, str]:
    within = f"{step.within.on(day).value}个工作日" if step.within else ""
    return {"label": step.title, "state": "waiting", "note": within}
