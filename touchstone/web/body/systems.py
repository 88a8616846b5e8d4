"""系统对接: by which keys do my body's own systems report, and how are they used?"""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts.people import field_key
from touchstone.api.endpoints import ENDPOINTS
from touchstone.bodies.queries import own_body
from touchstone.ledger.queries import history
from touchstone.policy.systems import KEY_LASTS_AT_MOST, OLD_SECRET_LASTS, Scope
from touchstone.systems import operations, permissions, queries
from touchstone.systems.states import KeyStanding
from touchstone.trust.fields import SealBroken
from touchstone.web.doors import Request, body_door, told
from touchstone.web.events import told_lines
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.paper_columns import badge
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, NumberColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.systems.models import Key

TONES = {KeyStanding.IN_FORCE: "ok", KeyStanding.FUTURE: "info", KeyStanding.OVER: "warn", KeyStanding.RETIRED: "neutral"}
_SHOWN_ONCE = "system_key_secret"


def new_secret() -> str:
    """This function will make the secret of a key: 256 bits of chance that nobody can guess."""
    return f"tsk_{secrets.token_urlsafe(32)}"


class KeyTable(Table):
    """Keys of one body."""

    name = Column("系统名称", orderable=False)
    number = Column("密钥编号")
    begins = Column("密钥开头", orderable=False)
    holder = Column("责任人", accessor="holder__person__name", orderable=False)
    scopes = Column("权限范围", orderable=False)
    until = DayColumn("到期日")
    last_used_at = MomentColumn("最近使用", default="还没有用过")
    requests = NumberColumn("近30天请求")
    wrong = NumberColumn("其中未成功")
    standing = Column("状态", empty_values=(), orderable=False)
    folded = ("scopes",)

    def render_name(self, value: str, record: "Key") -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:system", args=[record.number]), value)

    def value_name(self, value: str) -> str:
        return value

    def render_begins(self, value: str) -> str:
        return f"{value}…"

    def render_scopes(self, value: list[str]) -> str:
        return "、".join(Scope(one).label for one in value)

    def render_standing(self, record: "Key") -> SafeString:
        standing = record.standing_on(self.request.today)
        return badge(standing.label, TONES[standing])

    def value_standing(self, record: "Key") -> str:
        return record.standing_on(self.request.today).label


class LimitsForm(Form):
    """What a key is for, and who answers for it."""

    holder = forms.TypedChoiceField(label="责任人", coerce=int, help_text="系统所办的事都记在责任人名下；权限不超过责任人自己的岗位。")
    scopes = forms.MultipleChoiceField(
        label="权限范围",
        choices=[(one.value, one.label) for one in Scope],
        widget=forms.CheckboxSelectMultiple,
        help_text="只选这个系统用得到的几项。",
    )

    def __init__(self, *args: Any, holders: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["holder"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "请选择"), *((user.pk, user.display_name) for user in holders)]


class KeyForm(LimitsForm):
    """A new key."""

    name = forms.CharField(label="系统名称", max_length=60, help_text="例如：培训考务系统")
    since = forms.DateField(label="启用日", widget=DayInput())
    until = forms.DateField(label="到期日", widget=DayInput(), help_text="到期当日起不能使用。")
    field_order = ("name", "holder", "since", "until", "scopes")


@body_door
def systems(request: Request) -> HttpResponseBase:
    """This page will list the keys of the body's own systems."""
    body = own_body(request.actor)
    why_not = permissions.why_not_keep_keys(request.actor, body)
    new = "" if why_not else reverse("body:system_new")
    empty = Empty("还没有接口密钥", "有自有考务、培训系统的机构，可以用接口报送计划、报名、审核、过程和成绩。", "开通密钥" if new else "", new)
    return list_page(
        request, queryset=queries.keys_of(body, request.today), table=KeyTable, title="系统对接", unit="个", empty=empty, exportable=False,
        template="body/systems.html", extra={"why_not": why_not},
    )  # fmt: skip


