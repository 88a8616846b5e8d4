"""登记页公用: what do the pages of every register have in common: whose it is, its form page, and the page of one entry?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies import operations, permissions, queries
from touchstone.exams.queries.registration import admitted_by
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.roles import BodyKind
from touchstone.web.body.candidates import STATES
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send_attachment
from touchstone.web.ending_papers_view import ending_line
from touchstone.web.events import told_lines
from touchstone.web.forms import day_given

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

SHOWN = 50
TITLES = {
    "workers": "在岗职工", "agreements": "合作协议", "commissions": "委托", "subsidiaries": "下属企业", "students": "学籍", "pilots": "试点",
    "enterprise_standards": "企业标准", "apprentices": "学徒",
}  # fmt: skip


@dataclass(frozen=True)
class Ending:
    """How an entry ends: the words of the dialog, and the operation, given the day and the reason."""

    title: str
    sentence: str
    button: str
    day_label: str
    end: Callable[[date, str], object]
    with_reason: bool = False


@dataclass(frozen=True)
class EntryPage:
    """One entry of a register, as its page shows it."""

    number: str
    title: str
    register: str
    state: tuple[str, str]
    pairs: Sequence[tuple[str, Any]]
    evidence_hint: str
    ending: Ending | None = None
    crumbs: Sequence[dict[str, str]] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    template: str = "body/entry.html"
    entered_at: datetime | None = None
    """Of rows that may have come with a workbook, and so have no ledger line of their own."""


def register_of(request: Request, register: str) -> "Body":
    """This function will give the actor's own body, when a body of its kind keeps this register. :raises NotAllowed:"""
    body = queries.own_body(request.actor)
    permissions.check_population(BodyKind(body.kind), register)
    return body


def crumbs_of(register: str, *further: tuple[str, str]) -> list[dict[str, str]]:
    """This function will give the way from 评价对象 to a page of a register; (label, address) for what follows."""
    found = [{"label": "评价对象", "url": reverse("body:populations")}]
    if not further:
        return [*found, {"label": TITLES[register], "url": ""}]
    return [*found, {"label": TITLES[register], "url": reverse(f"body:{register}")}, *({"label": a, "url": b} for a, b in further)]


def form_page(
    request: Request, form: Any, *, register: str, title: str, button: str, hint: str = "", back: str = "", from_catalogue: bool = False
) -> HttpResponseBase:
    """This function will show the form of a new entry; `from_catalogue` where it has a box that is filled from the catalogue."""
    back = back or reverse(f"body:{register}")
    context = {"form": form, "title": title, "button": button, "hint": hint, "back_url": back, "crumbs": crumbs_of(register, (title, ""))}
    context["from_catalogue"] = from_catalogue
    return render(request, "body/entry_new.html", context)


def entry_page(request: Request, page: EntryPage, body: "Body") -> HttpResponseBase:
    """This function will show an entry with its documents and whom it admitted, take documents, and end it."""
    if request.method == "POST":
        _act(request, page)
        return redirect(request.path)
    files = [
        {
            "name": one.name,
            "url": reverse("body:entry_file", args=[page.number, one.number]),
            "kind": one.label,
            "size": one.size,
            "at": one.uploaded_at,
            "number": one.number,
        }
        for one in of_case(page.number)
    ]
    people = list(admitted_by(page.number)[: SHOWN + 1])
    lines = (history(page.number) | history(body.number).filter(detail__number=page.number)).order_by("id")
    context = {
        "page": page,
        "state": page.state[0],
        "tone": page.state[1],
        "files": files,
        "people": [{"candidate": one, "label": STATES[one.state][0], "tone": STATES[one.state][1]} for one in people[:SHOWN]],
        "more_people": len(people) > SHOWN,
        "entries": [*_entered(page, body), *told_lines(lines)],
        "why_not": permissions.why_not_keep(request.actor, body),
        "crumbs": page.crumbs or crumbs_of(page.register, (page.title, "")),
        "today": request.today.isoformat(),
        "ending": ending_line(page.number, body, request.today),
        "request_key": uuid4(),
    }
    return render(request, page.template, context | page.extra)


def _entered(page: EntryPage, body: "Body") -> list[dict[str, Any]]:
    return [{"what": "登记", "who": body.name, "at": page.entered_at}] if page.entered_at else []


def _act(request: Request, page: EntryPage) -> None:
    act, by, at = request.POST.get("act", ""), request.actor, request.now
    with told(request):
        if act == "attach":
            label = request.POST.get("label", "")
            for file in request.FILES.getlist("file"):
                operations.file_evidence(
                    number=page.number, label=label, name=file.name or "材料", content=file.read(), by=by.with_key(""), at=at
                )
            messages.success(request, "材料已上传。")
        elif act == "remove":
            operations.withdraw_evidence(number=page.number, attachment=request.POST.get("attachment", ""), by=by.with_key(""), at=at)
            messages.success(request, "材料已移除。")
        elif act == "end" and page.ending is not None:
            day = day_given(request.POST.get("on", ""))
            if day is None:
                messages.error(request, f"请填写{page.ending.day_label}。")
                return
            page.ending.end(day, request.POST.get("reason", ""))
            messages.success(request, f"已办理{page.ending.button}。")


@body_door
def entry_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a document of one of the body's own entries or imports. :raises Http404:"""
    try:
        own = permissions.can_read_registers(request.actor, queries.body_of_entry(number))
    except Refusal:
        raise Http404 from None
    kept = of_case(number).filter(number=attachment).first() if own else None
    if kept is None:
        raise Http404
    return send_attachment(kept)
