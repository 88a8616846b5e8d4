"""评价项目: an industry authority recommends, the city centre selects; everybody on the desk sees how a project stands."""

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_tables2 import A

from touchstone.calls import operations, permissions, queries
from touchstone.calls.facts import project_facts
from touchstone.calls.states import ProjectState
from touchstone.policy.calls.projects import check_project
from touchstone.web import call_view
from touchstone.web.authority.filing_acts import opinion_field
from touchstone.web.call_view import PROJECT_STATES
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES, levels_label
from touchstone.web.occupation_field import OccupationField
from touchstone.web.places import industry_choices, industry_label
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from touchstone.calls.models import Project


class ProjectTable(Table):
    """Projects."""

    number = Column("项目编号", linkify=("authority:project", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    occupation = Column("职业（工种）", accessor="occupation__name")
    levels = Column("等级", orderable=False)
    industry = Column("行业")
    yearly_demand = NumberColumn("预计年评价人次")
    employers = NumberColumn("用人单位")
    recommended_by_office = Column("推荐单位", accessor="recommended_by_office__name")
    recommended_at = DayColumn("推荐日")
    state = StateColumn(PROJECT_STATES, "状态")
    folded = ("employers",)

    def render_occupation(self, record: "Project") -> str:
        return str(record)

    def value_occupation(self, record: "Project") -> str:
        return str(record)

    def render_levels(self, value: list[int]) -> str:
        return levels_label(value)

    def render_industry(self, value: str) -> str:
        return industry_label(value)


class ProjectFilter(django_filters.FilterSet):
    """Narrowing the list of projects."""

    occupation = django_filters.CharFilter(label="职业（工种）", method="named")
    industry = django_filters.ChoiceFilter(label="行业", choices=industry_choices)
    state = django_filters.ChoiceFilter(label="状态", choices=[(key, label) for key, (label, _) in PROJECT_STATES.items()])

    def named(self, found: "QuerySet[Project]", name: str, value: str) -> "QuerySet[Project]":
        wanted = Q(occupation__name__icontains=value) | Q(occupation__code__startswith=value) | Q(trade__name__icontains=value)
        return found.filter(wanted)


class RecommendForm(Form):
    """What is recommended, why, and who needs it."""

    occupation = OccupationField()
    trade = forms.CharField(label="工种（按整个职业推荐的不填）", required=False, max_length=80)
    levels = forms.TypedMultipleChoiceField(label="等级", coerce=int, choices=LEVEL_CHOICES, widget=forms.CheckboxSelectMultiple)
    yearly_demand = forms.IntegerField(label="预计年评价人次", min_value=1, max_value=9_999_999)
    employers = forms.IntegerField(label="涉及用人单位数", min_value=1, max_value=999_999)
    reason = opinion_field("推荐理由")

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupation"].day = day  # type: ignore[attr-defined]


class DecisionForm(Form):
    """Selected or not, and why."""

    selected = forms.TypedChoiceField(
        label="遴选结论",
        choices=[("yes", "确定为社会化评价项目"), ("no", "不予确定")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
    )
    opinion = opinion_field("遴选意见")


PHRASES = ("社会需求明确，已颁布国家职业标准，确定为社会化评价项目。", "需求规模不足，暂不确定，请补充需求数据后再推荐。")


def tabs(active: str) -> list[dict[str, Any]]:
    """This function will give the lists of this part: calls, projects, and who was selected."""
    return [
        {"label": "征集公告", "url": reverse("authority:calls"), "active": active == "calls", "count": None},
        {"label": "评价项目", "url": reverse("authority:projects"), "active": active == "projects", "count": None},
        {"label": "入选机构", "url": reverse("authority:selections"), "active": active == "selections", "count": None},
    ]


@authority_door
def projects(request: Request) -> HttpResponseBase:
    """This page will list the projects an office may see; an industry authority begins a recommendation here."""
    can = permissions.can(request.actor, "recommend")
    empty = Empty(
        "还没有评价项目",
        "由市级行业主管部门推荐，市职鉴中心遴选确定后，才能公开征集评价机构。",
        "推荐项目" if can else "",
        reverse("authority:project_new") if can else "",
    )
    return list_page(
        request, queryset=queries.projects(request.actor), table=ProjectTable, filterset=ProjectFilter, title="评价项目", unit="个", empty=empty,
        template="authority/projects.html", extra={"tabs": tabs("projects"), "can_recommend": can},
    )  # fmt: skip


@authority_door
def project_new(request: Request) -> HttpResponseBase:
    """This page will recommend a project."""
    permissions.check_may(request.actor, "recommend")
    form = RecommendForm(request.POST or None, day=request.today)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("trade", "levels", "reason", "yearly_demand", "employers")}
        with told_in(form):
            code = form.cleaned_data["occupation"].code
            made = operations.recommend_project(occupation=code, **given, by=request.actor, at=request.now)
            messages.success(request, f"已推荐“{made}”，由市职鉴中心遴选确定。")
            return redirect("authority:project", made.number)
    crumbs = [{"label": "评价项目", "url": reverse("authority:projects")}, {"label": "推荐项目"}]
    return render(request, "authority/project_new.html", {"form": form, "crumbs": crumbs, "industry": industry_label(request.actor.industry)})


@authority_door
def project(request: Request, number: str) -> HttpResponseBase:
    """This page will show a project, what the rules find today, and what the actor can do with it."""
    found = queries.project(number, request.actor)
    context = _context(found, request)
    state, actor = ProjectState(found.state), request.actor
    if state is ProjectState.RECOMMENDED:
        context |= {
            "findings": check_project(project_facts(found, request.today), request.today),
            "decide_why_not": permissions.why_not(actor, "decide_project", found),
            "can_withdraw": permissions.can(actor, "withdraw_project", found),
        }
    context |= {
        "can_retire": state is ProjectState.SELECTED and permissions.can(actor, "retire_project", found),
        "selections": list(found.selections.select_related("body", "application").order_by("-selected_on", "id")),
        "lots": [{"lot": lot, "where": call_view.where(lot.district)} for lot in _published_lots(found)],
        "timeline": call_view.timeline(number),
    }
    return render(request, "authority/project.html", context)


def _published_lots(project: "Project") -> "QuerySet[Any]":
    return project.lots.filter(call__published_at__isnull=False).select_related("call").order_by("-call_id", "district")


def _context(found: "Project", request: Request) -> dict[str, Any]:
    return {
        "project": found,
        "tone": PROJECT_STATES[found.state][1],
        "industry": industry_label(found.industry),
        "levels": levels_label(found.levels),
        "findings": found.findings,
        "figures": [one for (code, _), one in queries.demand_figures([found.occupation.code]).items() if code],
        "crumbs": [{"label": "评价项目", "url": reverse("authority:projects")}, {"label": str(found)}],
    }


@authority_door
def project_decide(request: Request, number: str) -> HttpResponseBase:
    """This page will select or decline a recommended project, with the findings before one's eyes."""
    found = queries.project(number, request.actor)
    permissions.check_may(request.actor, "decide_project", found)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide = operations.select_project if form.cleaned_data["selected"] else operations.decline_project
        with told_in(form):
            done = decide(number=number, opinion=form.cleaned_data["opinion"], by=request.actor, at=request.now)
            messages.success(request, f"“{done}”{done.state_label}，已告知推荐单位。")
            return redirect("authority:project", number)
    findings = check_project(project_facts(found, request.today), request.today)
    return render(request, "authority/project_decide.html", _context(found, request) | {"form": form, "findings": findings, "phrases": PHRASES})


@require_POST
@authority_door
def project_withdraw(request: Request, number: str) -> HttpResponseBase:
    """This page will take back a recommendation."""
    queries.project(number, request.actor)
    with told(request):
        operations.withdraw_project(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
        messages.success(request, "已撤回推荐。")
    return redirect("authority:project", number)


@require_POST
@authority_door
def project_retire(request: Request, number: str) -> HttpResponseBase:
    """This page will call for a project no longer."""
    queries.project(number, request.actor)
    with told(request):
        operations.retire_project(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
        messages.success(request, "已停止征集；已入选的机构在有效期内不受影响。")
    return redirect("authority:project", number)
