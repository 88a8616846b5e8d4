"""试卷列表与组卷: which papers are there, and how is one asked for?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.jobs.exam_papers import defer_compose
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.papers import FORMS, FORMS_MOST
from touchstone.policy.roles import OfficeKind
from touchstone.questions import operations
from touchstone.questions.queries import own_bank as kept_bank
from touchstone.questions.queries import papers as queries
from touchstone.questions.queries.papers import PaperRow
from touchstone.questions.states import PaperState
from touchstone.web.doors import Request, either_door, own_side
from touchstone.web.filters import DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.papers.blueprints import LEVELS, PART_CHOICES
from touchstone.web.papers.door import crumbs, keeps, own_bank, tabs
from touchstone.web.papers.plans import plan_choices
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

_TONES = {"asked": "info", "impossible": "danger", "composed": "info", "sealed": "warn", "opened": "warn", "used": "ok", "discarded": "neutral"}
STATES = {state.value: (state.label, _TONES[state.value]) for state in PaperState}
STATES["impossible"] = ("没有组成", "danger")
"""On a list that does not know why: what conflicts or that time ran out, the paper's own page says."""


class PaperTable(Table):
    """Papers."""

    number = Column("试卷编号", attrs={"td": {"class": "ts-nowrap"}})
    blueprint = Column("细目表", accessor="blueprint__title")
    level = Column("等级", accessor="blueprint__level")
    part = Column("科目", accessor="blueprint__part")
    bank = Column("题库", accessor="bank__name")
    forms_asked = NumberColumn("套数")
    state = StateColumn(STATES, "状态")
    case = Column("用于", default="—")
    opens_at = MomentColumn("启封时间", default="—")
    composed_at = MomentColumn("组卷")

    folded = ("bank", "level")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "paper", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_level(self, value: int) -> str:
        return str(LEVELS.get(value, value))

    value_level = render_level

    def render_part(self, value: str) -> str:
        return Part(value).label

    value_part = render_part


class PaperFilter(django_filters.FilterSet):
    """Narrowing the papers."""

    number = django_filters.CharFilter(label="试卷编号", lookup_expr="startswith")
    state = django_filters.MultipleChoiceFilter(label="状态", choices=[(value, label) for value, (label, _) in STATES.items()])
    level = django_filters.ChoiceFilter(label="等级", choices=LEVEL_CHOICES, field_name="blueprint__level")
    part = django_filters.ChoiceFilter(label="科目", choices=PART_CHOICES, field_name="blueprint__part")
    case = django_filters.CharFilter(label="用于（计划编号）", lookup_expr="icontains")
    composed = DayRangeFilter(label="组卷日期", field_name="composed_at")


@either_door
def papers(request: Request) -> HttpResponseBase:
    """This page will list the papers the visitor may see."""
    bank = kept_bank(request.actor)

    def on_record(kind: str, count: int) -> None:
        with transaction.atomic():
            record("list.exported", "papers", by=request.actor.with_key(""), at=request.now, detail={"kind": kind, "count": count})

    return list_page(
        request,
        queryset=queries.papers(request.actor),
        table=PaperTable,
        filterset=PaperFilter,
        title="试卷",
        unit="份",
        empty=Empty("还没有试卷", "先编细目表，再据以组卷；组成以后由两人分持密钥封存，到时启封。"),
        exported=on_record,
        template="papers/list.html",
        extra={
            "tabs": tabs(request, "papers"),
            "subtitle": "据细目表组成的平行试卷：组卷、封存、启封、打印、使用和统计。",
            "new_url": own_side(request, "paper_new") if bank is not None and keeps(request, bank) else "",
            "new_label": "组卷",
        },
    )


class ComposeForm(Form):
    """Which blueprint, how many forms, for what."""

    blueprint = forms.ChoiceField(label="细目表")
    forms_asked = forms.IntegerField(label="平行套数", min_value=1, help_text="A卷、B卷……，各套难度和测量信息相当，题目不重复。")
    case = forms.ChoiceField(label="用于哪个计划", required=False)

    def __init__(self, *args: Any, blueprints: list[tuple[str, str]], plans: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blueprint"].choices = [("", "请选择"), *blueprints]  # type: ignore[attr-defined]
        if plans is None:
            self.fields["case"] = forms.CharField(label="用于哪个计划", max_length=64, required=False, help_text="填写认定计划的编号，可以以后再定。")
        else:
            self.fields["case"].choices = [("", "以后再定"), *plans]  # type: ignore[attr-defined]


@either_door
def paper_new(request: Request) -> HttpResponseBase:
    """This page will take what a paper is to be composed from, and line the work up."""
    bank = own_bank(request)
    usable = queries.blueprints(request.actor, bank).filter(ended_at__isnull=True, stale_because="")
    plans = plan_choices(request) if request.actor.office_kind is OfficeKind.ASSESSMENT_BODY else None
    first = {"blueprint": request.GET.get("blueprint", ""), "forms_asked": in_force(FORMS, request.today).value}
    chosen = [(one.number, f"{one.title}（{one.number}）") for one in usable]
    form = ComposeForm(request.POST or None, blueprints=chosen, plans=plans, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with told_in(form), transaction.atomic():
            made = operations.ask_paper(blueprint=said["blueprint"], forms=said["forms_asked"], case=said["case"], by=request.actor, at=request.now)
            defer_compose(made.number)
            messages.success(request, "已开始组卷，完成以后本页会显示结果。")
            return redirect(own_side(request, "paper", made.number))
    context = {
        "form": form,
        "crumbs": crumbs(request, ("组卷", "")),
        "any": bool(chosen),
        "may": keeps(request, bank),
        "blueprint_url": own_side(request, "blueprint_new"),
        "most": in_force(FORMS_MOST, request.today).value,
    }
    return render(request, "papers/paper_new.html", context)


def state_of(found: PaperRow) -> tuple[str, str]:
    """Give label and tone of a paper's state."""
    if found.state == PaperState.IMPOSSIBLE and found.report.get("unknown"):
        return "没有算完", "warn"
    return STATES[found.state]
