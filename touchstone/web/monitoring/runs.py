"""比对运行: when was everything compared, how far is the run under way, how long did it take, and what did each rule find?"""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.jobs.monitoring import defer_run
from touchstone.lake import TABLES
from touchstone.monitoring import operations, permissions, queries
from touchstone.monitoring.states import RunKind, RunState
from touchstone.policy.monitoring import RULES
from touchstone.web.doors import Request, overseer_door, own_side, side, told
from touchstone.web.monitoring.words import RUN_STATES, percent
from touchstone.web.tables import Column, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.monitoring.models import Run

_STEPS = {"publishing": "汇集数据", "comparing": "比对", "taking": "生成预警"}
_TITLES = {rule.key: rule.title for rule in RULES}


class RunTable(Table):
    """Runs, newest first."""

    number = Column("比对")
    kind = Column("范围")
    state = StateColumn(RUN_STATES, "状态")
    begun_at = MomentColumn("开始")
    finished_at = MomentColumn("完成", default="—")
    hits = NumberColumn("命中")
    opened = NumberColumn("新预警")
    reopened = NumberColumn("重新核实")
    withdrawn = NumberColumn("撤回")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "comparison_run", value), value)

    def value_number(self, value: str) -> str:
        return value


@overseer_door
def comparison_runs(request: Request) -> HttpResponseBase:
    """This page will list the runs, and begin one where the actor may."""
    if request.method == "POST":
        with told(request), transaction.atomic():
            run = operations.begin_run(kind=RunKind.WHOLE, by=request.actor, at=request.now)
            defer_run(run.number)
            messages.success(request, "全量比对已开始，可以离开本页。")
            return redirect(own_side(request, "comparison_run", run.number))
        return redirect(own_side(request, "comparison_runs"))
    return list_page(
        request,
        queryset=queries.runs(),
        table=RunTable,
        title="比对运行",
        unit="次",
        template="monitoring/runs.html",
        empty=Empty("还没有比对过", "平台每天全量比对一次，数据有变动时随时比对。"),
        extra={"may_run": permissions.may_run(request.actor), "request_key": uuid4(), "of_desk": side(request) == "authority"},
    )


@overseer_door
def comparison_run(request: Request, number: str) -> HttpResponseBase:
    """This page will show a run: its steps, the rows it read, and what every rule found. :raises Http404:"""
    found = _found(number)
    label, tone = RUN_STATES[found.state]
    lines = [{"row": one, "title": _TITLES.get(one.rule, one.rule), "rate": percent(one.hit_rate)} for one in queries.rules_of(found)]
    context = {
        "run": found,
        "state_label": label,
        "tone": tone,
        "lines": lines,
        "tables": [(TABLES[name].title if name in TABLES else name, count) for name, count in found.counts.items()],
        "seconds": [(_STEPS[name], seconds) for name, seconds in found.seconds.items() if name in _STEPS],
        "address": own_side(request, "comparison_progress", number),
        "of_desk": side(request) == "authority",
        "crumbs": [{"label": "比对运行", "url": own_side(request, "comparison_runs")}, {"label": number, "url": ""}],
    }
    return render(request, "monitoring/run.html", context)


@overseer_door
def comparison_progress(request: Request, number: str) -> HttpResponseBase:
    """This page will give the bar of a run anew. :raises Http404:"""
    found = _found(number)
    address = own_side(request, "comparison_progress", number)
    return render(request, "monitoring/progress.html", {"run": found, "label": RunState(found.state).label, "address": address})


def _found(number: str) -> "Run":
    found = queries.run(number)
    if found is None:
        raise Http404
    return found
