"""更正补发申请: which requests of holders wait for my body, what does each ask, and what was done about it?"""

from typing import TYPE_CHECKING
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.certificates.queries import verify_path
from touchstone.exams.operations.exports import record_export
from touchstone.files import queries as files
from touchstone.ledger.queries import history
from touchstone.policy.certificates.revocation import CORRECTABLE
from touchstone.revocations import operations, permissions, queries
from touchstone.revocations.operations.changes import words_of
from touchstone.revocations.states import REQUEST_MOVES, RequestState
from touchstone.web.doors import Request, either_door, own_side, person_door, side, told
from touchstone.web.downloads import send_from_case
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayRangeFilter
from touchstone.web.revocations.words import REQUEST_STATES
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.revocations.models import HolderRequest

_KINDS = [("correction", "更正"), ("reissue", "补发")]
_DONE = {"check": "核对情况已登记，等待负责人决定。", "grant": "已办结。", "refuse": "已答复：不予办理。", "take_back": "申请已撤回。"}


class RequestTable(Table):
    """Requests of holders."""

    number = Column("申请", attrs={"td": {"class": "ts-nowrap"}})
    kind = Column("事项")
    holder = NameColumn("持证人", accessor="certificate__holder_name", orderable=False)
    certificate_number = Column("证书编号", attrs={"td": {"class": "ts-nowrap"}})
    state = StateColumn(REQUEST_STATES, "状态")
    asked_at = DayColumn("申请日期")
    due_on = DayColumn("办理期限")
    body = Column("评价机构", accessor="body__name", orderable=False)
    folded = ("body",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "certificate_request", value), value)

    def value_number(self, value: str) -> str:
        return value


class RequestFilter(django_filters.FilterSet):
    """Narrowing the requests."""

    number = django_filters.CharFilter(label="申请编号", lookup_expr="startswith")
    certificate = django_filters.CharFilter(label="证书编号", field_name="certificate_number", lookup_expr="startswith")
    kind = django_filters.ChoiceFilter(label="事项", choices=_KINDS)
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in RequestState])
    asked = DayRangeFilter(label="申请日期", field_name="asked_at")


@either_door
def certificate_requests(request: Request) -> HttpResponseBase:
    """This page will list the requests the actor may see."""

    def exported(kind: str, count: int) -> None:
        record_export(case="certificate_requests", what="更正补发申请", kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=queries.requests(request.actor),
        table=RequestTable,
        filterset=RequestFilter,
        title="证书更正和补发申请",
        unit="件",
        empty=Empty("还没有申请", "持证人在“我的证书”中申请更正、补发以后，会出现在这里。"),
        exported=exported,
    )


@person_door
def certificate_request(request: Request, number: str) -> HttpResponseBase:
    """This page will show a request and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.request(number, request.actor)
    if request.method == "POST":
        with told(request):
            _act(request, number)
        return redirect(own_side(request, "certificate_request", number))
    label, tone = REQUEST_STATES[found.state]
    own = side(request) == "candidate"
    made = verify_path(found.made_number) if found.made_number else ""
    names = CORRECTABLE.on(request.today).value
    context = {
        "asked": found,
        "own": own,
        "state_label": label,
        "tone": tone,
        "may": _may(request, found),
        "changes": words_of(found.changes),
        "fields": [(name, "" if name == "证件号码" else found.changes.get(name, "")) for name in names] if found.kind == "correction" else [],
        "files": [{"name": one.name, "url": own_side(request, "certificate_request_file", number, one.number)} for one in files.of_case(number)],
        "made_path": made,
        "certificate_url": "" if own else own_side(request, "certificate", found.made_number or found.certificate_number),
        "entries": [told_with_receipt(line) for line in history(number) if line.event.startswith("certificate_request.")],
        "crumbs": [
            {"label": "证书事项", "url": own_side(request, "certificate_matters")}
            if own
            else {"label": "更正和补发申请", "url": own_side(request, "certificate_requests")},
            {"label": number},
        ],
        "request_key": uuid4(),
    }
    return render(request, "revocations/request.html", context)


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words, act = post.get("words", ""), post.get("act", "")
    changes = {name: post.get(f"change-{n}", "") for n, name in enumerate(CORRECTABLE.on(request.today).value)}
    if act == "check":
        operations.check_request(number=number, opinion=words, changes=changes, by=by, at=at)
    elif act == "grant":
        operations.grant_request(number=number, answer=words, by=by, at=at)
    elif act == "refuse":
        operations.refuse_request(number=number, reason=words, next_step=post.get("next_step", ""), by=by, at=at)
    elif act == "take_back":
        operations.take_back_request(number=number, by=by, at=at)
    if act in _DONE:
        messages.success(request, _DONE[act])


def _may(request: Request, found: "HolderRequest") -> set[str]:
    moves = REQUEST_MOVES.open_from(RequestState(found.state))
    return {line.verb for line in moves if permissions.can(permissions.check_may_request, request.actor, line.verb, found)}


@person_door
def certificate_request_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send one proof of a request. :raises Http404:"""
    return send_from_case(queries.request(number, request.actor).number, attachment)
