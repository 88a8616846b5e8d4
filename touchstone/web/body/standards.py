"""标准（机构）: which standards does a body use, what do they say, and which specification has it written itself?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies.queries import own_body
from touchstone.catalogue import operations, permissions, queries
from touchstone.filings.queries import scope_in_force
from touchstone.kernel.numbers import name_key
from touchstone.policy.documents import notice
from touchstone.policy.filing.scope import BASES, Basis
from touchstone.policy.roles import BodyKind, Role
from touchstone.web.authority.occupation_forms import day_field, levels_field
from touchstone.web.authority.standards import state_of
from touchstone.web.doors import Request, body_door
from touchstone.web.forms import Form
from touchstone.web.levels import levels_label
from touchstone.web.occupation_field import OccupationField
from touchstone.web.refusing import told_in
from touchstone.web.structure_view import TONES
from touchstone.web.tables import Column, DayColumn, Empty, Table, list_page

USED, ALL = "used", "all"


class StandardTable(Table):
    """Standards a body may rest on."""

    title = Column("名称", linkify=lambda record: reverse("body:standard", args=[record.number]))
    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    occupation = Column("职业（工种）", accessor="occupation__name", order_by="occupation__pinyin_key")
    edition = Column("版本")
    levels = Column("等级", orderable=False)
    in_force_from = DayColumn("施行日")
    structure_number = Column("结构", orderable=False)

    def render_occupation(self, value: str, record: object) -> str:
        trade = record.trade  # type: ignore[attr-defined]
        return f"{value}（{trade.name}）" if trade else value

    def render_structure_number(self, value: str) -> SafeString:
        return format_html('<a class="ts-nowrap" href="{}">{}</a>', reverse("body:structure", args=[value]), value)

    def value_structure_number(self, value: str) -> str:
        return value

    def render_levels(self, value: list[int]) -> str:
        return levels_label(value)


class StandardFilter(django_filters.FilterSet):
    """Narrowing the list of standards."""

    words = django_filters.CharFilter(label="名称、编号或职业", method="fitting")
    shown = django_filters.ChoiceFilter(label="范围", choices=[(USED, "本机构使用"), (ALL, "全部国家职业标准")], method="as_shown", empty_label=None)

    def as_shown(self, found: queries.StandardSet, name: str, value: str) -> queries.StandardSet:
        """The page has narrowed the list already."""
        return found

    def fitting(self, found: queries.StandardSet, name: str, value: str) -> queries.StandardSet:
        wanted = Q(title__icontains=value) | Q(number__icontains=value) | Q(occupation__name_key__contains=name_key(value))
        return found.filter(wanted | Q(occupation__code__startswith=value))


class SpecificationForm(Form):
    """An enterprise's own specification."""

    title = forms.CharField(label="名称", max_length=120, widget=forms.TextInput({"placeholder": "例如：数控设备维护评价规范"}))
    edition = forms.CharField(label="版本", max_length=40, help_text="例如 2026年版。")
    occupation = OccupationField()
    levels = levels_field()
    in_force_from = day_field("施行日")

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["occupation"]
        assert isinstance(field, OccupationField)
        field.day = day


@body_door
def standards(request: Request) -> HttpResponseBase:
    """This page will list the standards the body uses and its own specifications, or every national one."""
    body, shown = own_body(request.actor), request.GET.get("shown", USED)
    found = queries.with_structure(queries.standards_open_to(request.actor.office_id), request.today)
    if shown != ALL:
        used = scope_in_force(request.today, body).values_list("standard_id", flat=True)
        found = found.filter(Q(pk__in=list(used)) | Q(owner_id=request.actor.office_id))
    own = Basis.SPECIFICATION in BASES.on(request.today).value[BodyKind(body.kind)]
    return list_page(
        request,
        queryset=found,
        table=StandardTable,
        filterset=StandardFilter,
        title="标准",
        unit="项",
        template="body/standards.html",
        empty=Empty("还没有使用的标准", "备案范围生效后，所依据的标准会出现在这里；也可以查看全部国家职业标准。"),
        extra={
            "shown": shown,
            "own": own,
            "clause": notice("三(二)1"),
            "may_write": own and request.actor.has(Role.BODY_FILER),
            "tabs": [
                {"label": "本机构使用", "url": "?shown=used", "active": shown != ALL},
                {"label": "全部国家职业标准", "url": "?shown=all", "active": shown == ALL},
            ],
        },
    )


@body_door
def standard(request: Request, number: str) -> HttpResponseBase:
    """This page will show an edition and the versions of what it says. :raises Http404: for an unknown one, or another body's."""
    found = queries.standards_open_to(request.actor.office_id).filter(number=number).first()
    if found is None:
        raise Http404
    label, tone = state_of(found.in_force_from, found.until, found.kind == Basis.SPECIFICATION and found.approved_on is None, request.today)
    context = {
        "space": "body",
        "standard": found,
        "state": label,
        "tone": tone,
        "levels": levels_label(found.levels),
        "structures": [{"structure": one, "tone": TONES[one.state]} for one in queries.structures_of(found, request.actor)],
        "why_not_draft": permissions.why_not_draft(request.actor, found),
        "clause": notice("三(二)1"),
        "crumbs": [{"label": "标准", "url": reverse("body:standards")}, {"label": found.title}],
    }
    return render(request, "body/standard.html", context)


@body_door
def specification_new(request: Request) -> HttpResponseBase:
    """This page will enter an enterprise's own specification, whose structure is imported next."""
    body = own_body(request.actor)
    form = SpecificationForm(request.POST or None, day=request.today, initial={"in_force_from": request.today})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "edition", "levels", "in_force_from")}
        with told_in(form):
            made = operations.enter_own_specification(
                body_kind=BodyKind(body.kind), code=form.cleaned_data["occupation"].code, owner=body.office, **given,
                by=request.actor, at=request.now,
            )  # fmt: skip
            messages.success(request, f"已登记《{made.title}》。请导入它的结构，再提请核准。")
            return redirect("body:structure_import", made.number)
    crumbs = [{"label": "标准", "url": reverse("body:standards")}, {"label": "编制评价规范"}]
    return render(request, "body/specification_new.html", {"form": form, "crumbs": crumbs})
