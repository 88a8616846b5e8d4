"""标准结构页: the pages on a structure that an office and a body share: import, what came of it, the structure, the comparison."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.catalogue import operations, permissions, queries
from touchstone.catalogue.facts import structure_facts
from touchstone.files.operations import LARGEST
from touchstone.files.queries import of_case
from touchstone.jobs.structures import defer_structure
from touchstone.ledger.queries import history
from touchstone.sheets.structures import SHEETS, structure_workbook
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.downloads import XLSX, send, send_attachment
from touchstone.web.events import told_lines
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.structure_view import comparison_context, comparison_pdf, structure_context
from touchstone.web.tables import Column, Empty, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.catalogue.models import Structure, StructureImport

PDF = "application/pdf"
STATES = {"passed": ("通过", "ok"), "noted": ("通过并提示", "warn"), "wrong": ("需要改正", "danger")}
_STATE_TONES = {"核对中": "info", "没有读完": "danger", "需要改正": "danger", "可以写成草稿": "ok", "已写成草稿": "neutral"}


class RowTable(Table):
    """Rows of the workbook with their outcomes."""

    sheet = Column("工作表", attrs={"td": {"class": "ts-nowrap"}})
    row_number = NumberColumn("行号")
    subject = Column("对象")
    outcome = StateColumn(STATES, "结果")
    sentence = Column("说明", orderable=False)

    def value_outcome(self, value: str) -> str:
        return STATES[value][0]


class RowFilter(django_filters.FilterSet):
    """Narrowing the rows."""

    outcome = django_filters.ChoiceFilter(label="结果", choices=queries.IMPORT_OUTCOMES)
    sheet = django_filters.ChoiceFilter(label="工作表", choices=[(name, name) for name in SHEETS])
    subject = django_filters.CharFilter(label="对象", lookup_expr="icontains")
    sentence = django_filters.CharFilter(label="说明中含有", lookup_expr="icontains")


class ApproveForm(Form):
    """From which day it is in force."""

    since = forms.DateField(label="施行日", widget=DayInput)


class ReturnForm(Form):
    """Why it is returned."""

    reason = forms.CharField(label="退回理由", max_length=500, widget=forms.Textarea({"rows": 3, "placeholder": "写明哪一项需要怎样改。"}))


def _standard(number: str, request: Request) -> "queries.StandardRow":
    found = queries.standards().filter(number=number).first()
    if found is None or (not request.actor.is_authority and found.owner_id not in {None, request.actor.office_id}):
        raise Http404
    return found


def _structure(number: str, request: Request) -> "Structure":
    found = queries.structures(request.actor).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _run(number: str, request: Request) -> "StructureImport":
    found = queries.structure_imports(request.actor).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@either_door
def import_page(request: Request, number: str) -> HttpResponseBase:
    """This page will give the template, take a workbook to be tried, and show those so far. :raises Http404: for an unknown standard."""
    standard = _standard(number, request)
    if request.method == "POST":
        return _try(request, standard)
    current = queries.structures_of(standard, request.actor)
    context = {
        "space": side(request),
        "standard": standard,
        "current": current[0] if current else None,
        "runs": [
            {"run": one, "tone": _STATE_TONES[one.state_label]} for one in queries.structure_imports(request.actor).filter(standard=standard)[:20]
        ],
        "why_not": permissions.why_not_draft(request.actor, standard),
        "largest": LARGEST,
        "request_key": uuid4(),
        "crumbs": [*_crumbs(request, standard), {"label": "导入结构"}],
        "template_url": own_side(request, "structure_template"),
        "example_url": own_side(request, "structure_example_file"),
    }
    return render(request, "structure_import.html", context)


def _try(request: Request, standard: "queries.StandardRow") -> HttpResponseBase:
    file = request.FILES.get("workbook")
    if file is None or not file.size or file.size > LARGEST:
        too_large = f"文件超过{LARGEST // 1048576}MB的上限，请删去图片和多余的工作表。"
        messages.error(request, too_large if file and file.size else "没有选择文件，或者文件是空的。请选择填好的结构表。")
        return redirect(own_side(request, "structure_import", standard.number))
    with told(request), transaction.atomic():
        run = operations.receive_structure(standard=standard.number, name=file.name or "", content=file.read(), by=request.actor, at=request.now)
        defer_structure(run.number)
        return redirect(own_side(request, "structure_import_run", run.number))
    return redirect(own_side(request, "structure_import", standard.number))


@either_door
def template_file(request: Request) -> HttpResponseBase:
    """This page will send the empty workbook."""
    return send(structure_workbook(operations.choices(), {}), XLSX, "标准结构导入表.xlsx")


@either_door
def example_file(request: Request) -> HttpResponseBase:
    """This page will send a filled example."""
    return send(structure_workbook(operations.choices(), operations.example_rows()), XLSX, "标准结构导入表（示例）.xlsx")


@either_door
def workbook_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send what a structure says as the workbook it could be read from, to write the next version in."""
    found = _structure(number, request)
    content = structure_workbook(operations.choices(), operations.workbook_rows(structure_facts(found)))
    return send(content, XLSX, f"{found.standard.title}（第{found.sequence}版结构）.xlsx")


