"""未经备案清单: which evaluators were seen without a filing or under the State's words, how far is each, and how is one entered?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.complaints import permissions, queries
from touchstone.complaints.operations import enter_evaluator
from touchstone.complaints.operations.unfiled import WhatWasSeen
from touchstone.complaints.states import EvaluatorState
from touchstone.exams.operations.exports import record_export
from touchstone.files.operations import LARGEST
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.supervision.unfiled import Claim
from touchstone.web.complaints.words import EVALUATOR_STATES, files_sent, tabs
from touchstone.web.doors import Request, authority_door
from touchstone.web.filters import DayInput, DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page


class EvaluatorTable(Table):
    """Evaluators of an office's ground."""

    number = Column("编号", linkify=lambda record: reverse("authority:unfiled", args=[record.number]), attrs={"td": {"class": "ts-nowrap"}})
    name = Column("名称", orderable=False)
    claim = Column("以什么名义", accessor="get_claim_display", order_by="claim")
    title = Column("证书名称", orderable=False, default="—")
    state = StateColumn(EVALUATOR_STATES, "状态")
    district = Column("所在区", order_by="district", default="不清楚")
    seen_on = DayColumn("发现日期")
    office = Column("承办单位", accessor="office__short_name", orderable=False)
    warned_at = DayColumn("提示日期", orderable=False, default="—")
    folded = ("title", "warned_at")

    def render_district(self, value: str) -> str:
        return DISTRICTS.get(value, value)


class EvaluatorFilter(django_filters.FilterSet):
    """Narrowing the evaluators."""

    number = django_filters.CharFilter(label="编号", lookup_expr="startswith")
    name = django_filters.CharFilter(label="名称", lookup_expr="holds")
    claim = django_filters.ChoiceFilter(label="以什么名义", choices=[(one.value, one.label) for one in Claim])
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in EvaluatorState])
    district = django_filters.ChoiceFilter(label="所在区", choices=sorted(DISTRICTS.items()))
    seen = DayRangeFilter(label="发现日期", field_name="seen_on")


@authority_door
def unfiled_list(request: Request) -> HttpResponseBase:
    """This page will list the evaluators the actor may see. :raises NotAllowed:"""
    permissions.check_may_see_evaluators(request.actor)

    def exported(kind: str, count: int) -> None:
        record_export(case="unfiled", what="未经备案的评价", kind=kind, count=count, by=request.actor, at=request.now)

    may_enter = not permissions.why_not(permissions.check_may_enter, request.actor)
    return list_page(
        request,
        queryset=queries.evaluators(request.actor),
        table=EvaluatorTable,
        filterset=EvaluatorFilter,
        title="未经备案的评价",
        unit="件",
        template="complaints/unfiled_list.html",
        empty=Empty(
            "还没有登记", "发现没有备案却以职业技能等级名义评价的，或者能力评价证书使用国家字样的，在这里登记。",
            "登记" if may_enter else "", reverse("authority:unfiled_new") if may_enter else "",
        ),
        exported=exported,
        extra={"tabs": tabs("unfiled", request.actor), "may_enter": may_enter, "waiting": queries.number_waiting(request.actor)},
    )


class EvaluatorForm(Form):
    """What was seen."""

    name = forms.CharField(label="开展评价的单位或者个人", max_length=160)
    uscc = forms.CharField(label="统一社会信用代码", max_length=18, required=False)
    district = forms.ChoiceField(label="所在区", required=False, choices=[("", "不清楚（由市职鉴中心办理）"), *DISTRICT_CHOICES])
    place = forms.CharField(label="地点或网址", max_length=200, required=False)
    claim = forms.ChoiceField(label="以什么名义评价", choices=[(one.value, one.label) for one in Claim], widget=forms.RadioSelect)
    title = forms.CharField(label="证书上的名称", max_length=160, required=False, help_text="照抄证书正面的大字。")
    emblem = forms.BooleanField(label="证书或者广告使用了国徽等国家标志", required=False)
    promises = forms.BooleanField(label="承诺“包过”、国家认可或者可以享受补贴", required=False)
    seen_on = forms.DateField(label="发现日期", widget=DayInput())
    words = forms.CharField(label="发现的情况", max_length=4000, required=False, widget=forms.Textarea({"rows": 4}))


@authority_door
def unfiled_new(request: Request) -> HttpResponseBase:
    """This page will take in what was seen of an evaluator, of itself or from a lead. :raises NotAllowed:"""
    permissions.check_may_enter(request.actor)
    lead = request.GET.get("lead", "")[:24]
    initial: dict[str, Any] = {"seen_on": request.today, "district": request.actor.district, "claim": Claim.LEVEL.value}
    if lead:
        found = queries.lead(lead, request.actor)
        initial |= {"name": found.about, "place": found.place, "district": found.district or request.actor.district}
    form = EvaluatorForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        names = ("name", "uscc", "district", "place", "title", "emblem", "promises", "seen_on", "words")
        what = WhatWasSeen(claim=Claim(told["claim"]), **{name: told[name] for name in names})
        with told_in(form):
            made = enter_evaluator(what=what, lead=lead, files=files_sent(request), by=request.actor, at=request.now)
            messages.success(request, f"已登记{made.number}，由{made.office.name}办理。")
            return redirect("authority:unfiled", made.number)
    crumbs = [{"label": "未经备案的评价", "url": reverse("authority:unfiled_list")}, {"label": "登记"}]
    return render(request, "complaints/unfiled_new.html", {"form": form, "crumbs": crumbs, "lead": lead, "largest": LARGEST})
