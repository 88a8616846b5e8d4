"""存量证书装入: where does an office bring in certificates a body issued before the platform, first as a trial that leaves nothing?"""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect

from touchstone.bodies.queries import bodies
from touchstone.files.operations import LARGEST
from touchstone.jobs.uploads import defer_batch
from touchstone.kernel.law import Refusal
from touchstone.sheets.certificates import template
from touchstone.uploads import operations, permissions, queries
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import XLSX, send
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.tables import Empty, list_page
from touchstone.web.uploads.listing import QueueFilter, QueueTable


class TryForm(Form):
    """Whose certificates the workbook tells of, and the workbook."""

    body = forms.CharField(label="评价机构编号", max_length=24, help_text="见“评价机构”页，如PJ0001")
    workbook = forms.FileField(
        label="填好的证书数据上传表", help_text="只收本页下载的模板（.xlsx），不超过20MB；计划编号不填", widget=forms.FileInput({"accept": ".xlsx"})
    )

    def clean_workbook(self) -> object:
        """Hold the file against the limit. :raises forms.ValidationError:"""
        file = self.cleaned_data["workbook"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"文件超过{LARGEST // 1048576}MB的上限，请分成几份上传。")
        return file


@authority_door
def existing(request: Request) -> HttpResponseBase:
    """This page will take a workbook of existing certificates for a trial, and list every load so far."""
    form = TryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form), transaction.atomic():
            body = bodies().filter(number=form.cleaned_data["body"]).select_related("office").first()
            if body is None:
                raise Refusal(f"没有编号为{form.cleaned_data['body']}的评价机构。", permissions.SUPERVISED, "请从“评价机构”页核对编号。")
            file = form.cleaned_data["workbook"]
            batch = operations.receive_existing(body=body, name=file.name, content=file.read(), by=request.actor, at=request.now)
            defer_batch(batch.number)
            return redirect("authority:certificate_batch", batch.number)
    return list_page(
        request,
        queryset=queries.loadings(request.actor),
        table=QueueTable,
        filterset=QueueFilter,
        title="存量证书装入",
        unit="份",
        template="uploads/existing.html",
        empty=Empty("还没有装入过", "先试运行，逐行看过结果，再正式装入。"),
        extra={"form": form, "why_not": permissions.why_not_load(request.actor)},
    )


@authority_door
def existing_template(request: Request) -> HttpResponseBase:
    """This page will send the workbook to be filled."""
    return send(template(), XLSX, "证书数据上传表.xlsx")


@authority_door
def load(request: Request, number: str) -> HttpResponseBase:
    """This page will load the file that a trial went through."""
    if request.method == "POST":
        with told(request), transaction.atomic():
            loaded = operations.load_tried(number=number, by=request.actor, at=request.now)
            defer_batch(loaded.number)
            messages.success(request, "正在装入，通过核对的行进入登记簿。")
            return redirect("authority:certificate_batch", loaded.number)
    return redirect("authority:certificate_batch", number)
