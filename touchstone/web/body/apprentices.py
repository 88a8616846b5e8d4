"""学徒名册: who learns with my enterprise, under which master, until when, and at which level was it fixed?"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.catalogue.queries import names_of
from touchstone.kernel.numbers import name_key
from touchstone.web.body.register_page import Ending, EntryPage, crumbs_of, entry_page, form_page, register_of
from touchstone.web.doors import Request, body_door
from touchstone.web.entry_view import HINTS
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.levels import level_label
from touchstone.web.occupation_field import OccupationField
from touchstone.web.paper_columns import LastDayColumn, badge, file_paper, period_words
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, Table, list_page
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from touchstone.bodies.models import Apprenticeship

REGISTER = "apprentices"
STANDING = [("open", "未定级"), ("fixed", "已定级"), ("ended", "提前结束")]


def state_of(row: "Apprenticeship", today: date) -> tuple[str, str]:
    """This function will say how an apprenticeship stands."""
    if row.level_fixed is not None:
        return f"已定{level_label(row.level_fixed)}", "ok"
    if row.ended_on is not None:
        return "提前结束", "neutral"
    return ("期满，待转正定级", "warn") if row.until <= today else ("学徒期内", "info")


def apprentice_facts(row: "Apprenticeship", today: date) -> list[tuple[str, Any]]:
    """This function will give what is entered about an apprentice, the identity number masked."""
    names = names_of([row.occupation_code], today)
    found = [
        ("证件号码", row.person.id_masked),
        ("所学职业", f"{row.occupation_code} {names.get(row.occupation_code, '')}".strip()),
        ("培养协议编号", row.agreement),
        ("师傅", f"{row.master}（{row.master_skill}）" if row.master_skill else row.master),
        ("培训机构", row.trained_by or "—"),
        ("学徒期", period_words(row.since, row.until)),
    ]
    if row.ended_on is not None:
        found.append(("提前结束", f"{day(row.ended_on)}，{row.ended_because}"))
    if row.level_fixed is not None and row.fixed_on is not None:
        fixed = f"{level_label(row.level_fixed)}，{day(row.fixed_on)}，依据计划{row.fixed_by}的考核结果"
        found += [("转正定级", fixed), ("转正定级编号", row.record_number)]
    return found


class ApprenticeTable(Table):
    """Apprentices of one enterprise; identity masked."""

    number = Column("学徒编号", attrs={"td": {"class": "ts-nowrap"}})
    name = NameColumn("姓名", accessor="person__name", order_by="person__name_key")
    id_masked = Column("证件号码", accessor="person__id_masked", orderable=False)
    occupation_code = Column("所学职业")
    master = Column("师傅")
    trained_by = Column("培训机构")
    since = DayColumn("学徒期起")
    until = LastDayColumn("学徒期止")
    state = Column("状态", empty_values=(), accessor="number", orderable=False)
    folded = ("trained_by",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:apprentice", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_state(self, record: Any) -> SafeString:
        return badge(*state_of(record, self.request.today))

    def value_state(self, record: Any) -> str:
        return state_of(record, self.request.today)[0]


class ApprenticeFilter(django_filters.FilterSet):
    """Narrowing the list of apprentices."""

    name = django_filters.CharFilter(label="姓名", method="named")
    occupation_code = django_filters.CharFilter(label="职业编码")
    standing = django_filters.ChoiceFilter(label="状态", choices=STANDING, method="standing_so")

    def named(self, found: Any, name: str, value: str) -> Any:
        return found.filter(person__name_key__contains=name_key(value))

    def standing_so(self, found: Any, name: str, value: str) -> Any:
        if value == "fixed":
            return found.filter(fixed_on__isnull=False)
        return found.filter(ended_on__isnull=False) if value == "ended" else found.filter(fixed_on__isnull=True, ended_on__isnull=True)


class ApprenticeForm(Form):
    """An apprentice with agreement, master and term."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(label="居民身份证号码", max_length=24, widget=forms.TextInput({"autocomplete": "off"}))
    occupation = OccupationField(label="所学职业")
    agreement = forms.CharField(label="培养协议编号", max_length=60)
    master = forms.CharField(label="师傅", max_length=60)
    master_skill = forms.CharField(label="师傅的技能等级或职称", max_length=60, required=False)
    trained_by = forms.CharField(label="培训机构", max_length=120, required=False, help_text="委托院校或培训机构培训的填写。")
    since = forms.DateField(label="学徒期自", widget=DayInput())
    last_day = forms.DateField(label="学徒期至", widget=DayInput(), help_text="含当日。")
    paper = forms.FileField(
        label="培养协议扫描件", required=False, help_text="PDF、JPG或PNG。没有协议的不能转正定级；可以登记后再上传。",
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupation"].day = day  # type: ignore[attr-defined]


@body_door
def apprentices(request: Request) -> HttpResponseBase:
    """This page will list the enterprise's apprentices; the export is put on record."""
    body = register_of(request, REGISTER)
    why_not = permissions.why_not_keep(request.actor, body)

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what=REGISTER, kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    new = () if why_not else ("登记学徒", reverse("body:apprentice_new"))
    return list_page(
        request,
        queryset=queries.apprentices_of(body),
        table=ApprenticeTable,
        filterset=ApprenticeFilter,
        title="学徒",
        unit="人",
        empty=Empty("还没有登记学徒", "登记学徒和培养协议；学徒期满后编制学徒工转正定级计划，从名册登记考核。", *new),
        totals=lambda rows: {"期满待定级": rows.filter(until__lte=request.today, fixed_on__isnull=True, ended_on__isnull=True).count()},
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": why_not,
            "actions": [(*new, "plus", "btn-primary")] if new else [],
            "crumbs": crumbs_of(REGISTER),
            "subtitle": "新八级工的第一级：学徒期满，由企业考核、转正定级（通知 二(一)）。",
        },
    )


