"""专项督导页: which campaigns are there, what does one say, how far is it, and what can I do now?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.exams.operations.exports import record_export
from touchstone.inspections.facts.campaigns import by_district
from touchstone.inspections.operations import campaigns as acts
from touchstone.inspections.permissions import campaigns as permissions
from touchstone.inspections.queries import cameras as cameras_queries
from touchstone.inspections.queries import campaigns as queries
from touchstone.inspections.queries import records as records_queries
from touchstone.inspections.states.campaigns import PUBLIC, CampaignState
from touchstone.ledger.queries import history
from touchstone.policy.districts import DISTRICTS, district_name
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.items import ITEMS
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayInput, DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.occupation_field import OccupationsField
from touchstone.web.oversight.campaign_words import CAMPAIGN_STATES, campaign_pairs
from touchstone.web.oversight.records_words import CALL_STATES
from touchstone.web.oversight.tabs import HEADING, crumbs, tabs
from touchstone.web.oversight.watch_words import WATCH_STATES
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.inspections.models import Campaign

_LATEST = 20
_DONE = {
    "submit": "已报请审批负责人批准。",
    "return": "已退回修改。",
    "approve": "已批准，从现在起向社会公布。",
    "close": "已总结，向社会公布。",
}


class CampaignTable(Table):
    """Campaigns."""

    number = Column("专项", linkify=("authority:campaign", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    theme = Column("主题")
    office = Column("组织单位", accessor="office__name", orderable=False)
    since = DayColumn("开始")
    until = DayColumn("截止（不含）")
    state = StateColumn(CAMPAIGN_STATES, "状态")
    approved_at = DayColumn("批准日期", default="—")


class CampaignFilter(django_filters.FilterSet):
    """Narrowing the campaigns."""

    theme = django_filters.CharFilter(label="主题", lookup_expr="contains")
    office = django_filters.CharFilter(label="组织单位", field_name="office__name", lookup_expr="contains")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in CampaignState])
    since = DayRangeFilter(label="开始日期", field_name="since")


@authority_door
def campaigns(request: Request) -> HttpResponseBase:
    """This page will list the campaigns the actor may see."""

    def exported(kind: str, count: int) -> None:
        record_export(case="campaigns", what="专项督导", kind=kind, count=count, by=request.actor, at=request.now)

    may = permissions.can_make(request.actor)
    new = reverse("authority:campaign_new") if may else ""
    return list_page(
        request,
        queryset=queries.campaigns(request.actor),
        table=CampaignTable,
        filterset=CampaignFilter,
        title=HEADING["authority"],
        unit="次专项督导",
        template="oversight/list.html",
        empty=Empty("还没有专项督导", "围绕一个主题、在一段时间内督导一批机构的，由质量督导员提出方案。", *(("提出方案", new) if may else ())),
        exported=exported,
        extra={
            "tabs": tabs(request, "campaigns"),
            "subtitle": "围绕一个主题、在一段时间内督导一批机构；日常督导见双随机抽查",
            "new_url": new,
            "new_label": "提出方案",
        },
    )


class CampaignForm(Form):
    """What a campaign says."""

    theme = forms.CharField(label="主题", max_length=80)
    items = forms.MultipleChoiceField(label="检查事项", widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(label="开始日期", widget=DayInput())
    until = forms.DateField(label="截止日期（不含）", widget=DayInput())
    kinds = forms.MultipleChoiceField(
        label="机构类别", choices=[(one.value, one.label) for one in BodyKind], widget=forms.CheckboxSelectMultiple, required=False,
        help_text="不选为全部。",
    )  # fmt: skip
    districts = forms.MultipleChoiceField(
        label="注册所在区", choices=list(DISTRICTS.items()), widget=forms.CheckboxSelectMultiple, required=False, help_text="不选为全部。"
    )
    occupations = OccupationsField(label="职业", required=False, help_text="一行一个职业编码或者名称；不填为全部。")
    words = forms.CharField(label="重点和安排", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(one.key, one.title) for one in ITEMS.on(request.today).value.values()]  # type: ignore[attr-defined]
        self.fields["occupations"].day = request.today  # type: ignore[attr-defined]

    def terms(self) -> acts.CampaignTerms:
        """Give what was filled in as the operation takes it."""
        given = self.cleaned_data
        return acts.CampaignTerms(
            given["theme"], given["items"], given["since"], given["until"], given["words"], given["kinds"], given["districts"], given["occupations"]
        )


@authority_door
def campaign_new(request: Request) -> HttpResponseBase:
    """This page will begin a campaign. :raises NotAllowed: for those who make none."""
    permissions.check_may_make(request.actor)
    form = CampaignForm(request.POST if request.method == "POST" else None, request=request, initial={"since": request.today})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = acts.draft_campaign(terms=form.terms(), by=request.actor, at=request.now)
            messages.success(request, f"方案{made.number}已保存，核对后报请批准。")
            return redirect("authority:campaign", made.number)
    context = {
        "form": form,
        "title": "提出专项督导方案",
        "button": "保存",
        "hint": "批准以后向社会公布，不再修改。",
        "crumbs": crumbs(request, "专项督导", "campaigns", "提出方案"),
        "back_url": reverse("authority:campaigns"),
    }
    return render(request, "body/entry_new.html", context)


@authority_door
def campaign(request: Request, number: str) -> HttpResponseBase:
    """This page will show a campaign, carry it to the public, and say how far it is. :raises NotAllowed: for another's."""
    found = queries.campaign(number, request.actor)
    form = CampaignForm(request=request, initial=_first(found))
    act = request.POST.get("act", "save")
    if request.method == "POST" and act == "save":
        form = CampaignForm(request.POST, request=request)
        if form.is_valid():
            with told_in(form):
                acts.save_campaign(number=number, terms=form.terms(), by=request.actor, at=request.now)
                messages.success(request, "方案已保存。")
                return redirect("authority:campaign", number)
    elif request.method == "POST":
        _act(request, number, act)
        return redirect("authority:campaign", number)
    return render(request, "oversight/campaign.html", _context(request, found, form))


