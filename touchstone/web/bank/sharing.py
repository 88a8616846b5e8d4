"""共建共享页: who may use the city bank's questions of which standard, what was lent, and what has each office contributed?"""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.catalogue import queries as catalogue
from touchstone.kernel.periods import add_months
from touchstone.parameters.queries import in_force
from touchstone.policy.questions.lending import LENT_A_YEAR, LICENCE_MONTHS
from touchstone.questions import operations, permissions, queries
from touchstone.questions.queries import LicenceRow
from touchstone.web.bank.door import crumbs, own_bank, tabs
from touchstone.web.doors import Request, either_door, own_side
from touchstone.web.filters import DayInput, DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, Table, list_page


class LicenceTable(Table):
    """Licences."""

    number = Column("许可编号", attrs={"td": {"class": "ts-nowrap"}})
    body = Column("机构", accessor="body__name")
    standard = Column("标准")
    since = DayColumn("起")
    until = DayColumn("止（不含）")
    decided_at = Column("状态", empty_values=(), orderable=False)
    asked_at = DayColumn("申请")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "licence", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_decided_at(self, record: LicenceRow) -> SafeString:
        label, tone = queries.licence_state(record, self.request.today)
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', tone, label)

    def value_decided_at(self, record: LicenceRow) -> str:
        return queries.licence_state(record, self.request.today)[0]


class LicenceFilter(django_filters.FilterSet):
    """Narrowing the licences."""

    number = django_filters.CharFilter(label="许可编号", lookup_expr="startswith")
    body = django_filters.CharFilter(label="机构", field_name="body__name", lookup_expr="icontains")
    standard = django_filters.CharFilter(label="标准", field_name="standard__title", lookup_expr="icontains")
    undecided = django_filters.BooleanFilter(label="待决定", field_name="decided_at", lookup_expr="isnull")


class LendingTable(Table):
    """What was lent."""

    lent_at = MomentColumn("出借时间")
    question = Column("试题", accessor="question__number", attrs={"td": {"class": "ts-nowrap"}})
    contributor = Column("供题单位", accessor="question__contributed_by__name")
    body = Column("借用机构", accessor="licence__body__name")
    paper = Column("试卷")
    licence = Column("许可", accessor="licence__number")


class LendingFilter(django_filters.FilterSet):
    """Narrowing what was lent."""

    question = django_filters.CharFilter(label="试题编号", field_name="question__number", lookup_expr="startswith")
    body = django_filters.CharFilter(label="借用机构", field_name="licence__body__name", lookup_expr="icontains")
    paper = django_filters.CharFilter(label="试卷编号", lookup_expr="startswith")
    lent = DayRangeFilter(label="出借日期", field_name="lent_at")


class AskForm(Form):
    """For which standard, and what for."""

    standard = forms.ChoiceField(label="国家职业标准")
    reason = forms.CharField(label="用途", max_length=200, widget=forms.Textarea({"rows": 2}), help_text="例如：用于本单位车工五级认定的理论组卷。")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = catalogue.standards_in_force(catalogue.standards(), day).filter(owner__isnull=True).order_by("title", "number")
        self.fields["standard"].choices = [("", "请选择"), *((one.number, str(one)) for one in found)]  # type: ignore[attr-defined]


class DecideForm(Form):
    """Granted until a day, or declined with words."""

    grant = forms.TypedChoiceField(
        label="决定", choices=[("yes", "许可"), ("no", "不予许可")], coerce=lambda text: text == "yes", widget=forms.RadioSelect, empty_value=None
    )
    until = forms.DateField(label="许可至（不含）", required=False, widget=DayInput())
    reason = forms.CharField(label="不予许可的理由", required=False, max_length=200)


class EndForm(Form):
    """Why a licence is taken back."""

    reason = forms.CharField(label="收回理由", max_length=200)


@either_door
def licences(request: Request) -> HttpResponseBase:
    """This page will list the licences to use the city bank."""
    bank = own_bank(request)
    can_ask = permissions.can(request.actor, "ask_licence")
    new = own_side(request, "licence_new") if can_ask else ""
    empty = Empty("还没有使用许可", "机构按标准申请使用市级题库，由市职鉴中心决定期限。", "申请使用市级题库" if can_ask else "", new)
    return list_page(
        request, queryset=queries.licences(request.actor), table=LicenceTable, filterset=LicenceFilter, title="共享许可", unit="件", empty=empty,
        template="bank/list.html",
        extra={
            "bank": bank, "crumbs": crumbs(request, bank, ("共享许可", "")), "tabs": tabs(request, bank, "licences"), "new_url": new,
            "new_label": "申请使用市级题库", "subtitle": "许可期内，本机构组卷可以借用市级题库该标准的试题，每次出借都有记录（通知 三(二)3）。",
        },
    )  # fmt: skip


