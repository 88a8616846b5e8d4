"""自动终止运行页: what did a run find, filing by filing, and does a stopped one go on?"""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_tables2 import A

from touchstone.filings import permissions
from touchstone.filings.operations.ending_approval import approve_run, discard_run
from touchstone.filings.queries import ended
from touchstone.web.authority.endings import run_state
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.ending_view import OUTCOMES, ground_labels
from touchstone.web.forms import Form
from touchstone.web.tables import Column, Empty, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.filings.models import EndingRow


class RowTable(Table):
    """What a run found about each filing (or line), and what came of it."""

    body = Column("机构", accessor="filing__body__name")
    number = Column("备案", accessor="filing__number", linkify=("authority:filing", [A("filing__number")]), attrs={"td": {"class": "ts-nowrap"}})
    item = Column("范围", empty_values=(), orderable=False)
    ground = Column("情形")
    outcome = StateColumn(OUTCOMES, "结果")
    sentence = Column("为什么", orderable=False)
    clause = Column("依据", accessor="findings__0__clause", orderable=False)

    def render_item(self, record: "EndingRow") -> str:
        return f"{record.item}{record.item.level_label}" if record.item else "整件备案"

    def value_item(self, record: "EndingRow") -> str:
        return self.render_item(record)

    def render_ground(self, value: str) -> str:
        return ground_labels().get(value, value)


class ReasonForm(Form):
    """Why a stopped run goes on, or is thrown away."""

    reason = forms.CharField(label="核对情况", max_length=1000, widget=forms.Textarea({"rows": 3}))


@authority_door
def ending_run(request: Request, number: str) -> HttpResponseBase:
    """This page will show a run with an outcome for each row; a stopped one is approved here by the director, or discarded."""
    run = ended.ending_run(number)
    if request.method == "POST":
        form = ReasonForm(request.POST)
        approves = request.POST.get("act") == "approve"
        if not form.is_valid():
            messages.error(request, "请写明核对的情况。")
        else:
            with told(request):
                (approve_run if approves else discard_run)(run=number, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
                messages.success(request, "已核准，平台随即按所列名单办理。" if approves else "已作废，本次所列的备案都没有终止。")
        return redirect("authority:ending_run", number)
    label, tone = run_state(run)
    rows = ended.ending_rows(run, request.actor)
    extra = {
        "run": run,
        "state_label": label,
        "state_tone": tone,
        "crumbs": [{"label": "自动终止运行", "url": reverse("authority:ending_runs")}, {"label": run.number}],
        "why_not": permissions.why_not(request.actor, "approve_run"),
        "form": ReasonForm(),
        "elsewhere": run.rows.count() - rows.count(),
    }
    empty = Empty("没有要终止的备案", "本次没有发现符合自动终止情形的备案。")
    template = "authority/ending_run.html"
    return list_page(request, queryset=rows, table=RowTable, title="自动终止运行", unit="行", empty=empty, template=template, extra=extra)
