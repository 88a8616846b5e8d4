"""发证密钥页: by which keys does a body sign its certificates, which wait for the city's countersignature, and which are retired?

One page for the body that owns the keys and for the offices that oversee it; what each may do there, the operations decide.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies.queries import own_body
from touchstone.certificates import permissions, queries
from touchstone.certificates.operations import countersign_key, make_key, retire_key
from touchstone.certificates.states import KeyState
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.ledger.queries import history
from touchstone.web import clock
from touchstone.web.batches import next_batch
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.events import told_lines
from touchstone.web.paper_columns import badge
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, MomentColumn, Table, chosen_rows, list_page
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from touchstone.certificates.models import IssuerKey

TONES = {"待加签": "warn", "使用中": "ok", "已到期": "warn", "已停用": "neutral"}
STANDINGS = [("made", "待加签"), ("countersigned", "使用中"), ("over", "已到期"), ("retired", "已停用")]
_OUTCOMES = "issuer_key_outcomes"


class IssuerKeyTable(Table):
    """Keys of one body, or of every body on the ground."""

    number = Column("密钥编号")
    owner = Column("评价机构", accessor="body__name", order_by="body__name_key")
    fingerprint = Column("公钥指纹", orderable=False)
    since = DayColumn("启用日")
    until = DayColumn("到期日")
    countersigned_at = MomentColumn("加签时间", default="—")
    standing = Column("状态", empty_values=(), order_by="state")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a class="ts-nowrap" href="{}"><code>{}</code></a>', own_side(self.request, "issuer_key", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_fingerprint(self, value: str) -> SafeString:
        return format_html('<code title="{}">{}…</code>', value, value[:16])

    def value_fingerprint(self, value: str) -> str:
        return value

    def render_since(self, value: date, record: "IssuerKey") -> str:
        return "加签之日" if record.state == KeyState.MADE else day(value)

    def render_until(self, value: date, record: "IssuerKey") -> str:
        return "—" if record.state == KeyState.MADE else day(value)

    def render_standing(self, record: "IssuerKey") -> SafeString:
        standing = record.standing_on(self.request.today)
        return badge(standing, TONES[standing])

    def value_standing(self, record: "IssuerKey") -> str:
        return record.standing_on(self.request.today)


class IssuerKeyFilter(django_filters.FilterSet):
    """Narrowing the list."""

    name = django_filters.CharFilter(label="机构名称", method="named")
    number = django_filters.CharFilter(label="密钥编号", lookup_expr="startswith")
    fingerprint = django_filters.CharFilter(label="公钥指纹", lookup_expr="istartswith")
    standing = django_filters.ChoiceFilter(label="状态", choices=STANDINGS, method="standing_so")

    def named(self, found: Any, name: str, value: str) -> Any:
        return found.filter(body__name_key__holds=name_key(value))

    def standing_so(self, found: Any, name: str, value: str) -> Any:
        over = Q(state=KeyState.COUNTERSIGNED, until__lte=clock.today())
        if value == "over":
            return found.filter(over)
        return found.filter(~over, state=value)


@either_door
def issuer_keys(request: Request) -> HttpResponseBase:
    """This page will list keys; a body's leader makes a new one here, the city centre countersigns those that are chosen."""
    found = queries.issuer_keys(request.actor)
    if request.method == "POST":
        return _countersigned(request, found) if request.POST.get("action") == "countersign" else _made(request)
    is_body = side(request) == "body"
    body = own_body(request.actor) if is_body else None
    why_not = permissions.why_not(request.actor, "make_key", body.office_id) if body else ""
    may_countersign = permissions.can(request.actor, "countersign_key", 0)
    return list_page(
        request,
        queryset=found,
        table=_Own if is_body else IssuerKeyTable,
        filterset=_OwnFilter if is_body else IssuerKeyFilter,
        title="发证密钥",
        unit="把",
        empty=Empty("还没有发证密钥", "机构首次核发证书时，平台自动生成并加签；机构负责人也可以提前生成，由市职鉴中心加签。"),
        batch=[BatchAction("countersign", "加签", "primary")] if may_countersign else [],
        template="issuer_keys/list.html",
        extra={
            "body": body,
            "why_not": why_not,
            "outcomes": request.session.pop(_OUTCOMES, None),
            "crumbs": [{"label": "证书", "url": own_side(request, "certificates")}, {"label": "发证密钥", "url": ""}],
        },
        exportable=not is_body,
    )