@either_door
def run_page(request: Request, number: str) -> HttpResponseBase:
    """This page will show how far a workbook is and what came of every row; when nothing is wrong it becomes a draft."""
    run = _run(number, request)
    if request.method == "POST":
        with told(request):
            made = operations.keep_structure(number=number, by=request.actor, at=request.now)
            messages.success(request, "已写成草稿。请核对并与前一版对照，然后提请核准。")
            return redirect(own_side(request, "structure", made.number))
        return redirect(own_side(request, "structure_import_run", number))
    extra = _told_of(request, run) | {
        "crumbs": [*_crumbs(request, run.standard), {"label": "导入结构", "url": own_side(request, "structure_import", run.standard.number)},
                   {"label": number}],
        "why_not": permissions.why_not_draft(request.actor, run.standard),
        "request_key": uuid4(),
        "against": [one for one in run.findings if one["outcome"] != "met"],
    }  # fmt: skip
    return list_page(
        request,
        queryset=queries.structure_import_rows(run),
        table=RowTable,
        filterset=RowFilter,
        title=f"结构导入 {number}",
        unit="行",
        empty=Empty("还没有核对到的行", "核对完成后，每一行的结果会出现在这里。"),
        template="structure_import_run.html",
        extra=extra,
    )


@either_door
def run_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show the progress anew; when the work is done, the whole page is asked for."""
    run = _run(number, request)
    response = render(request, "structure_import_progress.html", _told_of(request, run))
    if run.finished_at or run.failed_because:
        response["HX-Refresh"] = "true"
    return response


@either_door
def returned_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send the workbook with the column of results. :raises Http404: when there is none."""
    run = _run(number, request)
    kept = of_case(number).filter(number=run.returned).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)


def _told_of(request: Request, run: "StructureImport") -> dict[str, Any]:
    counts = [{"key": key, "label": label, "tone": tone, "count": run.counts.get(key, 0)} for key, (label, tone) in STATES.items()]
    return {
        "space": side(request),
        "run": run,
        "standard": run.standard,
        "state": run.state_label,
        "tone": _STATE_TONES[run.state_label],
        "counts": counts,
        "wrong": run.counts.get("wrong", 0),
        "ready": bool(run.read) and run.made is None,
        "finished": bool(run.finished_at or run.failed_because),
        "address": own_side(request, "structure_import_progress", run.number),
        "returned_url": own_side(request, "structure_returned_file", run.number) if run.returned else "",
        "made_url": own_side(request, "structure", run.made.number) if run.made else "",
    }


