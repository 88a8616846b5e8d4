"""队伍申请审核: who asks to be qualified, do they fulfil the conditions, and what does the office decide?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from touchstone.experts import operations, permissions, queries
from touchstone.experts.facts import entrant_of
from touchstone.experts.states import ApplicationState
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.policy.experts.entry import examine
from touchstone.policy.roles import Role
from touchstone.web import corps_view
from touchstone.web.batches import next_batch
from touchstone.web.corps_application import application_file
from touchstone.web.doors import Request, authority_door
from touchstone.web.filters import DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.tables import BatchAction, Column, Empty, MomentColumn, NameColumn, StateColumn, Table, chosen_rows, list_page

if TYPE_CHECKING:
    from touchstone.experts.models import Application

PHRASES = {
    "return": ("证书照片不清晰，请重新上传。", "工作经历证明没有加盖公章，请补正。"),
    "refuse": ("不具备申请条件。", "材料不实。"),
}
_ACTS = {
    "return": (permissions.check_may_check, {ApplicationState.SUBMITTED}, "退回补正"),
    "admit": (permissions.check_may_check, {ApplicationState.SUBMITTED}, "准予参加培训考核"),
    "refuse": (permissions.check_may_decide, {ApplicationState.SUBMITTED, ApplicationState.IN_TRAINING}, "不予认可"),
    "grant": (permissions.check_may_decide, {ApplicationState.IN_TRAINING}, "授予资格"),
}


class CorpsApplicationTable(Table):
    """Applications on the office's ground."""

    number = Column("申请编号", attrs={"td": {"class": "ts-nowrap"}})
    name = NameColumn("申请人", accessor="member__person__name", order_by="member__person__name_key")
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    occupation = Column("职业", accessor="occupation__name", default="—")
    body = Column("推荐机构", accessor="body__name", default="本人申请")
    office = Column("审核单位", accessor="office__name")
    state = StateColumn(corps_view.APPLICATION_STATES, "状态")
    submitted_at = MomentColumn("提交时间")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:corps_application", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value


class CorpsApplicationFilter(django_filters.FilterSet):
    """Narrowing the list."""

    name = django_filters.CharFilter(label="申请人", method="named")
    number = django_filters.CharFilter(label="申请编号", lookup_expr="startswith")
    kind = django_filters.ChoiceFilter(label="类别", choices=queries.KINDS)
    state = django_filters.ChoiceFilter(label="状态", choices=[(key, label) for key, (label, _) in corps_view.APPLICATION_STATES.items()])
    body = django_filters.CharFilter(label="推荐机构", field_name="body__name", lookup_expr="icontains")
    submitted = DayRangeFilter(label="提交日期", field_name="submitted_at")

    def named(self, found: queries.ApplicationRows, name: str, value: str) -> queries.ApplicationRows:
        return found.filter(member__person__name_key__contains=name_key(value))


@authority_door
def corps_applications(request: Request) -> HttpResponseBase:
    """This page will list the applications on the office's ground; a director grants many at once, with an outcome for each."""
    permissions.check_may_plan(request.actor)
    directs = request.actor.has(Role.DIRECTOR)
    return list_page(
        request,
        queryset=queries.applications(request.actor),
        table=CorpsApplicationTable,
        filterset=CorpsApplicationFilter,
        title="队伍申请",
        unit="件",
        empty=Empty("还没有资格申请", "本人或者所在评价机构提交以后，会出现在这里。"),
        batch=[BatchAction("grant", "授予资格", "primary")] if directs else [],
        batch_url=reverse("authority:corps_grant"),
        template="authority/corps_list.html",
        extra={"crumbs": [{"label": "考评督导队伍", "url": reverse("authority:corps")}, {"label": "队伍申请", "url": ""}]},
    )


@require_POST
@authority_door
def corps_grant(request: Request) -> HttpResponseBase:
    """This page will grant the qualifications of the chosen applications, one by one, and show what came of each."""
    rows = chosen_rows(request, queryset=queries.applications(request.actor), filterset=CorpsApplicationFilter)
    outcomes = []
    batch = next_batch(request, rows)
    for row in batch.rows:
        try:
            held = operations.grant_qualification(number=row.number, by=request.actor.with_key(""), at=request.now)
            outcomes.append({"row": row, "ok": True, "sentence": f"授予{held.number}，{held.until:%Y年%m月%d日}前有效"})
        except Refusal as refusal:
            sentence = str(refusal) + "；".join(refusal.details)
            outcomes.append({"row": row, "ok": False, "sentence": sentence})
    crumbs = [{"label": "队伍申请", "url": reverse("authority:corps_applications")}, {"label": "授予资格", "url": ""}]
    return render(request, "authority/corps_outcomes.html", {"outcomes": outcomes, "batch": batch, "title": "授予资格的结果", "crumbs": crumbs})