@either_door
def issuer_key(request: Request, number: str) -> HttpResponseBase:
    """This page will show one key, what it signed and its past; it is countersigned and retired here."""
    key = queries.issuer_key(number, request.actor)
    if request.method == "POST":
        _acted(request, key.number)
        return redirect(own_side(request, "issuer_key", number))
    assert key.body is not None
    office, standing = key.body.office_id, key.standing_on(request.today)
    waiting, retired = key.state == KeyState.MADE, key.state == KeyState.RETIRED
    context = {
        "key": key,
        "standing": standing,
        "tone": TONES[standing],
        "signed": queries.count_signed_by(key),
        "unsigned": queries.count_unsigned_of(key),
        "waiting": waiting,
        "retired": retired,
        "why_not_countersign": permissions.why_not(request.actor, "countersign_key", office),
        "why_not_retire": permissions.why_not(request.actor, "retire_key", office),
        "timeline": told_lines(history(number)),
        "crumbs": [
            {"label": "证书", "url": own_side(request, "certificates")},
            {"label": "发证密钥", "url": own_side(request, "issuer_keys")},
            {"label": number, "url": ""},
        ],
    }
    return render(request, "issuer_keys/key.html", context)


class _Own(IssuerKeyTable):
    """A body's own keys need not name it."""

    class Meta(IssuerKeyTable.Meta):
        exclude = ("owner",)


class _OwnFilter(IssuerKeyFilter):
    """A body has few keys."""

    name = None


def _made(request: Request) -> HttpResponseBase:
    with told(request):
        made = make_key(body=own_body(request.actor), by=request.actor, at=request.now)
        messages.success(request, f"发证密钥{made.number}已生成，已送市职鉴中心加签；加签前仍由现有密钥签发。")
    return redirect(own_side(request, "issuer_keys"))


def _acted(request: Request, number: str) -> None:
    act = request.POST.get("act")
    with told(request):
        if act == "countersign":
            countersign_key(number=number, by=request.actor, at=request.now)
            messages.success(request, "已加签，该机构今后核发的证书由这把密钥签名。")
        elif act == "retire":
            leaked = "leaked" in request.POST
            retire_key(number=number, reason=request.POST.get("reason", ""), leaked=leaked, by=request.actor, at=request.now)
            messages.success(request, "发证密钥已停用，私钥已销毁；它签发过的证书仍可查验。")


def _countersigned(request: Request, found: "QuerySet[IssuerKey]") -> HttpResponseBase:
    batch = next_batch(request, chosen_rows(request, queryset=found, filterset=IssuerKeyFilter))
    outcomes = []
    for key in batch.rows:
        try:
            countersign_key(number=key.number, by=request.actor.with_key(f"{request.actor.request_key}|{key.pk}"[:64]), at=request.now)
            outcomes.append({"label": f"{key.owner_name} {key.number}", "done": True, "sentence": "已加签"})
        except Refusal as refusal:
            outcomes.append({"label": f"{key.owner_name} {key.number}", "done": False, "sentence": str(refusal)})
    if not outcomes:
        messages.error(request, "没有选择发证密钥。请先勾选待加签的密钥，再加签。")
    request.session[_OUTCOMES] = {"rows": outcomes, "left": batch.left}
    return redirect(f"{reverse('authority:issuer_keys')}?{request.POST.get('query', '')}")
