"""抽取页: how far is a draw, whom does it hold, what is public, where do the visits go once it may be known, and what can I do now?"""

import json
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.exams.operations.exports import record_export
from touchstone.inspections import operations, permissions, queries
from touchstone.inspections.queries.figures import under_way
from touchstone.inspections.states import DRAW_MOVES, DrawState
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.inspections import LAW, stratum_label
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import send
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayInput
from touchstone.web.forms import day_given
from touchstone.web.inspections.plans import tabs
from touchstone.web.inspections.words import DRAW_STATES, sources_shown, steps_of, strata_shown, visits_shown
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.inspections.models import Draw

_SHOWN = 20


class DrawTable(Table):
    """Draws."""

    number = Column("抽取", linkify=("authority:inspection_draw", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    office = Column("抽查单位", accessor="plan__office__name")
    sequence = NumberColumn("第几次")
    visits_from = DayColumn("检查开始日")
    state = StateColumn(DRAW_STATES, "状态")
    announced_at = MomentColumn("公告时间", default="—")
    drawn_at = MomentColumn("抽取时间", default="—")


class DrawFilter(django_filters.FilterSet):
    """Narrowing the draws."""

    number = django_filters.CharFilter(label="抽取编号", lookup_expr="startswith")
    office = django_filters.CharFilter(label="抽查单位", field_name="plan__office__name", lookup_expr="contains")
    state = django_filters.ChoiceFilter(
        label="状态", choices=[("under_way", "正在进行"), *((one.value, one.label) for one in DrawState)], method="in_state"
    )
    district = django_filters.ChoiceFilter(label="抽查的区", choices=DISTRICT_CHOICES, field_name="plan__office__district")

    def in_state(self, found: Any, name: str, value: str) -> Any:
        return under_way(found) if value == "under_way" else found.filter(state=value)


@authority_door
def inspection_draws(request: Request) -> HttpResponseBase:
    """This page will list the draws the actor may see."""

    def exported(kind: str, count: int) -> None:
        record_export(case="inspection-draws", what="双随机抽取", kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=queries.draws(request.actor),
        table=DrawTable,
        filterset=DrawFilter,
        title="双随机抽查",
        unit="次抽取",
        template="inspections/plans.html",
        empty=Empty("还没有抽取", "年度计划批准以后，在计划页发起抽取。"),
        exported=exported,
        extra={"tabs": tabs(request, "draws")},
    )


_DONE = {
    "freeze": "名单已按现在的情况重新冻结。",
    "discard": "已不再抽取，编号和理由向社会公开。",
    "draw": "已抽取，任务已分派；每项任务在检查当日揭晓。",
}


@authority_door
def inspection_draw(request: Request, number: str) -> HttpResponseBase:
    """This page will show a draw and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.draw(number, request.actor)
    if request.method == "POST":
        with told(request):
            return _act(request, number, request.POST.get("act", ""))
        return redirect("authority:inspection_draw", number)
    return render(request, "inspections/draw.html", _context(request, found))


def _act(request: Request, number: str, act: str) -> HttpResponseBase:
    """Carry out one act on a draw and say where to go. :raises Refusal:"""
    post, by, at = request.POST, request.actor, request.now
    words = post.get("words", "")
    if act == "redraw":
        day = day_given(post.get("visits_from", ""))
        if day is None:
            raise Refusal("请填写重抽后的检查开始日。", LAW, "日期应在计划的抽查月份之内。")
        made = operations.redraw(number=number, reason=words, visits_from=day, by=by, at=at)
        messages.success(request, f"{number}已作废，重抽为{made.number}，名单已重新冻结。")
        return redirect("authority:inspection_draw", made.number)
    acts: dict[str, Callable[[], Draw]] = {
        "freeze": lambda: operations.freeze_again(number=number, by=by, at=at),
        "discard": lambda: operations.discard_draw(number=number, reason=words, by=by, at=at),
        "draw": lambda: operations.draw_and_match(number=number, by=by, at=at),
    }
    if act in acts:
        made = acts[act]()
        if made.state == DrawState.UNFILLED:
            messages.error(request, f"检查人员配不齐，缺{made.unfilled}人次，没有派任何人。请审批负责人作废重抽。")
        else:
            messages.success(request, _DONE[act])
    return redirect("authority:inspection_draw", number)


def _context(request: Request, found: "Draw") -> dict[str, Any]:
    label, tone = DRAW_STATES[found.state]
    roster = queries.roster_of(found)
    counts = Counter(roster.order_by().values_list("stratum", flat=True))
    page = CappedPaginator(roster, roster, page_size(request.GET.get("per_page")) if "per_page" in request.GET else _SHOWN)
    open_moves = [line for line in DRAW_MOVES if found.state in line.sources and line.verb not in {"find_unfilled", "reveal"}]
    attested = found.attested_at is not None
    return {
        "draw": found,
        "state_label": label,
        "tone": tone,
        "steps": steps_of(found),
        "strata": strata_shown(found.quotas, counts),
        "bodies": sum(counts.values()),
        "drawn": sum(found.quotas.values()),
        "page": (shown := page.get_page(request.GET.get("page"))),
        "size": page.per_page,
        "rows": [{"row": one, "stratum": stratum_label(one.stratum)} for one in shown],
        "inspectors": list(queries.inspectors_on(found)),
        "sources": sources_shown(found, numbers=attested),
        "attested": attested,
        "visits": visits_shown(queries.visits_of(found, request.now)),
        "findings": [one for one in found.findings if one["outcome"] != "met"] if found.state == DrawState.FROZEN else [],
        "acts": {line.verb: permissions.why_not(request.actor, line.verb, found) for line in open_moves},
        "own_entry": found.entered_by_id == request.actor.user_id,
        "day_input": DayInput().render("visits_from", "", {"class": "form-control", "id": "visits_from", "required": True}),
        "revealed": found.state == DrawState.REVEALED,
        "recorded": queries.record_of(found) is not None,
        "log_address": f"{settings.PUBLIC_URL}/log/draws",
        "entries": [told_with_receipt(line) for line in history(found.number)],
        "crumbs": [
            {"label": "双随机抽查", "url": reverse("authority:inspection_plans")},
            {"label": found.plan.number, "url": reverse("authority:inspection_plan", args=[found.plan.number])},
            {"label": found.number},
        ],
        "request_key": uuid4(),
    }


@authority_door
def inspection_record_file(request: Request, number: str) -> HttpResponseBase:
    """This page will hand out the record of a draw, once its secret is told. :raises Http404: before."""
    return record_sent(queries.draw(number, request.actor))


def record_sent(found: "Draw | None") -> HttpResponseBase:
    """This function will send the record of a draw as a file. :raises Http404: where there is none, or it is not told yet."""
    record = queries.record_of(found) if found is not None else None
    if record is None or found is None:
        raise Http404
    body = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return send(body, "application/json", f"{found.number}.json")