@either_door
def licence_new(request: Request) -> HttpResponseBase:
    """This page will ask for the use of the city bank's questions of a standard."""
    bank = own_bank(request)
    permissions.check_may(request.actor, "ask_licence")
    form = AskForm(request.POST or None, day=request.today)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            given = {name: form.cleaned_data[name] for name in ("standard", "reason")}
            made = operations.ask_licence(**given, by=request.actor, at=request.now)
            messages.success(request, f"已申请，编号{made.number}，由市职鉴中心决定。")
            return redirect(own_side(request, "licence", made.number))
    back = own_side(request, "licences")
    context = {"form": form, "title": "申请使用市级题库", "button": "提交申请", "back_url": back}
    return render(request, "body/form.html", context | {"crumbs": crumbs(request, bank, ("共享许可", back), ("申请", ""))})


@either_door
def licence(request: Request, number: str) -> HttpResponseBase:
    """This page will show a licence, to anybody of the office whose case it is; the centre decides it or takes it back here."""
    bank = queries.own_bank(request.actor) or own_bank(request)
    try:
        found = queries.licence(number, request.actor)
    except LicenceRow.DoesNotExist:
        raise Http404 from None
    state, tone = queries.licence_state(found, request.today)
    months, may = in_force(LICENCE_MONTHS, request.today), permissions.can(request.actor, "decide_licence")
    works = request.actor.has(*permissions.BANK_ROLES)
    initial = {"until": add_months(request.today, min(6, months.value))}
    decide = DecideForm(request.POST or None, initial=initial) if may and found.decided_at is None else None
    end = EndForm(request.POST or None) if may and state == "有效" else None
    if request.method == "POST" and _decided(request, number, decide, end):
        return redirect(own_side(request, "licence", number))
    decided_by = found.decided_by.person.name if found.decided_by and found.decided_by.person else ""
    fields = [("机构", found.body.name), ("标准", str(found.standard)), ("用途", found.asked_because), ("决定人", decided_by)]
    context = {
        "licence": found,
        "state": state,
        "tone": tone,
        "fields": fields,
        "decide": decide,
        "end": end,
        "months": months,
        "lent": queries.lendings(request.actor).filter(licence=found).count(),
        "crumbs": crumbs(request, bank, ("共享许可", own_side(request, "licences") if works else ""), (number, "")),
    }
    return render(request, "bank/licence.html", context)


def _decided(request: Request, number: str, decide: DecideForm | None, end: EndForm | None) -> bool:
    given: dict[str, Any] = {"number": number, "by": request.actor, "at": request.now}
    if decide is not None and decide.is_valid():
        with told_in(decide):
            if decide.cleaned_data["grant"]:
                operations.grant_licence(until=decide.cleaned_data["until"] or request.today, **given)
            else:
                operations.refuse_licence(reason=decide.cleaned_data["reason"], **given)
            messages.success(request, "已作出决定，并告知申请机构。")
            return True
    if end is not None and end.is_valid():
        with told_in(end):
            operations.end_licence(reason=end.cleaned_data["reason"], **given)
            messages.success(request, "已收回许可，并告知该机构。")
            return True
    return False


@either_door
def lendings(request: Request) -> HttpResponseBase:
    """This page will list what the city bank lent, and the credit of those who contributed."""
    bank = own_bank(request)
    empty = Empty("还没有出借记录", "机构组卷借用市级题库的试题时，每题每卷留下一条记录。")
    return list_page(
        request, queryset=queries.lendings(request.actor), table=LendingTable, filterset=LendingFilter, title="出借与贡献", unit="条", empty=empty,
        template="bank/lendings.html",
        extra={
            "bank": bank, "crumbs": crumbs(request, bank, ("出借与贡献", "")), "tabs": tabs(request, bank, "lendings"),
            "credits": queries.credits_earned(request.actor, request.now), "most": in_force(LENT_A_YEAR, request.today),
        },
    )  # fmt: skip
