"""人员管理: who has a log-in, and which roles does each hold where?"""

import secrets
from typing import TYPE_CHECKING

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts import operations, permissions, queries
from touchstone.policy.roles import ROLES_OF_OFFICE, OfficeKind, Role
from touchstone.web.doors import Request, operators_door, told
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.tables import Column, Table, list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from touchstone.accounts.models import Person


class PersonTable(Table):
    """People, identity masked."""

    name = Column("姓名", order_by="name_key")
    id_masked = Column("证件号码", orderable=False)
    phone_masked = Column("手机号码", orderable=False)
    username = Column("登录名", accessor="user__username")

    def render_name(self, value: str, record: "Person") -> SafeString:
        return format_html('<a href="/ops/people/{}">{}</a>', record.number, value)


class PersonFilter(django_filters.FilterSet):
    """Narrowing the list of people."""

    name = django_filters.CharFilter(label="姓名", lookup_expr="startswith")
    role = django_filters.ChoiceFilter(label="岗位", choices=[(r.value, r.label) for r in Role if r is not Role.PLATFORM], method="with_role")

    def with_role(self, found: "QuerySet[Person]", name: str, value: str) -> "QuerySet[Person]":
        return found.filter(pk__in=queries.ever_held(Role(value)))


class PersonForm(Form):
    """A new person with a log-in."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(label="居民身份证号码", max_length=24)
    phone = forms.RegexField(r"^1\d{10}$", label="手机号码", required=False)
    username = forms.RegexField(r"^[A-Za-z0-9_.-]{2,40}$", label="登录名", help_text="字母、数字、点、下划线和短横线")


class RoleForm(Form):
    """A role to grant."""

    office = forms.CharField(label="机构编号", max_length=24, help_text="可在“机构”列表中查到")
    role = forms.ChoiceField(label="岗位", choices=[(r.value, r.label) for r in Role if r is not Role.PLATFORM])
    since = forms.DateField(label="自", widget=DayInput())


@operators_door
def people(request: Request) -> HttpResponseBase:
    """This page will list the people who can log in or hold a role."""
    extra = {"can_grant": permissions.can(request.actor, "grant_roles")}
    found = queries.people_with_log_in().select_related("user")
    return list_page(
        request, queryset=found, table=PersonTable, filterset=PersonFilter, title="人员与岗位", unit="人",
        template="operators/people.html", extra=extra,
    )


@operators_door
def person_new(request: Request) -> HttpResponseBase:
    """This page will enter a person and open a log-in with a first password, shown once."""
    permissions.check_may(request.actor, "grant_roles")
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, password = form.cleaned_data, secrets.token_urlsafe(9)
        with told(request):
            person = operations.enter_person(
                name=given["name"], id_number=given["id_number"], phone=given["phone"], by=request.actor.with_key(""), at=request.now
            )
            operations.open_log_in(person=person, username=given["username"], password=password, by=request.actor, at=request.now)
            messages.success(request, f"已为{person.name}开通账号，初始密码 {password} 只显示这一次，请当面转交并提醒登录后修改。")
            return redirect("operators:person", person.number)
    return render(request, "operators/form.html", {"form": form, "title": "新增人员", "button": "开通账号", "back": "operators:people"})


@operators_door
def person(request: Request, number: str) -> HttpResponseBase:
    """This page will show a person's roles, grant one, or end one. :raises Http404:"""
    found = queries.people_with_log_in().filter(number=number).first()
    if found is None:
        raise Http404
    form = RoleForm(request.POST if request.POST.get("act") == "grant" else None, initial={"since": request.today})
    if request.method == "POST" and _changed(request, found, form):
        return redirect("operators:person", number)
    context = {
        "person": found,
        "holdings": queries.all_holdings_of(found),
        "form": form,
        "can_grant": permissions.can(request.actor, "grant_roles"),
        "today": request.today,
        "roles_by_kind": [(kind.label, "、".join(sorted(r.label for r in ROLES_OF_OFFICE[kind]))) for kind in OfficeKind],
    }
    return render(request, "operators/person.html", context)


def _changed(request: Request, person: "Person", form: RoleForm) -> bool:
    """This function will carry out the posted act and say whether the page is done with it."""
    if request.POST.get("act") == "end":
        with told(request):
            reason = request.POST.get("reason", "")
            operations.end_role(holding_id=int(request.POST["holding"]), until=request.today, by=request.actor, at=request.now, reason=reason)
            messages.success(request, "岗位已收回。")
        return True
    if not form.is_valid():
        return False
    given = form.cleaned_data
    office = queries.offices().filter(number=given["office"].strip()).first()
    if office is None:
        form.add_error("office", "没有这个编号的机构，请在“机构”列表中核对。")
        return False
    with told(request):
        operations.grant_role(person=person, office=office, role=Role(given["role"]), since=given["since"], by=request.actor, at=request.now)
        messages.success(request, f"已授予{office.name}“{Role(given['role']).label}”岗位。")
    return True
