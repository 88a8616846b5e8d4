"""报送结果: which district filings were reported to 市职鉴中心, and are they signed for?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import F, Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django_tables2 import A

from touchstone.bodies.queries import next_free_site_code
from touchstone.filings import operations, permissions, queries
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.policy.certificates.numbering import letter_laid_down, prefix_of
from touchstone.policy.districts import district_name
from touchstone.policy.roles import Role
from touchstone.web import filing_view
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.refusing import told_in
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, MomentColumn, StateColumn, Table, chosen_rows, list_page

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from touchstone.filings.models import CentreReport, Filing, ReportSet

STATES = {"待签收": ("待签收", "info"), "核询中": ("核询中", "warn"), "已签收": ("已签收", "ok")}


class ReportTable(Table):
    """Reports."""

    number = Column("报送编号", linkify=("authority:report", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    body = Column("评价机构", accessor="filing__body__name")
    district = Column("注册地", accessor="filing__body__district")
    filing = Column("备案编号", accessor="filing__number", attrs={"td": {"class": "ts-nowrap"}})
    state = StateColumn(STATES, "状态", accessor="state_label", orderable=False)
    site_code = Column("站点序列码", accessor="filing__body__site_code")
    sent_at = MomentColumn("报送时间")
    due_on = DayColumn("签收期限")
    signed_at = MomentColumn("签收时间")

    def render_district(self, value: str) -> str:
        return district_name(value)


class ReportFilter(django_filters.FilterSet):
    """Narrowing the list of reports."""

    body = django_filters.CharFilter(label="评价机构", method="named")
    district = django_filters.ChoiceFilter(label="注册地", choices=DISTRICT_CHOICES, field_name="filing__body__district")
    state = django_filters.ChoiceFilter(label="状态", choices=[(key, key) for key in STATES], method="standing")

    def named(self, found: "ReportSet", name: str, value: str) -> "ReportSet":
        return found.filter(filing__body__name_key__holds=name_key(value))

    def standing(self, found: "ReportSet", name: str, value: str) -> "ReportSet":
        queried = Q(queried_at__isnull=False) & (Q(answered_at__isnull=True) | Q(answered_at__lt=F("queried_at")))
        wanted = {"已签收": Q(signed_at__isnull=False), "核询中": Q(signed_at__isnull=True) & queried, "待签收": Q(signed_at__isnull=True) & ~queried}
        return found.filter(wanted[value])


@authority_door
def reports(request: Request) -> HttpResponseBase:
    """This page will list the reports; a registrar of the centre signs for several at once, with an outcome for each."""
    rows = queries.reports(request.actor)
    registrar = request.actor.has(Role.REGISTRAR)
    if request.method == "POST":
        return _sign_many(request, chosen_rows(request, queryset=rows, filterset=ReportFilter))
    return list_page(
        request,
        queryset=rows,
        table=ReportTable,
        filterset=ReportFilter,
        title="备案结果报送",
        unit="件",
        batch=[BatchAction("sign", "签收并赋予站点序列码", "primary")] if registrar else [],
        empty=Empty("还没有报送件", "各区完成备案后自动报送市职鉴中心，签收后赋予站点序列码。"),
    )


def _sign_many(request: Request, rows: "QuerySet[CentreReport]") -> HttpResponseBase:
    outcomes: list[dict[str, Any]] = []
    for place, report in enumerate(rows.order_by("pk")):
        key = f"{request.actor.request_key}:{place}"[:64] if request.actor.request_key else ""
        try:
            signed = operations.sign_for_report(number=report.number, site_code="", by=request.actor.with_key(key), at=request.now)
        except Refusal as refusal:
            outcomes.append({"report": report, "sentence": str(refusal)})
        else:
            outcomes.append({"report": report, "code": signed.filing.body.site_code or ""})
    if not outcomes:
        messages.error(request, "没有选择报送件。请先勾选再签收。")
        return redirect("authority:reports")
    return render(request, "authority/reports_signed.html", {"outcomes": outcomes, "done": sum("code" in o for o in outcomes)})


class SignForm(Form):
    """The site code, or none for the next free one."""

    site_code = forms.CharField(
        label="站点序列码", required=False, max_length=12, widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    )


class QueryForm(Form):
    """What is asked back."""

    words = forms.CharField(label="核询内容", max_length=2000, widget=forms.Textarea({"rows": 3}))


class AnswerForm(Form):
    """What is answered."""

    words = forms.CharField(label="答复内容", max_length=2000, widget=forms.Textarea({"rows": 3}))


@authority_door
def report(request: Request, number: str) -> HttpResponseBase:
    """This page will show a report; the centre signs for it or asks back, the district answers."""
    found = queries.report(number, request.actor)
    act = request.POST.get("act", "")
    forms_of = {"sign": SignForm, "query": QueryForm, "answer": AnswerForm}
    made = {name: kind(request.POST if act == name else None, prefix=name) for name, kind in forms_of.items()}
    if act in made and made[act].is_valid():
        with told_in(made[act]):
            messages.success(request, _carry_out(request, number, act, made[act].cleaned_data))
            return redirect("authority:report", number)
    filing = found.filing
    assessment = queries.latest_assessment(filing)
    suggested = "" if filing.body.site_code else next_free_site_code()
    context = filing_view.header(filing) | {
        "report": found,
        "suggested": suggested,
        "forms": made,
        "scope": filing_view.asked_for(filing),
        "assessment": assessment,
        "consents": list(queries.consents(filing)),
        "decision": queries.decisions(filing).first(),
        "waiting": filing_view.waiting(filing, request.today),
        "timeline": queries.timeline(filing),
        "sign_why_not": permissions.why_not(request.actor, "sign_report", filing),
        "answer_why_not": permissions.why_not(request.actor, "answer_report", filing),
        "kind": letter_laid_down(queries.body_kind_of(filing), request.today),
        "prefix": _prefix(filing, request.today),
        "report_tone": STATES[found.state_label][1],
    }
    return render(request, "authority/report.html", context)


def _prefix(filing: "Filing", day: "date") -> str:
    """The thirteen places with which the body's certificates will begin; nothing before it has a site code."""
    body = filing.body
    return prefix_of(queries.body_kind_of(filing), body.site_code, day, national_code=body.national_code) if body.site_code else ""


def _carry_out(request: Request, number: str, act: str, given: dict[str, Any]) -> str:
    if act == "sign":
        signed = operations.sign_for_report(number=number, site_code=given["site_code"], by=request.actor, at=request.now)
        return f"已签收，站点序列码{signed.filing.body.site_code}。"
    if act == "query":
        operations.query_report(number=number, query=given["words"], by=request.actor, at=request.now)
        return "已向区人社局核询。"
    operations.answer_report(number=number, answer=given["words"], by=request.actor, at=request.now)
    return "已答复市职鉴中心。"