@either_door
def structure_page(request: Request, number: str) -> HttpResponseBase:
    """This page will show a structure, and let those whose turn it is put it forward, approve or return it. :raises Http404:"""
    found = _structure(number, request)
    act = request.POST.get("act", "")
    made: dict[str, Form] = {
        "approve": ApproveForm(request.POST if act == "approve" else None, auto_id="approve_%s", initial={"since": _first_day(found, request)}),
        "return": ReturnForm(request.POST if act == "return" else None, auto_id="return_%s"),
    }
    if act == "submit":
        with told(request):
            operations.submit_structure(number=number, by=request.actor, at=request.now)
            messages.success(request, "已提请市职鉴中心核准。")
        return redirect(own_side(request, "structure", number))
    if act in made and made[act].is_valid():
        with told_in(made[act]):
            messages.success(request, _decide(request, number, act, made[act].cleaned_data))
            return redirect(own_side(request, "structure", number))
    base = queries.base_of(found)
    context = structure_context(found, request.GET.get("level", ""), request.today) | {
        "space": side(request),
        "against": [one for one in found.findings if one["outcome"] != "met"],
        "passed": [one for one in found.findings if one["outcome"] == "met"],
        "forms": made,
        "base": base,
        "compare_url": own_side(request, "structure_compare", number) if base else "",
        "workbook_url": own_side(request, "structure_workbook_file", number),
        "import_url": own_side(request, "structure_import", found.standard.number),
        "why_not_draft": permissions.why_not_draft(request.actor, found.standard),
        "why_not_decide": permissions.why_not_decide(request.actor, found),
        "history": told_lines(history(number)),
        "crumbs": [*_crumbs(request, found.standard), {"label": f"第{found.sequence}版结构"}],
    }
    return render(request, "structure.html", context)


def _first_day(found: "Structure", request: Request) -> object:
    base = queries.base_of(found)
    own = base is not None and base.standard_id == found.standard_id
    return request.today if own else max(found.standard.in_force_from, request.today) if base else found.standard.in_force_from


def _decide(request: Request, number: str, act: str, given: dict[str, Any]) -> str:
    if act == "approve":
        operations.approve_structure(number=number, since=given["since"], by=request.actor, at=request.now)
        return "已核准。依据前一版的试题、细目表、试卷、计划和备案，有变化的将自动标记。"
    operations.return_structure(number=number, reason=given["reason"], by=request.actor, at=request.now)
    return "已退回，编制单位会收到待办。"


@either_door
def compare_page(request: Request, number: str) -> HttpResponseBase:
    """This page will show what changed from the version before, or from the edition it replaces. :raises Http404: when there is none."""
    found = _structure(number, request)
    base = queries.base_of(found)
    if base is None:
        raise Http404
    context = comparison_context(base, found) | {
        "space": side(request),
        "structure_url": own_side(request, "structure", number),
        "pdf_url": own_side(request, "structure_compare_pdf", number),
        "crumbs": [*_crumbs(request, found.standard), {"label": f"第{found.sequence}版结构", "url": own_side(request, "structure", number)},
                   {"label": "对照"}],
    }  # fmt: skip
    return render(request, "structure_compare.html", context)


@either_door
def compare_pdf(request: Request, number: str) -> HttpResponseBase:
    """This page will send the comparison to be printed. :raises Http404: when there is nothing to compare with."""
    found = _structure(number, request)
    base = queries.base_of(found)
    if base is None:
        raise Http404
    return send(comparison_pdf(base, found), PDF, f"标准结构对照表 {number}.pdf")


def _crumbs(request: Request, standard: "queries.StandardRow") -> list[dict[str, str]]:
    crumbs = [{"label": "标准", "url": own_side(request, "standards")}]
    url = reverse("authority:standard", args=[standard.number]) if side(request) == "authority" else ""
    return [*crumbs, {"label": standard.title, "url": url} if url else {"label": standard.title}]
