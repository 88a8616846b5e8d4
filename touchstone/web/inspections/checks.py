"""检查清单和日常督导页: which inspections were there, how did they end, what is still open, and how is one begun without a draw?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts.queries import office_by_key, people_with
from touchstone.bodies.queries import named
from touchstone.exams.operations.exports import record_export
from touchstone.inspections import operations, permissions
from touchstone.inspections.operations import CheckTerms
from touchstone.inspections.queries import visiting
from touchstone.inspections.states import VisitState
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.roles import BodyKind, Role
from touchstone.policy.supervision.items import ITEMS, Way
from touchstone.web.doors import Request, authority_door, either_door, own_side, side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.inspections.begun import shown
from touchstone.web.inspections.plans import tabs
from touchstone.web.inspections.words import VISIT_STATES
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

_OUTCOMES = [(one.value, one.label) for one in VisitOutcome if one is not VisitOutcome.CORRECTED]
_WAYS = {"drawn": "双随机抽查", "daily": "日常督导", "campaign": "专项督导"}


class VisitTable(Table):
    """Inspections."""

    number = Column("检查", attrs={"td": {"class": "ts-nowrap"}})
    body = Column("评价机构", accessor="body__name", order_by=("body_id", "-visit_on"))
    way = Column("方式", accessor="pk", orderable=False, attrs={"td": {"class": "ts-nowrap"}})
    office = Column("检查单位", accessor="office__short_name", order_by=("office_id", "-visit_on"))
    visit_on = DayColumn("检查日期")
    state = StateColumn(VISIT_STATES, "状态", order_by=("state", "-pk"))
    outcome = Column("结果", accessor="get_outcome_display", order_by="outcome", default="—")
    score = NumberColumn("得分", default="—")
    open_count = NumberColumn("未办结问题", orderable=False)
    sealed_at = MomentColumn("封存时间", default="—")
    folded = ("score", "sealed_at")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "inspection_visit", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_way(self, record: Any) -> str:
        return _WAYS["drawn" if record.task_id else "campaign" if record.campaign else "daily"]

    value_way = render_way


class VisitFilter(django_filters.FilterSet):
    """Narrowing the inspections."""

    number = django_filters.CharFilter(label="检查编号", lookup_expr="startswith")
    body = django_filters.CharFilter(label="评价机构", method="of_body")
    way = django_filters.ChoiceFilter(label="方式", choices=list(_WAYS.items()), method="of_way")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in VisitState])
    outcome = django_filters.ChoiceFilter(label="结果", choices=_OUTCOMES)
    left = django_filters.ChoiceFilter(label="问题", choices=[("open", "有未办结的问题")], method="with_open")
    mine = django_filters.ChoiceFilter(label="检查人员", choices=[("me", "本人参加的")], method="of_mine")
    day = DayRangeFilter(label="检查日期", field_name="visit_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if side(self.request) == "body":
            del self.filters["mine"]

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(named(value))

    def of_way(self, found: Any, name: str, value: str) -> Any:
        if value == "drawn":
            return found.filter(task__isnull=False)
        return found.filter(task__isnull=True, campaign="") if value == "daily" else found.exclude(campaign="")

    def of_mine(self, found: Any, name: str, value: str) -> Any:
        return visiting.inspected_by(found, self.request.actor)

    def with_open(self, found: Any, name: str, value: str) -> Any:
        return visiting.with_open_findings(found)


@either_door
def inspections(request: Request) -> HttpResponseBase:
    """This page will list the inspections of the actor's ground; a body those at itself."""

    def exported(kind: str, count: int) -> None:
        record_export(case="inspections", what="检查", kind=kind, count=count, by=request.actor, at=request.now)

    of_body = side(request) == "body"
    told = {"queryset": visiting.visits(request.actor), "table": VisitTable, "filterset": VisitFilter, "unit": "次检查", "exported": exported}
    if of_body:
        empty = Empty("还没有对贵机构的检查", "检查开始以后会出现在这里；需要改正的，同时有待办和消息。")
        return list_page(request, title="监督检查", empty=empty, **told)  # type: ignore[arg-type]
    empty = Empty("还没有检查", "抽取的任务揭晓以后开始检查，或者发起日常检查。")
    extra = {"tabs": tabs(request, "checks"), "may_begin": request.actor.has(Role.SUPERVISOR) and request.actor.office_kind in permissions.DRAWING}
    return list_page(request, title="双随机抽查", template="inspections/checks.html", empty=empty, extra=extra, **told)  # type: ignore[arg-type]


class CheckForm(Form):
    """Whom to look in on without a draw, where, with which items, and who goes along."""

    body = forms.CharField(label="机构编号", max_length=24, help_text="在评价机构页面或名录中查看。")
    place = forms.CharField(
        label="考核点或者场次编号", max_length=48, required=False, help_text="只检查一个考核点或者一个场次的填写；留空为检查机构。"
    )
    items = forms.MultipleChoiceField(label="检查事项", widget=forms.CheckboxSelectMultiple)
    second = forms.ChoiceField(label="同去的检查人员")

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [one for one in ITEMS.on(request.today).value.values() if Way.ON_SITE in one.ways and one.kinds]
        whole = set(BodyKind)
        titles = [(one.key, one.title if set(one.kinds) == whole else f"{one.title}（{one.kinds_label}）") for one in listed]
        self.fields["items"].choices = titles  # type: ignore[attr-defined]
        people = people_with(Role.SUPERVISOR, office_by_key(request.actor.office_id), request.today).exclude(user__pk=request.actor.user_id or 0)
        self.fields["second"].choices = [("", "请选择"), *((one.number, one.name) for one in people.order_by("number"))]  # type: ignore[attr-defined]


@authority_door
def inspection_check_new(request: Request) -> HttpResponseBase:
    """This page will begin a daily check. :raises NotAllowed: for those who may not."""
    permissions.check_may_begin_check(request.actor)
    form = CheckForm(request.POST if request.method == "POST" else None, request=request, initial={"body": request.GET.get("body", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with told_in(form):
            terms = CheckTerms(given["body"], given["items"], given["second"], given["place"])
            made = operations.begin_check(terms=terms, by=request.actor, at=request.now)
            messages.success(request, "检查已开始，请填写检查记录。")
            return redirect("authority:inspection_answers", made.number)
    context = {
        "form": form,
        "title": "发起日常检查",
        "button": "开始检查",
        "hint": "只能检查本单位监管职责之内的机构、考核点和场次，由两名质量督导员进行。",
        "back_url": reverse("authority:inspections"),
        "crumbs": [{"label": "检查", "url": reverse("authority:inspections")}, {"label": "发起日常检查"}],
    }
    return render(request, "body/entry_new.html", context)


@either_door
def inspection_of_body(request: Request, number: str) -> HttpResponseBase:
    """This page will show a body an inspection at itself. :raises NotAllowed: for another's."""
    return shown(request, number)
