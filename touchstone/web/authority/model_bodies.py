"""示范机构页: which social bodies are models, why, since when, and who names them and takes it back?"""

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.bodies import operations, permissions, queries
from touchstone.bodies.queries.grades import grade_row
from touchstone.filings.queries import model_findings
from touchstone.kernel.rules import Outcome, weakest
from touchstone.policy.roles import BodyKind
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, Table, list_page


class ModelTable(Table):
    """Standings as a model, those of the past included."""

    body = Column("机构名称", accessor="body__name", linkify=("authority:model_body", [A("body__number")]), order_by="body__name_key")
    number = Column("机构编号", accessor="body__number", attrs={"td": {"class": "ts-nowrap"}})
    since = DayColumn("认定日")
    until = DayColumn("取消日")
    reason = Column("认定理由", orderable=False)
    ended_because = Column("取消理由", orderable=False)
    named_by = Column("认定人", accessor="named_by__display_name", orderable=False)
    folded = ("number", "named_by")


class ModelFilter(django_filters.FilterSet):
    """Narrowing the standings."""

    body = django_filters.CharFilter(label="机构名称", field_name="body__name", lookup_expr="icontains")
    standing = django_filters.ChoiceFilter(label="现状", choices=[("now", "现为示范机构"), ("past", "已取消")], method="standing_so")

    def standing_so(self, found: "QuerySet[queries.StandingRow]", name: str, value: str) -> "QuerySet[queries.StandingRow]":
        now = Q(until__isnull=True) | Q(until__gt=self.request.today)
        return found.filter(now if value == "now" else ~now)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea({"rows": 3}), help_text="随机构信息向社会公开。")


@authority_door
def model_bodies(request: Request) -> HttpResponseBase:
    """This page will list every standing as a model; whoever names them finds the way to the social bodies."""
    why_not = permissions.why_not_name_model(request.actor)
    return list_page(
        request,
        queryset=queries.model_standings(),
        table=ModelTable,
        filterset=ModelFilter,
        title="示范性社会培训评价组织",
        unit="家次",
        template="authority/model_bodies.html",
        empty=Empty("还没有示范机构", "市职鉴中心认定示范性社会培训评价组织以后，会出现在这里和公开的机构名录里。"),
        totals=lambda rows: {"现有": rows.filter(Q(until__isnull=True) | Q(until__gt=request.today)).count()},
        extra={"why_not": why_not, "crumbs": [{"label": "评价机构", "url": reverse("authority:bodies")}, {"label": "示范机构"}]},
    )


@authority_door
def model_body(request: Request, number: str) -> HttpResponseBase:
    """This page will name a social body as a model where the conditions are met, or take it back. :raises Http404: for an unknown number."""
    try:
        body = queries.body(number, request.actor)
    except ObjectDoesNotExist:
        raise Http404 from None
    standing, findings = queries.model_on(body, request.today), model_findings(body, request.today)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        call = {"body": body, "reason": form.cleaned_data["reason"], "by": request.actor, "at": request.now}
        with told_in(form):
            if request.POST.get("act") == "take_back":
                operations.take_back_model(**call)
                messages.success(request, f"已取消{body.name}的示范机构，自今天起公开的名录不再标记。")
            else:
                operations.name_model(findings=findings, **call)
                messages.success(request, f"已认定{body.name}为示范机构，公开的名录已标记。")
            return redirect("authority:model_body", number)
    context = {
        "body": body,
        "form": form,
        "standing": standing,
        "findings": findings,
        "grade": grade_row(body, request.today),
        "ready": weakest(findings) is Outcome.MET,
        "social": body.kind == BodyKind.SOCIAL,
        "history": queries.model_standings(body),
        "why_not": permissions.why_not_name_model(request.actor),
        "crumbs": [
            {"label": "评价机构", "url": reverse("authority:bodies")},
            {"label": body.name, "url": reverse("authority:body", args=[number])},
            {"label": "示范机构"},
        ],
    }
    return render(request, "authority/model_body.html", context)
