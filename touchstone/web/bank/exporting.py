"""导出试题页: chosen questions leave as a file, with a reason, and what each lost on the way is shown."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.measurement.interchange.delivery import Format
from touchstone.questions import operations, permissions, queries
from touchstone.questions.operations.exporting import KEPT_FOR
from touchstone.web.bank.door import crumbs, own_bank, tabs
from touchstone.web.doors import Request, either_door, own_side, told
from touchstone.web.downloads import send
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, Empty, MomentColumn, NameColumn, NumberColumn, Table, list_page

CHOSEN = "questions_to_export"
FORMATS = [(one.value, one.label) for one in Format]
_FORMAT_LABELS = dict(FORMATS)


class ExportForm(Form):
    """Which format, and why."""

    form = forms.ChoiceField(label="格式", choices=FORMATS, initial=Format.QTI22.value)
    reason = forms.CharField(label="事由", max_length=200, help_text="随每一题的调阅记录保存，例如：送考试系统供应商联调。")


class ExportTable(Table):
    """Files that went out."""

    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    form = Column("格式")
    questions = NumberColumn("题数")
    reason = Column("事由", orderable=False)
    maker = NameColumn("导出人", accessor="made_by__person__name")
    made_at = MomentColumn("导出时间")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "question_export", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_form(self, value: str) -> str:
        return _FORMAT_LABELS.get(value, value)

    value_form = render_form


@either_door
def exports(request: Request) -> HttpResponseBase:
    """This page will list the files of questions that went out of the visitor's bank."""
    bank = own_bank(request)
    permissions.check_may(request.actor, "keep", bank)
    empty = Empty("还没有导出过", "在试题列表中勾选试题，再选择“导出”。", "去试题列表", own_side(request, "questions"))
    extra = {"bank": bank, "crumbs": crumbs(request, bank, ("导出", "")), "tabs": tabs(request, bank, "question_exports")}
    extra["subtitle"] = "每导出一题都记一条调阅记录；文件加密保存24小时，只给导出人下载。"
    return list_page(request, queryset=queries.exports(bank), table=ExportTable, title="导出", unit="份", empty=empty, template="bank/list.html",
                     exportable=False, extra=extra)  # fmt: skip


@either_door
def export_new(request: Request) -> HttpResponseBase:
    """This page will write the questions chosen in the list to a file, once format and reason are given."""
    bank = own_bank(request)
    permissions.check_may(request.actor, "keep", bank)
    numbers = request.session.get(CHOSEN, [])
    rows = list(queries.questions(request.actor, bank).filter(number__in=numbers))
    if not rows:
        messages.error(request, "没有选择试题，请在列表中勾选试题，再选择“导出”。")
        return redirect(own_side(request, "questions"))
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with told_in(form):
            made = operations.export_questions(
                bank=bank.number, numbers=[row.number for row in rows], form=given["form"], reason=given["reason"], by=request.actor, at=request.now
            )
            request.session.pop(CHOSEN, None)
            return redirect(own_side(request, "question_export", made.number))
    trail = crumbs(request, bank, ("试题", own_side(request, "questions")), ("导出", ""))
    context = {"bank": bank, "crumbs": trail, "form": form, "rows": rows, "back_url": own_side(request, "questions"), "request_key": uuid4()}
    return render(request, "bank/export_new.html", context)


@either_door
def question_export(request: Request, number: str) -> HttpResponseBase:
    """This page will show what a file that went out holds, what each question lost, and give the file to whoever made it."""
    bank = own_bank(request)
    permissions.check_may(request.actor, "keep", bank)
    found = queries.question_export(number, bank)
    if found is None:
        raise Http404
    lost = [(name, refused, losses) for name, refused, losses in found.left if losses or refused]
    context = {
        "bank": bank,
        "crumbs": crumbs(request, bank, ("导出", own_side(request, "question_exports")), (number, "")),
        "made": found,
        "form_label": _FORMAT_LABELS.get(found.form, found.form),
        "lost": lost,
        "left_out": sum(1 for _, refused, _ in found.left if refused),
        "downloadable": found.made_by_id == request.actor.user_id and request.now <= found.made_at + KEPT_FOR,
        "file_url": own_side(request, "question_export_file", number),
    }
    return render(request, "bank/export.html", context)


@either_door
def question_export_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send the file to whoever made it, within a day."""
    bank = own_bank(request)
    permissions.check_may(request.actor, "keep", bank)
    with told(request):
        found, content = operations.exported_file(number=number, by=request.actor, at=request.now)
        return send(content, found.mime, found.name)
    return redirect(own_side(request, "question_export", number))
