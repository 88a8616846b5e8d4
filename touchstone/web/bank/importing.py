"""导入试题页: a file of questions is brought, what became of each question in it is shown, and it is loaded or taken back."""

from typing import Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from touchstone.files.queries import of_case
from touchstone.jobs.questions import defer_import
from touchstone.measurement.interchange.delivery import Format
from touchstone.questions import operations, permissions, queries
from touchstone.questions.operations.importing import LARGEST
from touchstone.questions.queries import ImportRow
from touchstone.questions.workbook import questions_workbook
from touchstone.web.bank.about_form import standards_for
from touchstone.web.bank.door import crumbs, own_bank, tabs
from touchstone.web.bank.words import KIND_LABELS, PART_CHOICES, SECRECY_CHOICES
from touchstone.web.doors import Request, either_door, own_side, told
from touchstone.web.downloads import XLSX, send, send_attachment
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.paging import CappedPaginator
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, Empty, NumberColumn, StateColumn, Table, list_page

_TONES = {"ready": "ok", "warned": "warn", "refused": "danger", "made": "ok", "undone": "neutral"}
STATES = {key: (label, _TONES[key]) for key, label in queries.IMPORT_OUTCOMES}
_STATE_TONES = {"核对中": "info", "导入中": "info", "待确认": "warn", "已导入": "ok", "没有读完": "danger", "已撤销": "neutral"}
_NONE = [("", "请选择")]


class ImportForm(Form):
    """What the questions of a file are tied to, unless their row says otherwise."""

    standard = forms.ChoiceField(label="依据的标准或评价规范")
    level = forms.TypedChoiceField(label="等级", coerce=int, choices=[*_NONE, *LEVEL_CHOICES])
    part = forms.ChoiceField(label="科目", choices=[*_NONE, *PART_CHOICES])
    element = forms.CharField(label="鉴定点", max_length=40, required=False, help_text="标准结构中的代号，例如1.2.3。Excel各行写明的可以不填。")
    difficulty = forms.DecimalField(label="预估难度", min_value=0, max_value=1, max_digits=3, decimal_places=2, initial="0.70")
    secrecy = forms.TypedChoiceField(label="密级", coerce=int, choices=SECRECY_CHOICES, initial=1)


class UndoForm(Form):
    """Why it is taken back."""

    reason = forms.CharField(label="撤销理由", max_length=200, widget=forms.Textarea({"rows": 3, "placeholder": "例如：选错了标准。"}))


class RowTable(Table):
    """Questions of a file with what became of them."""

    position = NumberColumn("题次")
    line = NumberColumn("行号")
    identifier = Column("原编号或名称", default="—")
    kind = Column("题型", default="—")
    outcome = StateColumn(STATES, "结果")
    sentence = Column("说明", orderable=False, empty_values=())

    def value_outcome(self, value: str) -> str:
        return STATES[value][0]

    def render_kind(self, value: str) -> str:
        return KIND_LABELS.get(value, value)

    value_kind = render_kind

    def render_sentence(self, value: str, record: ImportRow) -> SafeString:
        losses = format_html_join("", "<li>{}{}：{}</li>", ((f"第{line}行 " if line else "", what, why) for line, what, why in record.losses))
        listed = format_html('<ul class="ts-plain-list">{}</ul>', losses) if losses else ""
        made = (
            format_html(' <a href="{}">{}</a>', own_side(self.request, "question", record.question.number), record.question.number)
            if record.question
            else ""
        )
        return format_html("{}{}{}", value, made, listed)

    def value_sentence(self, value: str, record: ImportRow) -> str:
        return "；".join([value, *(f"{what}：{why}" for _, what, why in record.losses)]).strip("；")


class RowFilter(django_filters.FilterSet):
    """Narrowing the questions of a file."""

    outcome = django_filters.ChoiceFilter(label="结果", choices=queries.IMPORT_OUTCOMES)
    sentence = django_filters.CharFilter(label="说明中含有", lookup_expr="icontains")


