"""存量装入: where does an office hand in what is filed today, what came of each row, and can it be taken back?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.files.operations import LARGEST
from touchstone.files.queries import of_case
from touchstone.filings import permissions, queries
from touchstone.filings.operations import loading as operations
from touchstone.filings.queries.loading import OUTCOMES
from touchstone.jobs.loading import defer_loading, defer_undoing
from touchstone.sheets.existing_fields import SHEETS
from touchstone.sheets.existing_template import existing_template
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import XLSX, send, send_attachment
from touchstone.web.forms import Form
from touchstone.web.paging import CappedPaginator
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, Empty, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.filings.models import Loading

_TONES = {"new": "ok", "unchanged": "neutral", "warned": "warn", "refused": "danger", "undone": "neutral"}
STATES = {key: (label, _TONES[key]) for key, label in OUTCOMES}
_STATE_TONES = {"试运行": "info", "已装入": "ok", "处理中": "info", "没有处理完": "danger", "撤销中": "info", "已撤销": "neutral"}


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

    outcome = django_filters.ChoiceFilter(label="结果", choices=OUTCOMES)
    sheet = django_filters.ChoiceFilter(label="工作表", choices=[(name, name) for name in SHEETS])
    subject = django_filters.CharFilter(label="对象", lookup_expr="icontains")
    sentence = django_filters.CharFilter(label="说明中含有", lookup_expr="icontains")


class UndoForm(Form):
    """Why it is taken back."""

    reason = forms.CharField(label="撤销理由", max_length=500, widget=forms.Textarea({"rows": 3, "placeholder": "例如：装入了错误的文件。"}))


@authority_door
def loadings(request: Request) -> HttpResponseBase:
    """This page will give the template, take a workbook for a dry run, and show every workbook so far."""
    if request.method == "POST":
        return _try(request)
    found = queries.loadings(request.actor)
    page = CappedPaginator(found, found, 20).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [_told_of(one) for one in page],
        "why_not": permissions.why_not_load(request.actor),
        "largest": LARGEST,
        "request_key": uuid4(),
        "crumbs": [{"label": "存量装入"}],
    }
    return render(request, "authority/loadings.html", context)


def _try(request: Request) -> HttpResponseBase:
    file = request.FILES.get("workbook")
    if file is None or not file.size or file.size > LARGEST:
        too_large = f"文件超过{LARGEST // 1048576}MB的上限，请分成几份上传。"
        messages.error(request, too_large if file and file.size else "没有选择文件，或者文件是空的。请选择填好的装入表。")
        return redirect("authority:loadings")
    with told(request), transaction.atomic():
        tried = operations.receive_loading(name=file.name or "", content=file.read(), dry_run=True, by=request.actor, at=request.now)
        defer_loading(tried.number)
        return redirect("authority:loading", tried.number)
    return redirect("authority:loadings")


@authority_door
def loading_template(request: Request) -> HttpResponseBase:
    """This page will send the workbook to be filled, with today's drop-downs."""
    return send(existing_template(operations.choices()), XLSX, "存量备案装入表.xlsx")


@authority_door
def loading(request: Request, number: str) -> HttpResponseBase:
    """This page will show how far a workbook is and what came of every row; after a dry run it loads the same file."""
    found = queries.loading(number, request.actor)
    if request.method == "POST":
        with told(request), transaction.atomic():
            loaded = operations.load_tried(number=number, by=request.actor, at=request.now)
            defer_loading(loaded.number)
            return redirect("authority:loading", loaded.number)
        return redirect("authority:loading", number)
    extra = _told_of(found) | {
        "crumbs": _crumbs(found),
        "loaded": queries.load_of(found) if found.dry_run else None,
        "why_not": permissions.why_not_load(request.actor, found),
        "request_key": uuid4(),
    }
    return list_page(
        request,
        queryset=queries.loading_rows(found),
        table=RowTable,
        filterset=RowFilter,
        title=f"存量装入 {number}",
        unit="行",
        empty=Empty("还没有处理到的行", "处理开始后，每一行的结果会出现在这里。"),
        template="authority/loading.html",
        extra=extra,
    )


@authority_door
def loading_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show the progress anew; when the work is done, the whole page is asked for."""
    found = queries.loading(number, request.actor)
    response = render(request, "authority/loading_progress.html", _told_of(found))
    if (found.finished_at or found.failed_because) and not _being_undone(found):
        response["HX-Refresh"] = "true"
    return response


@authority_door
def loading_file(request: Request, number: str, which: str) -> HttpResponseBase:
    """This page will send the workbook as it came, or with the column of results. :raises Http404: when there is none."""
    found = queries.loading(number, request.actor)
    kept = of_case(number).filter(number=found.returned if which == "returned" else found.file).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)


@authority_door
def loading_undo(request: Request, number: str) -> HttpResponseBase:
    """This page will take a whole workbook back, or show row by row what stands in the way."""
    found = queries.loading(number, request.actor)
    permissions.check_may_load(request.actor, found)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form), transaction.atomic():
            operations.ask_undo(number=number, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
            defer_undoing(number)
            return redirect("authority:loading", number)
    context = _told_of(found) | {
        "form": form,
        "crumbs": [*_crumbs(found)[:-1], {"label": number, "url": reverse("authority:loading", args=[number])}, {"label": "整份撤销"}],
        "standing": [] if found.undone_at or found.undo_asked_at or found.dry_run else queries.in_the_way(found),
    }
    return render(request, "authority/loading_undo.html", context)


def _told_of(found: "Loading") -> dict[str, Any]:
    counts = [{"key": key, "label": label, "count": found.counts.get(key, 0), "tone": _TONES[key]} for key, label in OUTCOMES if key != "undone"]
    return {
        "loading": found,
        "counts": counts,
        "changes": found.counts.get("new", 0) + found.counts.get("warned", 0),
        "wrong": found.counts.get("refused", 0),
        "state": found.state_label,
        "tone": _STATE_TONES[found.state_label],
        "finished": bool(found.finished_at or found.failed_because),
        "address": reverse("authority:loading_progress", args=[found.number]),
        "undoing": _being_undone(found),
        "kept": found.kept_because.splitlines(),
        "may_undo": not (found.dry_run or found.undone_at or found.undo_asked_at) and bool(found.finished_at or found.failed_because),
    }


def _being_undone(found: "Loading") -> bool:
    return found.undo_asked_at is not None and found.undone_at is None


def _crumbs(found: "Loading") -> list[dict[str, str]]:
    return [{"label": "存量装入", "url": reverse("authority:loadings")}, {"label": found.number}]