def _first(found: "Campaign") -> dict[str, Any]:
    said = {name: getattr(found, name) for name in ("theme", "items", "since", "until", "kinds", "districts", "words")}
    return said | {"occupations": "\n".join(found.occupations)}


def _act(request: Request, number: str, act: str) -> None:
    words = request.POST.get("words", "")
    here: dict[str, Any] = {"number": number, "by": request.actor, "at": request.now}
    chosen: dict[str, Callable[[], object]] = {
        "submit": lambda: acts.submit_campaign(**here),
        "return": lambda: acts.return_campaign(opinion=words, **here),
        "approve": lambda: acts.approve_campaign(opinion=words, **here),
        "close": lambda: acts.close_campaign(summary=words, **here),
    }
    if act in chosen:
        with told(request):
            chosen[act]()
            messages.success(request, _DONE[act])


def _context(request: Request, found: "Campaign", form: CampaignForm) -> dict[str, Any]:
    label, tone = CAMPAIGN_STATES[found.state]
    lines = by_district(found, request.today)
    calls = records_queries.calls(request.actor).filter(campaign=found.number)[:_LATEST]
    watched = cameras_queries.watches(request.actor).filter(campaign=found.number)[:_LATEST]
    return {
        "campaign": found,
        "state_label": label,
        "tone": tone,
        "pairs": campaign_pairs(found),
        "public": found.state in PUBLIC,
        "districts": [(district_name(one.district), one) for one in lines],
        "scope": sum(one.scope for one in lines),
        "checked": sum(one.checked for one in lines),
        "found": sum(one.found for one in lines),
        "calls": [(one, *CALL_STATES[one.state]) for one in calls],
        "watches": [(one, *WATCH_STATES[one.state]) for one in watched],
        "may": permissions.may(request.actor, found),
        "form": form,
        "entries": [told_with_receipt(line) for line in history(found.number)],
        "crumbs": crumbs(request, "专项督导", "campaigns", found.number),
        "request_key": uuid4(),
    }