@body_door
def apprentice_new(request: Request) -> HttpResponseBase:
    """This page will enter an apprentice, with the agreement."""
    body = register_of(request, REGISTER)
    permissions.check_may_keep(request.actor, body)
    form = ApprenticeForm(request.POST or None, request.FILES or None, day=request.today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        named = ("name", "id_number", "agreement", "master", "master_skill", "trained_by", "since")
        with told_in(form):
            made = operations.enter_apprentice(
                body=body,
                occupation=given["occupation"].code,
                until=given["last_day"] + timedelta(days=1),
                **{name: given[name] for name in named},
                by=request.actor,
                at=request.now,
            )
            messages.success(request, f"{made.person.name}已登记为学徒。")
            file_paper(request, made.number, "学徒培养协议", given["paper"])
            return redirect("body:apprentice", made.number)
    return form_page(request, form, register=REGISTER, title="登记学徒", button="登记", from_catalogue=True)


@body_door
def apprentice(request: Request, number: str) -> HttpResponseBase:
    """This page will show an apprentice with the agreement, and note that the apprenticeship broke off. :raises Http404:"""
    body = register_of(request, REGISTER)
    found = queries.apprentices_of(body).filter(number=number).first()
    if found is None:
        raise Http404
    ending = None
    if found.ended_on is None and found.fixed_on is None:
        ending = Ending(
            f"登记{found.person.name}的学徒期提前结束？",
            "提前结束后不能据此转正定级。",
            "登记提前结束",
            "提前结束日",
            lambda on, reason: operations.end_apprenticeship(number=number, on=on, reason=reason, by=request.actor, at=request.now),
            with_reason=True,
        )
    page = EntryPage(
        number=number,
        title=found.person.name,
        register=REGISTER,
        state=state_of(found, request.today),
        pairs=apprentice_facts(found, request.today),
        evidence_hint=HINTS[REGISTER],
        ending=ending,
    )
    return entry_page(request, page, body)
