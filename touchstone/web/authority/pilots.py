"""试点管理: which schools and enterprises try out what, for which occupations, until when, and is what was tried spread?"""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts.actor import NotAllowed
from touchstone.bodies import operations, permissions, queries
from touchstone.bodies.queries import PILOT_KINDS
from touchstone.exams.operations.exports import record_export
from touchstone.files.queries import of_case
from touchstone.filings.queries import scope_in_force
from touchstone.ledger.queries import history
from touchstone.policy.roles import BodyKind
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import send_attachment
from touchstone.web.events import told_lines
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.occupation_field import OccupationsField
from touchstone.web.paper_columns import day_after
from touchstone.web.pilot_view import UNIT_HINT, PilotFilter, PilotTable, facts_of, read_units, state_of
from touchstone.web.refusing import told_in
from touchstone.web.tables import Empty, list_page


class DeskPilotTable(PilotTable):
    """Pilots on the office's ground."""

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:pilot", args=[value]), value)


class PilotForm(Form):
    """A pilot with scope and term."""

    body = forms.ChoiceField(label="试点机构")
    kind = forms.ChoiceField(label="试点类别", choices=[("", "请选择"), *PILOT_KINDS])
    occupations = OccupationsField(label="试点职业")
    plan = forms.CharField(label="试点内容", widget=forms.Textarea({"rows": 3}), help_text="试点做什么、怎样检验成效。")
    units = forms.CharField(label="课程单元与标准要素", widget=forms.Textarea({"rows": 4}), required=False, help_text=f"课证融通必填。{UNIT_HINT}")
    since = forms.DateField(label="起始日", widget=DayInput())
    last_day = forms.DateField(label="截止日", widget=DayInput(), help_text="含当日。")

    def __init__(self, *args: Any, day: Any, bodies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupations"].day = day  # type: ignore[attr-defined]
        self.fields["body"].choices = [("", "请选择"), *bodies]  # type: ignore[attr-defined]


@authority_door
def pilots(request: Request) -> HttpResponseBase:
    """This page will list the pilots on the office's ground; the export is put on record."""

    def on_record(kind: str, count: int) -> None:
        record_export(case=request.actor.office_name[:64], what="试点", kind=kind, count=count, by=request.actor, at=request.now)

    why_not = _why_not(request)
    new = () if why_not else ("批准试点", reverse("authority:pilot_new"))
    ending = ("即将到期", f"{reverse('authority:ending_papers')}?kind=SD", "hourglass", "")
    return list_page(
        request,
        queryset=queries.pilots(request.actor),
        table=DeskPilotTable,
        filterset=PilotFilter,
        title="试点",
        unit="项",
        empty=Empty("还没有试点", "新型技师学院、课证融通和一考双证试点批准后，会出现在这里。", *new),
        totals=lambda rows: {"尚未决定": rows.filter(spread__isnull=True).count()},
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": why_not,
            "actions": [ending, (*new, "plus", "btn-primary")] if new else [ending],
            "subtitle": "新型技师学院先行先试，形成经验复制推广；有条件企业探索一考双证（通知 三(二)5）；符合条件的学校试点课证融通（通知 二(三)）。",
        },
    )


@authority_door
def pilot_new(request: Request) -> HttpResponseBase:
    """This page will approve a pilot of a school or an enterprise."""
    permissions.check_may_rule_on_pilots(request.actor)
    bodies = {one.number: one for one in queries.bodies(request.actor).filter(kind__in=[BodyKind.SCHOOL, BodyKind.ENTERPRISE])}
    form = PilotForm(request.POST or None, day=request.today, bodies=[(number, one.name) for number, one in bodies.items()])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        body = bodies[given["body"]]
        with told_in(form):
            made = operations.approve_pilot(
                body=body,
                kind=given["kind"],
                occupations=given["occupations"],
                plan=given["plan"],
                units=read_units(given["units"]),
                since=given["since"],
                until=day_after(given["last_day"]),
                filed=set(scope_in_force(request.today, body).values_list("occupation__code", flat=True)),
                by=request.actor,
                at=request.now,
            )
            messages.success(request, f"试点{made.number}已批准，已通知{body.name}。")
            return redirect("authority:pilot", made.number)
    crumbs = [{"label": "试点", "url": reverse("authority:pilots")}, {"label": "批准试点", "url": ""}]
    context = {"form": form, "title": "批准试点", "button": "批准", "hint": "范围和期限批准后不能更改。", "crumbs": crumbs}
    return render(request, "body/entry_new.html", context | {"back_url": reverse("authority:pilots")})


@authority_door
def pilot(request: Request, number: str) -> HttpResponseBase:
    """This page will show a pilot with its report, decide whether it is spread, and end it early. :raises Http404:"""
    found = queries.pilot(number, request.actor)
    if found is None:
        raise Http404
    if request.method == "POST":
        _act(request, number)
        return redirect("authority:pilot", number)
    state, tone = state_of(found, request.today)
    files = [
        {"name": one.name, "url": reverse("authority:pilot_file", args=[number, one.number]), "kind": one.label, "size": one.size}
        for one in of_case(number)
    ]
    context = {
        "pilot": found,
        "pairs": facts_of(found, request.today),
        "state": state,
        "tone": tone,
        "files": files,
        "why_not": _why_not(request),
        "running": found.ended_on is None and found.until > request.today,
        "entries": told_lines(history(number)),
        "crumbs": [{"label": "试点", "url": reverse("authority:pilots")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "authority/pilot.html", context)


def _act(request: Request, number: str) -> None:
    words = request.POST.get("words", "")
    with told(request):
        if request.POST.get("act") == "end":
            operations.end_pilot(number=number, reason=words, by=request.actor, at=request.now)
            messages.success(request, "试点已提前结束。")
        elif request.POST.get("act") == "decide":
            if request.POST.get("spread") not in {"yes", "no"}:
                messages.error(request, "请选择复制推广或不推广。")
                return
            operations.decide_pilot(number=number, spread=request.POST["spread"] == "yes", words=words, by=request.actor, at=request.now)
            messages.success(request, "推广决定已作出。")


@authority_door
def pilot_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a document of a pilot on the office's ground. :raises Http404:"""
    found = queries.pilot(number, request.actor)
    if found is None:
        raise Http404
    permissions.check_may_read_registers(request.actor, found.body)
    kept = of_case(number).filter(number=attachment).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)


def _why_not(request: Request) -> str:
    try:
        permissions.check_may_rule_on_pilots(request.actor)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
