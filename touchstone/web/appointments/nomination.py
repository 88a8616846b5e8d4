"""申报页: what did somebody do, which papers show it, what was found, and what can I do now? For the enterprise, the offices and the person."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.appointments import operations, permissions, queries
from touchstone.appointments.operations.putting_forward import EVIDENCE
from touchstone.appointments.states import Standing, State
from touchstone.files import queries as files
from touchstone.web.appointments.words import STANDINGS, entries_of, votes_of
from touchstone.web.doors import Request, own_side, person_door, side, told
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from touchstone.appointments.models import Nomination


@person_door
def nomination(request: Request, number: str) -> HttpResponseBase:
    """This page will show one put forward and carry out what the actor can do. :raises NotAllowed: for another's."""
    one = queries.nomination(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "nomination", number))
    own = side(request) == "candidate"
    open_now = one.round.state == State.ANNOUNCED and one.standing != Standing.WITHDRAWN
    theirs = own or not permissions.why_not(request.actor, "nominate", one.round)
    label, tone = STANDINGS[one.standing]
    context = {
        "one": one,
        "own": own,
        "state_label": label,
        "tone": tone,
        "pairs": _pairs(one),
        "votes": votes_of(one),
        "recusals": [] if own else one.recusals.select_related("member"),
        "files": [
            {"name": f"{kept.label}：{kept.name}", "url": own_side(request, "nomination_file", number, kept.number)} for kept in files.of_case(number)
        ],
        "labels": EVIDENCE,
        "may_add": open_now and theirs,
        "may_check": open_now and not permissions.why_not(request.actor, "check", one.round),
        "entries": entries_of(number),
        "crumbs": _crumbs(request, one),
        "request_key": uuid4(),
    }
    return render(request, "appointments/nomination.html", context)


def _pairs(one: "Nomination") -> list[tuple[str, Any]]:
    return [
        ("姓名", one.person.name),
        ("证件号码", one.person.id_masked),
        ("申报岗位", f"{one.round.occupation_label}{one.round.get_post_display()}"),
        ("企业", one.round.body.name),
        ("现岗位", one.work_post or "—"),
        ("方式", "本人申报" if one.by_self else "企业推荐"),
        ("取得前一等级", day(one.held_since)),
        ("证书或聘书编号", (one.held_number or "—") + ("（登记簿）" if one.registered else "")),
    ]


def _crumbs(request: Request, one: "Nomination") -> list[dict[str, str]]:
    if side(request) == "candidate":
        return [{"label": "特级首席评聘", "url": reverse("candidate:appointments")}, {"label": one.number, "url": ""}]
    return [
        {"label": "特级首席评聘", "url": own_side(request, "appointment_rounds")},
        {"label": one.round.number, "url": own_side(request, "appointment_round", one.round.number)},
        {"label": one.person.name, "url": ""},
    ]


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words = post.get("words", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "attach": (lambda: _attach(request, number), "材料已上传。"),
        "check": (
            lambda: operations.check_nomination(
                number=number, held=post.get("held") == "1", achievements=post.get("achievements") == "1", remark=words, by=by, at=at
            ),
            "核对情况已登记，条件已重新判定。",
        ),
        "withdraw": (lambda: operations.withdraw_nomination(number=number, reason=words, by=by, at=at), "申报已撤回。"),
    }
    act = post.get("act", "")
    if act in acts:
        with told(request):
            acts[act][0]()
            messages.success(request, acts[act][1])


def _attach(request: Request, number: str) -> None:
    label, by = request.POST.get("label", ""), request.actor.with_key("")
    for file in request.FILES.getlist("file"):
        operations.add_evidence(number=number, label=label, name=file.name or "材料", content=file.read(), by=by, at=request.now)