@either_door
def imports(request: Request) -> HttpResponseBase:
    """This page will take a file of questions, and list those that came before."""
    bank = own_bank(request)
    form = ImportForm(request.POST or None)
    form.fields["standard"].choices = [*_NONE, *standards_for(bank, request.today)]  # type: ignore[attr-defined]
    why_not = permissions.why_not(request.actor, "write", bank)
    if request.method == "POST" and form.is_valid():
        file = request.FILES.get("file")
        given = {name: form.cleaned_data[name] for name in ("standard", "level", "part", "element", "secrecy")}
        about = {**given, "difficulty": str(form.cleaned_data["difficulty"])}
        with told_in(form), transaction.atomic():
            name, content = (str(file.name), file.read()) if file is not None and (file.size or 0) <= LARGEST else ("", b"")
            run = operations.receive_import(bank=bank.number, name=name, content=content, about=about, by=request.actor, at=request.now)
            defer_import(run.number)
            return redirect(own_side(request, "question_import", run.number))
    found = queries.imports(bank, request.actor)
    page = CappedPaginator(found, found, 20).get_page(request.GET.get("page"))
    context = {
        "bank": bank,
        "crumbs": crumbs(request, bank, ("导入", "")),
        "tabs": tabs(request, bank, "question_imports"),
        "form": form,
        "why_not": why_not,
        "largest": LARGEST,
        "page": page,
        "runs": [_told_of(request, one) for one in page],
        "request_key": uuid4(),
    }
    return render(request, "bank/imports.html", context)


@either_door
def import_template(request: Request) -> HttpResponseBase:
    """This page will send the workbook to be filled."""
    own_bank(request)
    return send(questions_workbook(), XLSX, "试题导入表.xlsx")


@either_door
def question_import(request: Request, number: str) -> HttpResponseBase:
    """This page will show what became of every question of a file; once gone through, it is loaded from here."""
    bank = own_bank(request)
    run = queries.question_import(number, request.actor)
    if request.method == "POST":
        with told(request), transaction.atomic():
            operations.confirm_import(number=number, by=request.actor, at=request.now)
            defer_import(number)
        return redirect(own_side(request, "question_import", number))
    extra = _told_of(request, run) | {
        "bank": bank,
        "crumbs": crumbs(request, bank, ("导入", own_side(request, "question_imports")), (number, "")),
        "fit": run.counts.get("ready", 0) + run.counts.get("warned", 0),
        "wrong": run.counts.get("refused", 0),
        "request_key": uuid4(),
        "losses": run.losses,
    }
    empty = Empty("还没有处理到的题", "处理完成后，每一题的结果会出现在这里。")
    return list_page(request, queryset=queries.import_rows(run), table=RowTable, filterset=RowFilter, title=f"导入 {number}", unit="题", empty=empty,
                     template="bank/import.html", extra=extra)  # fmt: skip


@either_door
def import_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show the progress anew; when the work is done, the whole page is asked for."""
    run = queries.question_import(number, request.actor)
    response = render(request, "bank/import_progress.html", _told_of(request, run))
    if not run.at_work:
        response["HX-Refresh"] = "true"
    return response


@either_door
def import_returned(request: Request, number: str) -> HttpResponseBase:
    """This page will send the workbook back with the column of results. :raises Http404: when there is none."""
    run = queries.question_import(number, request.actor)
    kept = of_case(number).filter(number=run.returned).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)


@either_door
def import_undo(request: Request, number: str) -> HttpResponseBase:
    """This page will take everything a file made back, with a reason."""
    bank = own_bank(request)
    run = queries.question_import(number, request.actor)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            operations.undo_import(number=number, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, "已整份撤销，导入的草稿已停用，记录保留。")
            return redirect(own_side(request, "question_import", number))
    here = own_side(request, "question_import", number)
    trail = crumbs(request, bank, ("导入", own_side(request, "question_imports")), (number, here), ("整份撤销", ""))
    return render(request, "bank/import_undo.html", _told_of(request, run) | {"bank": bank, "crumbs": trail, "form": form, "back_url": here})


def _told_of(request: Request, run: Any) -> dict[str, Any]:
    counts = [{"key": key, "label": label, "count": run.counts.get(key, 0), "tone": _TONES[key]} for key, label in queries.IMPORT_OUTCOMES]
    return {
        "run": run,
        "counts": [one for one in counts if one["count"]],
        "state": run.state_label,
        "tone": _STATE_TONES[run.state_label],
        "form_label": Format(run.form).label if run.form else "",
        "address": own_side(request, "import_progress", run.number),
        "url": own_side(request, "question_import", run.number),
        "may_undo": not run.at_work and not run.undone_at and not run.failed_because,
        "standard": run.about.get("standard", ""),
    }
