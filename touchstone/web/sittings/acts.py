"""当日办理: what may be posted on the pages of a sitting, each as one operation."""

import base64
import binascii
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect

from touchstone.exams.operations.attendance import note_attendance
from touchstone.exams.operations.day import close_sitting, correct_sign_in, open_sitting, sign_in
from touchstone.exams.operations.incidents import Papers, confirm_hand_over, hand_over_papers, record_incident
from touchstone.exams.queries import serving
from touchstone.exams.queries.sittings import seats
from touchstone.kernel.law import Refusal
from touchstone.policy.exams.day import HAND_OVER_STEPS
from touchstone.web.device import AT_THE_DOOR, keep_mark, mark_of
from touchstone.web.doors import Request, told

_LARGEST = 400_000
_PHOTOS = 4


def act(request: Request, number: str, address: str) -> HttpResponseBase | None:
    """This function will carry out what was posted about a sitting and send the visitor on to an address; why not is told on the page, and nothing is
    given then. A browser that somebody was signed in with keeps its mark."""
    mark = mark_of(request, AT_THE_DOOR)
    if not _act(request, number, mark):
        return None
    done = redirect(address)
    if request.POST["act"] == "sign_in":
        keep_mark(done, AT_THE_DOOR, mark)
    return done


def _act(request: Request, number: str, device: str) -> bool:
    acts: dict[str, Callable[[Request, str], str]] = {
        "open": _open,
        "end": _end,
        "sign_in": partial(_sign_in, device=device),
        "correct": _correct,
        "rest": _rest,
        "incident": _incident,
        "hand_over": _hand_over,
        "confirm": _confirm,
    }
    chosen = acts.get(request.POST.get("act", ""))
    if chosen is None:
        return False
    with told(request) as outcome:
        messages.success(request, chosen(request, number))
    return not outcome.refused


def _said(request: Request, name: str) -> str:
    return request.POST.get(name, "").strip()


def _open(request: Request, number: str) -> str:
    open_sitting(sitting_number=number, identity=_said(request, "identity"), by=request.actor, at=request.now)
    return "已开考，可以登记考生入场。"


def _end(request: Request, number: str) -> str:
    close_sitting(sitting_number=number, reason=_said(request, "reason"), by=request.actor, at=request.now)
    return "本场已结束。"


def _sign_in(request: Request, number: str, *, device: str) -> str:
    """Let somebody in; the proof of identity last chosen is offered again."""
    identity = request.session["identity_proof"] = _said(request, "identity")
    scanned = request.POST.get("scanned") == "1"
    seat = sign_in(
        sitting_number=number,
        ticket=_said(request, "ticket"),
        identity=identity,
        scanned=scanned,
        device=device,
        by=request.actor,
        at=request.now,
    )
    return f"{seat.candidate.name}已签到，{seat.seat_number}号座{f'，{seat.form}卷' if seat.form else ''}。"


def _correct(request: Request, number: str) -> str:
    present, reason = request.POST.get("present") == "1", _said(request, "reason")
    ticket = _said(request, "ticket")
    seat = correct_sign_in(sitting_number=number, ticket=ticket, present=present, reason=reason, by=request.actor, at=request.now)
    return f"{seat.candidate.name}已更正为{'到考' if seat.present else '缺考'}。"


def _rest(request: Request, number: str) -> str:
    """Everybody who has no mark yet did not come."""
    sitting = serving.held_sitting(number, request.actor)
    marks = {seat.candidate.ticket_number or "": False for seat in seats(sitting).filter(present__isnull=True)}
    results = note_attendance(sitting_number=number, marks=marks, by=request.actor, at=request.now)
    return f"已登记缺考{len(results)}人。"


def _incident(request: Request, number: str) -> str:
    photos = tuple((photo.name or "照片.jpg", photo.read()) for photo in request.FILES.getlist("photos")[:_PHOTOS])
    made = record_incident(
        sitting_number=number,
        kind=_said(request, "kind"),
        words=_said(request, "words"),
        ticket=_said(request, "ticket"),
        photos=photos,
        by=request.actor,
        at=request.now,
    )
    return f"已记录（{made.number}）。"


def _hand_over(request: Request, number: str) -> str:
    count = {name: int(text) if (text := _said(request, name)).isdigit() and len(text) < 5 else 0 for name in ("packets", "sheets")}
    made = hand_over_papers(
        sitting_number=number,
        papers=Papers(_said(request, "step"), count["packets"], count["sheets"], request.POST.get("intact") == "1", _said(request, "remark")),
        second=_said(request, "second"),
        signature=_drawn(_said(request, "signature")),
        by=request.actor,
        at=request.now,
    )
    step = HAND_OVER_STEPS.on(request.today).value[made.step]
    return f"{step}已由{made.first_name}和{made.second_name}签字。" if made.second_at else f"{step}已登记，请另一人用自己的账号确认。"


def _confirm(request: Request, number: str) -> str:
    sitting = serving.held_sitting(number, request.actor)
    wanted = serving.hand_overs_of(sitting).filter(number=_said(request, "hand_over")).first()
    if wanted is None:
        raise Refusal("没有这张交接单。", None, "请刷新页面后重试。")
    made = confirm_hand_over(number=wanted.number, by=request.actor, at=request.now)
    return f"已由{made.first_name}和{made.second_name}签字。"


def _drawn(text: str) -> bytes:
    """Read a signature drawn on the page: a PNG in an address of its own."""
    head = "data:image/png;base64,"
    if not text:
        return b""
    try:
        content = base64.b64decode(text.removeprefix(head), validate=True) if text.startswith(head) and len(text) < _LARGEST else b""
    except binascii.Error:
        content = b""
    if not content:
        raise Refusal("手写签名没有收到。", None, "请清除后重新签名。")
    return content