def _found(request: Request, number: str) -> "Application":
    found = queries.application(number, request.actor)
    if found is None:
        raise Http404
    return found


@authority_door
def corps_application(request: Request, number: str) -> HttpResponseBase:
    """This page will show an application with what each rule finds today, and what the office can do now. :raises Http404:"""
    found = _found(request, number)
    state, day = ApplicationState(found.state), request.today
    checked = state is ApplicationState.SUBMITTED
    actions = [
        {"label": title, "url": reverse("authority:corps_application_act", args=[number, act]), "tone": _tone(act),
         "why_not": permissions.why_not(check, request.actor, found)}
        for act, (check, states, title) in _ACTS.items() if state in states
    ]  # fmt: skip
    context = {
        "application": found,
        "state": corps_view.APPLICATION_STATES[found.state],
        "pairs": corps_view.facts_of(found),
        "claims": corps_view.claims_in_words(found),
        "findings": examine(entrant_of(found, day), day) if checked else found.findings,
        "trained": operations.training_findings(found, day) if state is ApplicationState.IN_TRAINING else (),
        "files": [
            {"name": one["name"], "kind": one["kind"], "size": one["size"], "at": one["at"],
             "url": reverse("authority:corps_application_file", args=[number, one["number"]])}
            for one in corps_view.files_of(number)
        ],
        "actions": actions,
        "held": getattr(found, "qualification", None),
        "timeline": corps_view.timeline(number),
        "crumbs": [{"label": "队伍申请", "url": reverse("authority:corps_applications")}, {"label": number, "url": ""}],
    }  # fmt: skip
    return render(request, "authority/corps_application.html", context)


def _tone(act: str) -> str:
    return "danger" if act == "refuse" else "primary" if act in {"admit", "grant"} else ""


class WordsForm(Form):
    """Why."""

    words = forms.CharField(label="意见", max_length=2000, widget=forms.Textarea({"rows": 4}))


@authority_door
def corps_application_act(request: Request, number: str, act: str) -> HttpResponseBase:
    """This page will return, admit, refuse or grant, with words where words are owed. :raises Http404:"""
    found = _found(request, number)
    if act not in _ACTS:
        raise Http404
    check, _, title = _ACTS[act]
    check(request.actor, found)
    form: Form = WordsForm(request.POST or None) if act in PHRASES else Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            messages.success(request, _carry_out(request, found, act, form.cleaned_data))
            return redirect("authority:corps_application", number)
    day = request.today
    findings = (*examine(entrant_of(found, day), day), *(operations.training_findings(found, day) if act == "grant" else ()))
    crumbs = [
        {"label": "队伍申请", "url": reverse("authority:corps_applications")},
        {"label": number, "url": reverse("authority:corps_application", args=[number])},
        {"label": title, "url": ""},
    ]
    context = {
        "application": found,
        "title": title,
        "form": form,
        "act": act,
        "phrases": PHRASES.get(act, ()),
        "findings": findings,
        "pairs": corps_view.facts_of(found),
        "crumbs": crumbs,
        "back": reverse("authority:corps_application", args=[number]),
        "request_key": uuid4(),
    }
    return render(request, "authority/corps_application_act.html", context)


def _carry_out(request: Request, found: "Application", act: str, given: dict[str, Any]) -> str:
    number, by, at = found.number, request.actor, request.now
    if act == "return":
        operations.return_application(number=number, reason=given["words"], by=by, at=at)
        return "已退回补正，原因已告知申请人。"
    if act == "admit":
        operations.admit_to_training(number=number, by=by, at=at)
        return "已准予参加培训考核，申请人可以报名培训。"
    if act == "refuse":
        operations.refuse_application(number=number, reason=given["words"], by=by, at=at)
        return "已作出不予认可的决定，理由已告知申请人。"
    held = operations.grant_qualification(number=number, by=by, at=at)
    return f"已授予{held.get_kind_display()}资格{held.number}，{held.until:%Y年%m月%d日}前有效。"


@authority_door
def corps_application_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a proof of an application on the office's ground. :raises Http404:"""
    return application_file(request, number, attachment)
