"""细目表页: which blueprints are there, what does one ask for, how is a new one made, how does one end?"""

from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.catalogue import queries as catalogue
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.kinds import KINDS, kind_label
from touchstone.policy.questions.papers import Asked
from touchstone.questions import operations
from touchstone.questions.queries import own_bank as kept_bank
from touchstone.questions.queries import papers as queries
from touchstone.questions.queries.papers import BlueprintRow
from touchstone.questions.terms import Terms, default_terms
from touchstone.web.doors import Request, either_door, own_side, told
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.papers.door import blueprint_of, crumbs, keeps, own_bank, tabs, with_bank
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page

PART_CHOICES = [(part.value, part.label) for part in Part]
LEVELS = {int(key): label for key, label in LEVEL_CHOICES}


class BlueprintTable(Table):
    """Blueprints."""

    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    title = Column("名称")
    standard = Column("标准", orderable=False)
    level = Column("等级")
    part = Column("科目")
    bank = Column("题库", accessor="bank__name")
    paper_count = NumberColumn("试卷")
    made_at = DayColumn("编制")
    ended_at = Column("状态", empty_values=())

    folded = ("standard",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "blueprint", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_level(self, value: int) -> str:
        return str(LEVELS.get(value, value))

    value_level = render_level

    def render_part(self, value: str) -> str:
        return Part(value).label

    value_part = render_part

    def render_ended_at(self, record: BlueprintRow) -> SafeString:
        label, tone = state_of(record)
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', tone, label)

    def value_ended_at(self, record: BlueprintRow) -> str:
        return state_of(record)[0]


class BlueprintFilter(django_filters.FilterSet):
    """Narrowing the blueprints."""

    title = django_filters.CharFilter(label="名称", lookup_expr="icontains")
    level = django_filters.ChoiceFilter(label="等级", choices=LEVEL_CHOICES)
    part = django_filters.ChoiceFilter(label="科目", choices=PART_CHOICES)
    ended = django_filters.BooleanFilter(label="已停用", field_name="ended_at", lookup_expr="isnull", exclude=True)


def state_of(found: BlueprintRow) -> tuple[str, str]:
    """Say whether a blueprint may be used."""
    if found.ended_at is not None:
        return "已停用", "neutral"
    return ("已过时", "warn") if found.stale_because else ("有效", "ok")


@either_door
def blueprints(request: Request) -> HttpResponseBase:
    """This page will list the blueprints the visitor may see."""
    return list_page(
        request,
        queryset=queries.blueprints(request.actor),
        table=BlueprintTable,
        filterset=BlueprintFilter,
        title="细目表",
        unit="份",
        empty=Empty("还没有细目表", "细目表写明一套试卷的题型、题数、分值和难度；各职业功能的题数按标准的权重表分配。"),
        template="papers/list.html",
        extra={
            "tabs": tabs(request, "blueprints"),
            "crumbs": crumbs(request, ("细目表", "")),
            "subtitle": "一套试卷由哪些题型、多少题组成；各职业功能的题数按标准的权重表分配。",
            "new_url": own_side(request, "blueprint_new") if _may_make(request) else "",
            "new_label": "编细目表",
            "with_bank": with_bank(request),
        },
    )


def _may_make(request: Request) -> bool:
    bank = kept_bank(request.actor)
    return bank is not None and keeps(request, bank)


class ChoiceOfStandard(Form):
    """What the blueprint is for."""

    standard = forms.ChoiceField(label="标准")
    level = forms.TypedChoiceField(label="等级", coerce=int, choices=LEVEL_CHOICES)
    part = forms.ChoiceField(label="科目", choices=PART_CHOICES)

    def __init__(self, *args: Any, standards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].choices = [("", "请选择"), *standards]  # type: ignore[attr-defined]


class TermsForm(Form):
    """What each form of a paper must be; kinds are those that may stand in the part."""

    title = forms.CharField(label="名称", max_length=120)
    minutes = forms.IntegerField(label="考试时间（分钟）", min_value=1, max_value=600)
    element_most = forms.IntegerField(label="同一鉴定点最多几题", min_value=1, max_value=100)
    low = forms.DecimalField(label="平均难度不低于", min_value=0, max_value=1, decimal_places=2, help_text="难度是得分率：0.70表示平均得七成的分。")
    high = forms.DecimalField(label="平均难度不高于", min_value=0, max_value=1, decimal_places=2)
    exposure_months = forms.IntegerField(label="统计使用次数的月数", min_value=1, max_value=60)
    exposure_most = forms.IntegerField(label="其间最多已使用几次", min_value=0, max_value=100)
    overlap_most = forms.IntegerField(label="两套试卷最多共用几题", min_value=0, max_value=200)
    last_papers = forms.IntegerField(label="与最近几份试卷比较", min_value=0, max_value=20)
    last_overlap = forms.IntegerField(label="与最近试卷最多重复几题", min_value=0, max_value=200)
    seconds = forms.IntegerField(label="拉平各套的时间（秒）", min_value=1, max_value=60)

    def __init__(self, *args: Any, part: str, terms: Terms, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms, self.kinds = terms, [one for one in KINDS.on(day).value if part in {p.value for p in one.parts}]
        low, high = terms.difficulty
        given = {"low": low, "high": high} | {name: getattr(terms, name) for name in self.fields if hasattr(terms, name)}
        for name, value in given.items():
            self.fields[name].initial = value
        for one in self.kinds:
            asked = terms.kinds.get(one.key)
            self.fields[f"count_{one.key}"] = forms.IntegerField(
                label=f"{one.label}题数", min_value=0, max_value=300, initial=asked.count if asked else 0
            )
            self.fields[f"points_{one.key}"] = forms.DecimalField(
                label=f"{one.label}每题分值", min_value=0, max_value=100, decimal_places=2, initial=asked.points if asked else Decimal(1)
            )

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Give the kinds with their two fields."""
        return [(one.label, self[f"count_{one.key}"], self[f"points_{one.key}"]) for one in self.kinds]

    def rest(self) -> list[Any]:
        """Give the other fields."""
        return [self[name] for name in TermsForm.base_fields if name not in {"title", "request_key"}]

    def clean(self) -> dict[str, Any]:
        """See that the band of difficulty is one."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("low") is not None and found.get("high") is not None and found["low"] > found["high"]:
            self.add_error("high", "平均难度的上限不能小于下限。")
        return found

    def asked(self) -> Terms:
        """Give the terms as filled in."""
        data = self.cleaned_data
        kinds = {
            one.key: Asked(data[f"count_{one.key}"], data[f"points_{one.key}"]) for one in self.kinds if data[f"count_{one.key}"]
        }
        whole = {name: data[name] for name in ("minutes", "element_most", "exposure_months", "exposure_most", "overlap_most")}
        whole |= {name: data[name] for name in ("last_papers", "last_overlap", "seconds")}
        band = (float(data["low"]), float(data["high"]))
        return Terms(kinds=kinds, difficulty=band, abilities=self.terms.abilities, gap=self.terms.gap, **whole)


@either_door
def blueprint_new(request: Request) -> HttpResponseBase:
    """This page will ask what a blueprint is for, then what each form must be, filled with our defaults."""
    bank = own_bank(request)
    standards = [(one.number, str(one)) for one in _standards(request, bank.office_id)]
    chosen = {name: request.GET.get(name, "") for name in ("standard", "level", "part")}
    choice = ChoiceOfStandard(chosen if any(chosen.values()) else None, standards=standards)
    form = None
    allotted: tuple[Any, ...] = ()
    if choice.is_bound and choice.is_valid():
        said = choice.cleaned_data
        standard = catalogue.standard(said["standard"])
        structure = catalogue.structure_of(standard, request.today)
        printed = catalogue.exam_form(structure, said["level"], said["part"]) if structure else None
        base = default_terms(said["part"], printed.minutes if printed else None, request.today)
        title = {"title": f"{standard.occupation.name}{LEVELS[said['level']]}{Part(said['part']).label}"}
        form = TermsForm(request.POST or None, part=said["part"], terms=base, day=request.today, initial=title)
        allotted = queries.shared_out(standard, said["level"], said["part"], base.size, request.today)
        if request.method == "POST" and form.is_valid():
            with told_in(form):
                made = operations.make_blueprint(
                    bank=bank.number, title=form.cleaned_data["title"], terms=form.asked(), by=request.actor, at=request.now, **said_of(said)
                )
                messages.success(request, "细目表已保存，可以据以组卷。")
                return redirect(own_side(request, "blueprint", made.number))
    context = {
        "crumbs": crumbs(request, ("细目表", own_side(request, "blueprints")), ("编细目表", "")),
        "choice": choice,
        "form": form,
        "allotted": allotted,
        "may": keeps(request, bank),
    }
    return render(request, "papers/blueprint_new.html", context)


def said_of(said: dict[str, Any]) -> dict[str, Any]:
    """Give what the blueprint is for."""
    return {name: said[name] for name in ("standard", "level", "part")}


def _standards(request: Request, office: int) -> Any:
    return catalogue.standards_in_force(catalogue.standards(), request.today).filter(Q(owner__isnull=True) | Q(owner_id=office)).order_by("number")


@either_door
def blueprint(request: Request, number: str) -> HttpResponseBase:
    """This page will show what a blueprint asks for, how its questions are shared out, and the papers composed from it; it may be ended here."""
    found = blueprint_of(request, number)
    if request.method == "POST":
        with told(request):
            operations.end_blueprint(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            messages.success(request, "细目表已停用，已组成的试卷不受影响。")
        return redirect(own_side(request, "blueprint", number))
    terms, (label, tone) = queries.terms_of(found), state_of(found)
    context = {
        "blueprint": found,
        "crumbs": crumbs(request, ("细目表", own_side(request, "blueprints")), (number, "")),
        "terms": terms,
        "kinds": [(kind_label(key, request.today), one.count, one.points, one.count * one.points) for key, one in terms.kinds.items()],
        "allotted": queries.allotment(found, request.today),
        "fields": fields_of(terms),
        "state": label,
        "tone": tone,
        "about": [("标准", str(found.standard)), ("等级", LEVELS.get(found.level, found.level)), ("科目", Part(found.part).label)],
        "papers": queries.papers(request.actor).filter(blueprint=found)[:20],
        "may": keeps(request, found.bank),
        "usable": found.ended_at is None and not found.stale_because,
        "compose_url": f"{own_side(request, 'paper_new')}?blueprint={number}",
    }
    return render(request, "papers/blueprint.html", context)


def fields_of(terms: Terms) -> list[tuple[str, str]]:
    """Give the terms in words."""
    low, high = terms.difficulty
    return [
        ("考试时间", f"{terms.minutes}分钟"),
        ("平均难度", f"{low:.2f}至{high:.2f}（得分率）"),
        ("同一鉴定点", f"每套最多{terms.element_most}题"),
        ("使用次数", f"{terms.exposure_months}个月内最多已使用{terms.exposure_most}次"),
        ("平行试卷之间", f"最多共用{terms.overlap_most}题"),
        ("与最近试卷", f"最近{terms.last_papers}份，最多重复{terms.last_overlap}题"),
        ("比较测量信息的能力值", "、".join(f"{one:g}" for one in terms.abilities)),
        ("拉平各套", f"差距不大于{terms.gap:g}即停，最多{terms.seconds}秒"),
    ]