@body_door
def system_new(request: Request) -> HttpResponseBase:
    """This page will open a key; its secret is shown once, on the page that follows."""
    body = own_body(request.actor)
    permissions.check_may_keep_keys(request.actor, body)
    longest = KEY_LASTS_AT_MOST.on(request.today).value
    initial = {"since": request.today, "until": request.today + timedelta(days=min(180, longest)), "scopes": [Scope.READ.value]}
    form = KeyForm(request.POST or None, holders=queries.holders(body, request.today), initial=initial)
    if request.method == "POST" and form.is_valid():
        given, secret = form.cleaned_data, new_secret()
        with told_in(form):
            made = operations.make_key(
                body=body, name=given["name"], holder_id=given["holder"], scopes=given["scopes"], since=given["since"], until=given["until"],
                secret=secret, by=request.actor, at=request.now,
            )  # fmt: skip
            _keep_for_next_page(request, made.number, secret)
            return redirect("body:system", made.number)
    back = reverse("body:systems")
    crumbs = [{"label": "系统对接", "url": back}, {"label": "开通密钥"}]
    return render(request, "body/form.html", {"form": form, "title": "开通接口密钥", "button": "开通", "back_url": back, "crumbs": crumbs})


@body_door
def system(request: Request, number: str) -> HttpResponseBase:
    """This page will show one key, its use and its past, and limit, rotate or retire it; a fresh secret is shown here once and never again."""
    body = own_body(request.actor)
    key = queries.key(number, body)
    act = request.POST.get("act", "")
    form = LimitsForm(
        request.POST if act == "limit" else None,
        holders=queries.holders(body, request.today),
        initial={"holder": key.holder_id, "scopes": key.scopes},
        auto_id="limit_%s",
    )
    if request.method == "POST" and _done(request, number, act, form):
        return redirect("body:system", number)
    standing = key.standing_on(request.today)
    context = {
        "key": key,
        "crumbs": [{"label": "系统对接", "url": reverse("body:systems")}, {"label": key.name}],
        "standing": standing.label,
        "tone": TONES[standing],
        "scopes": [Scope(one).label for one in key.scopes],
        "secret": _kept(request, number) if request.method == "GET" else "",
        "form": form,
        "why_not": permissions.why_not_keep_keys(request.actor, body),
        "usage": [one | {"title": ENDPOINTS[one["action"]].title if one["action"] in ENDPOINTS else one["action"]}
                  for one in queries.usage_by_action(key, request.today)],
        "batches": queries.batches_of(body).filter(key=key)[:10],
        "timeline": told_lines(history(number)),
        "overlap": OLD_SECRET_LASTS.on(request.today).value,
        "old_opens": key.former is not None and key.former_until is not None and key.former_until > request.today,
    }  # fmt: skip
    return render(request, "body/system.html", context)


def _keep_for_next_page(request: Request, number: str, secret: str) -> None:
    """Hand a fresh secret to the page that follows, sealed, for sessions lie in the database."""
    request.session[_SHOWN_ONCE] = field_key().seal(secret, f"session|{number}").hex()


def _kept(request: Request, number: str) -> str:
    sealed = request.session.pop(_SHOWN_ONCE, "")
    try:
        return field_key().open(bytes.fromhex(sealed), f"session|{number}") if sealed else ""
    except SealBroken:  # of another key, whose page was never opened
        return ""


def _done(request: Request, number: str, act: str, form: LimitsForm) -> bool:
    """Do one act on a key, and say whether to lead back to its page."""
    if act == "limit":
        if not form.is_valid():
            return False
        with told_in(form):
            given = form.cleaned_data
            operations.limit_key(number=number, scopes=given["scopes"], holder_id=given["holder"], by=request.actor, at=request.now)
            messages.success(request, "权限范围和责任人已更新，立即生效。")
            return True
        return False
    with told(request):
        if act == "rotate":
            secret, at_once = new_secret(), "at_once" in request.POST
            operations.rotate_key(number=number, secret=secret, at_once=at_once, by=request.actor, at=request.now)
            _keep_for_next_page(request, number, secret)
        elif act == "retire":
            operations.retire_key(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            messages.success(request, "接口密钥已停用，使用它的系统立即不能再报送。")
    return True
