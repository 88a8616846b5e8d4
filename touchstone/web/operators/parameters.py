"""参数管理: which values does the office lay down where the law leaves them open, since when, by which two people?"""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from touchstone.kernel.law import Dated, NotInForce
from touchstone.parameters import operations, permissions, queries
from touchstone.policy import reading
from touchstone.web.doors import Request, operators_door, told
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form


class ValueForm(Form):
    """A proposed value; numbers are typed as they are, lists and tables as JSON."""

    value = forms.CharField(label="新值", widget=forms.Textarea(attrs={"rows": 2}))
    since = forms.DateField(label="生效日期", widget=DayInput(), help_text="须晚于今天")
    document = forms.CharField(label="文号或依据", max_length=120, required=False)
    reason = forms.CharField(label="修改理由", widget=forms.Textarea(attrs={"rows": 2}), help_text="理由将公开")

    def clean_value(self) -> object:
        try:
            return json.loads(self.cleaned_data["value"])
        except ValueError:
            return self.cleaned_data["value"].strip()


class CalendarForm(Form):
    """The State Council's notice of a year's holidays, as a file."""

    notice = forms.FileField(label="节假日安排文件", help_text='JSON 文件，形如 {"2027": {"off": ["2027-01-01"], "worked": ["2027-02-06"]}}')
    document = forms.CharField(label="国务院办公厅通知文号", max_length=120)


def _named() -> dict[str, Dated[Any]]:
    return {dated.key: dated for _, dated in reading.dated_values() if dated.key}


@operators_door
def parameters(request: Request) -> HttpResponseBase:
    """This page will list every named value with what is in force today, marking our defaults and what awaits a second person."""
    waiting = {version.key for version in queries.awaiting_approval()}
    text, fixed = request.GET.get("q", "").strip(), request.GET.get("kind") == "fixed"
    lines = []
    for key, dated in sorted(_named().items()):
        if (text and text not in dated.meaning and text not in key) or (not text and dated.changeable == fixed):
            continue
        try:
            value = queries.in_force(dated, request.today)
        except NotInForce:
            value = None
        lines.append({"key": key, "dated": dated, "value": value, "waiting": key in waiting, "plain": shown(value.value) if value else ""})
    waiting_now, years = queries.awaiting_approval(), queries.calendar_years()
    context: dict[str, Any] = {"lines": lines, "text": text, "waiting": waiting_now, "named": _named(), "years": years}
    context["can_change"] = permissions.can_change(request.actor)
    here = reverse("operators:parameters")
    context["tabs"] = [
        {"label": "可由主管部门修改", "url": here, "active": not fixed, "count": None},
        {"label": "法规直接规定", "url": f"{here}?kind=fixed", "active": fixed, "count": None},
    ]
    return render(request, "operators/parameters.html", context)


def _plain(value: object) -> str:
    """Write a value as a person types it; what is not plain data is described in the policy book."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False)
    except TypeError:
        return ""


def shown(value: object) -> str:
    """Write a value for reading: lists with 、, tables as pairs."""
    if label := getattr(value, "label", ""):
        return str(label)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "；".join(f"{shown(key)} {shown(one)}" for key, one in value.items())
    if isinstance(value, list | tuple | frozenset | set):
        return "、".join(shown(one) for one in value)
    return str(value) if isinstance(value, str | int | float) else ""


@operators_door
def parameter(request: Request, key: str) -> HttpResponseBase:
    """This page will show one parameter's values over time and take a proposal. :raises Http404: for an unknown key."""
    dated = _named().get(key)
    if dated is None:
        raise Http404
    try:
        now = queries.in_force(dated, request.today)
    except NotInForce:
        now = dated.values[0]
    plain = _plain(now.value)
    form = ValueForm(request.POST or None, initial={"value": plain})
    if request.method == "POST" and form.is_valid():
        given = {k: form.cleaned_data[k] for k in ("value", "since", "document", "reason")}
        with told(request):
            operations.propose_value(key=key, by=request.actor, at=request.now, **given)
            messages.success(request, "已提出，须由另一名政策管理员复核后生效。")
            return redirect("operators:parameter", key)
    context = {
        "dated": dated,
        "now": now,
        "plain": plain,
        "form": form,
        "versions": queries.versions(key),
        "can_change": permissions.can_change(request.actor) and dated.changeable,
        "user_id": request.actor.user_id,
    }
    return render(request, "operators/parameter.html", context)


@require_POST
@operators_door
def answer(request: Request, key: str, version_id: int) -> HttpResponseBase:
    """This page will approve or turn down a proposal."""
    approve = request.POST.get("approve") == "yes"
    with told(request):
        words = request.POST.get("answer", "")
        operations.answer_proposal(version_id=version_id, approve=approve, answer=words, by=request.actor, at=request.now)
        messages.success(request, "已通过，自生效日期起执行。" if approve else "已退回提议。")
    return redirect("operators:parameter", key)


@operators_door
def working_days(request: Request) -> HttpResponseBase:
    """This page will load the notice of a year's holidays from a file."""
    permissions.check_may_change(request.actor)
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["notice"]
        try:
            notices = json.loads(upload.read(200_000))
        except (ValueError, UnicodeDecodeError):
            form.add_error("notice", "文件不是有效的 JSON，请按示例整理后再上传。")
        else:
            with told(request):
                years = operations.load_calendar(
                    notices=notices, document=form.cleaned_data["document"], by=request.actor, at=request.now
                )
                messages.success(request, f"已载入{'、'.join(map(str, years))}年节假日安排，相关期限随之更新。")
                return redirect("operators:parameters")
    context = {"form": form, "title": "载入节假日安排", "button": "载入", "back": "operators:parameters"}
    return render(request, "operators/form.html", context)
