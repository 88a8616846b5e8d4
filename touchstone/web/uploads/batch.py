"""一批证书数据: how far is it, what came of each row, and what can be done with it now? One page for the body and for the office that reviews."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.operations.exports import record_export
from touchstone.files.queries import of_case
from touchstone.kernel.numbers import name_key
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.grade import Grade
from touchstone.uploads import operations, permissions, queries
from touchstone.uploads.states import MOVES, BatchState
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.downloads import send_attachment
from touchstone.web.events import told_with_receipt
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, NameColumn, NumberColumn, StateColumn, Table, chosen_rows, list_page
from touchstone.web.uploads.words import ACT_STATES, BATCH_STATES, NATIONAL_CHOICES, NATIONAL_STATES, ROW_CHOICES, ROW_STATES

if TYPE_CHECKING:
    from touchstone.uploads.models import Batch

_DONE = {
    "submit": "已提交审核。",
    "revert": "已整份撤回，可以改好后重新上传。",
    "return_for_correction": "已退回更正，机构收到待办。",
    "accept": "已接收，随后上报全国联网查询。",
    "refuse": "已登记不予接收。",
}


class EntryTable(Table):
    """Rows of a batch."""

    row_number = NumberColumn("行号")
    number = Column("证书编号", default="—")
    name = NameColumn("姓名", default="—")
    id_masked = Column("证件号码", default="—", orderable=False)
    occupation = Column("职业（工种）", accessor="occupation_label", default="—", order_by="occupation_name")
    level = Column("等级", default="—")
    issued_on = DayColumn("发证日期", default="—")
    state = StateColumn(ROW_STATES, "核对")
    national = StateColumn(NATIONAL_STATES, "全国查询", accessor="national_key", order_by="national")
    words = Column("说明", empty_values=(), orderable=False)
    act = StateColumn(ACT_STATES, "操作")
    folded = ("occupation", "level", "issued_on", "act")

    def render_row_number(self, record: Any) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', own_side(self.request, "certificate_entry", record.batch.number, record.row_number), record.row_number
        )

    def value_row_number(self, value: int) -> int:
        return value

    def render_words(self, record: Any) -> str:
        drawn = "抽中待查看" if record.drawn and record.looked_at is None and record.state in {"passed", "accepted"} else ""
        revoked = f"报送撤销：{record.why}" if record.act == "revoke" else record.why if record.state == "revoked" else ""
        return record.objection or record.national_words or record.sentence or revoked or drawn or "—"

    def value_words(self, record: Any) -> str:
        return self.render_words(record)

    def value_state(self, value: str) -> str:
        return ROW_STATES[value][0]


class EntryFilter(django_filters.FilterSet):
    """Narrowing the rows."""

    state = django_filters.ChoiceFilter(label="核对", choices=ROW_CHOICES)
    national = django_filters.ChoiceFilter(label="全国查询", choices=NATIONAL_CHOICES)
    drawn = django_filters.ChoiceFilter(label="抽查", choices=[("True", "抽中的"), ("False", "没有抽中的")])
    number = django_filters.CharFilter(label="证书编号", lookup_expr="startswith")
    name = django_filters.CharFilter(label="姓名", method="named")

    def named(self, found: Any, name: str, value: str) -> Any:
        return found.filter(name_key=name_key(value))


@either_door
def batch(request: Request, number: str) -> HttpResponseBase:
    """This page will show a batch with its rows and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.batch(number, request.actor)
    if request.method == "POST":
        _act(request, found)
        return redirect(own_side(request, "certificate_batch", number))
    may = {line.verb for line in MOVES.open_from(BatchState(found.state)) if not permissions.why_not(request.actor, line.verb, found)}
    may_look = queries.is_looked_at_now(found) and not permissions.why_not(request.actor, "look_at", found)
    label, tone = BATCH_STATES[found.state]
    extra = {
        **_progress(request, found),
        "counts": queries.counts(found),
        "state_label": label,
        "tone": tone,
        "may": may,
        "waits": _waits(found, bool(may)),
        "days_left": calendar().working_days_between(request.today, found.due_on) if found.due_on else None,
        "turns": [{"draw": turn["draw"], "count": turn["count"], "rows": len(turn["roster"])} for turn in found.draw.get("turns", [])],
        "after": bool(found.draw.get("after")),
        "grade": Grade(found.draw["grade"]).label if found.draw.get("grade") else "",
        "of_body": side(request) == "body",
        "entries": [_line(one) for one in history(number)],
        "crumbs": [{"label": _title(request), "url": own_side(request, "certificate_batches")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return list_page(
        request,
        queryset=queries.entries(found).select_related("batch"),
        table=EntryTable,
        filterset=EntryFilter,
        title=f"证书数据 {number}",
        unit="行",
        template="uploads/batch.html",
        empty=Empty("还没有核对到的行", "核对开始后，每一行的结果会出现在这里。"),
        batch=[BatchAction("look_at", "看过，无误", "primary")] if may_look else [],
        exported=lambda kind, count: record_export(case=number, what="证书数据", kind=kind, count=count, by=request.actor, at=request.now),
        extra=extra,
    )


def _title(request: Request) -> str:
    return "证书数据" if side(request) == "body" else "证书数据审核"


def _act(request: Request, found: "Batch") -> None:
    post, by, at, number = request.POST, request.actor, request.now, found.number
    reason = post.get("reason", "")
    if post.get("action") == "look_at":
        rows = chosen_rows(request, queryset=queries.entries(found), filterset=EntryFilter).values_list("row_number", flat=True)
        with told(request):
            seen = operations.look_at(number=number, rows=list(rows[:2000]), by=by, at=at)
            messages.success(request, f"已登记看过{seen}行。")
        return
    acts: dict[str, Callable[[], object]] = {
        "submit": lambda: operations.submit(number=number, by=by, at=at),
        "revert": lambda: operations.revert(number=number, reason=reason, by=by, at=at),
        "return_for_correction": lambda: operations.return_for_correction(number=number, reason=reason, by=by, at=at),
        "accept": lambda: operations.accept(number=number, by=by, at=at),
        "refuse": lambda: operations.refuse(number=number, reason=reason, by=by, at=at),
    }
    act = post.get("act", "")
    if act in acts:
        with told(request):
            acts[act]()
            messages.success(request, _DONE[act])


def _waits(found: "Batch", can_act: bool) -> str:
    if can_act:
        return ""
    return {
        BatchState.READING: "正在逐行核对。",
        BatchState.CHECKED: "等待评价机构提交审核。",
        BatchState.UNDER_REVIEW: f"等待{found.office.name}审核。",
        BatchState.RETURNED: "等待评价机构更正后再提交。",
    }.get(BatchState(found.state), "")


def _progress(request: Request, found: "Batch") -> dict[str, Any]:
    return {"found": found, "finished": found.state != BatchState.READING, "address": own_side(request, "certificate_batch_progress", found.number)}


def _line(entry: Any) -> dict[str, Any]:
    rows = entry.detail.get("rows")
    which = f"第{rows[0]}至{rows[1]}行" if entry.event.endswith("rows_taken") and isinstance(rows, list) and len(rows) == 2 else ""
    return told_with_receipt(entry) | {"opinion": entry.reason or which}


@either_door
def batch_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show the progress anew; when the work is done, the whole page is asked for."""
    found = queries.batch(number, request.actor)
    response = render(request, "uploads/progress.html", _progress(request, found))
    if found.state != BatchState.READING:
        response["HX-Refresh"] = "true"
    return response


@either_door
def batch_file(request: Request, number: str, which: str) -> HttpResponseBase:
    """This page will send the workbook as it came, or with the column of results. :raises Http404: when there is none."""
    found = queries.batch(number, request.actor)
    kept = of_case(number).filter(number=found.returned if which == "returned" else found.attachment).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)


@either_door
def batch_draws(request: Request, number: str) -> HttpResponseBase:
    """This page will send the record of the draws, from which anybody draws the rows again. :raises Http404: when nothing was drawn."""
    found = queries.batch(number, request.actor)
    if not found.draw.get("turns"):
        raise Http404
    response = JsonResponse(found.draw["turns"], safe=False, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{number}-draws.json"'
    return response
