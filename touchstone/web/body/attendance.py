"""到考登记: who came? For a phone in the hand of an invigilator: two large buttons for each candidate."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.queries import sittings as queries
from touchstone.exams.states import Part, PlanState
from touchstone.kernel.law import Refusal
from touchstone.policy.exams.day import IDENTITY_PROOFS
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.doors import Request, body_door, told
from touchstone.web.plan_view import why_not
from touchstone.web.sittings.acts import act as act_on_sitting

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, Sitting


@body_door
def attendance(request: Request, number: str) -> HttpResponseBase:
    """This page will list the seats of one sitting with their marks, take marks, and close the sittings."""
    plan = own_plan(request, number)
    held = list(queries.sittings(plan))
    chosen = next((one for one in held if one.number == request.GET.get("sitting")), held[0] if held else None)
    if request.method == "POST":
        return _posted(request, plan, chosen)
    text = request.GET.get("q", "").strip()
    seats = queries.seats(chosen, text) if chosen else []
    tabs = [
        {
            "label": f"{Part(one.part).label} {one.room.name} {localtime(one.starts_at):%H:%M}",
            "url": f"?sitting={one.number}",
            "active": one is chosen,
            "count": one.unnoted or "",  # type: ignore[attr-defined]
        }
        for one in held
    ]
    refusal = why_not(request, "attend", plan)
    context = around(plan, "attendance") | {
        "sitting": chosen,
        "sitting_tabs": tabs,
        "seats": seats,
        "text": text,
        "unnoted": sum(one.unnoted for one in held),  # type: ignore[attr-defined]
        "open_now": plan.state == PlanState.ARRANGED,
        "why_not": refusal,
        "phase": chosen.phase if chosen else "",
        "proofs": list(IDENTITY_PROOFS.on(plan.exam_on).value.items()),
        "proof": request.session.get("identity_proof", ""),
        "early": bool(chosen and request.now < chosen.ends_at),
        "can_mark": _can_mark(request, plan, chosen),
    }
    return render(request, "body/attendance.html", context)


def _can_mark(request: Request, plan: "Plan", sitting: "Sitting | None") -> bool:
    """Seats are marked by the planners once the sitting was opened, until the exam is declared over."""
    settled = plan.state == PlanState.ARRANGED and not why_not(request, "attend", plan)
    return settled and sitting is not None and sitting.opened_at is not None


def _posted(request: Request, plan: "Plan", chosen: "Sitting | None") -> HttpResponseBase:
    act = request.POST.get("act", "")
    if act == "close":
        with told(request):
            close_sittings(plan_number=plan.number, by=request.actor, at=request.now)
            messages.success(request, "考试已结束，请录入成绩。")
            return redirect("body:scores", plan.number)
    elif chosen is not None:
        if request.headers.get("HX-Request"):
            return _one(request, plan, chosen)
        address = f"{reverse('body:attendance', args=[plan.number])}?sitting={chosen.number}"
        if act != "rest" and (done := act_on_sitting(request, chosen.number, address)) is not None:
            return done
        with told(request):
            results = note_attendance(sitting_number=chosen.number, marks=_marks(request, chosen), by=request.actor, at=request.now)
            messages.success(request, f"已登记{sum(1 for one in results if one.done)}人。")
            for one in results:
                if not one.done:
                    messages.error(request, one.sentence)
        return redirect(address)
    return redirect("body:attendance", plan.number)


def _marks(request: Request, sitting: "Sitting") -> dict[str, bool]:
    """One candidate's mark, or everybody's who has none yet."""
    present = request.POST.get("present") == "1"
    if request.POST.get("act") == "rest":
        return {seat.candidate.ticket_number or "": present for seat in queries.seats(sitting).filter(present__isnull=True)}
    return {request.POST.get("ticket", ""): present}


def _one(request: Request, plan: "Plan", sitting: "Sitting") -> HttpResponse:
    """Answer one tap with the row alone, its new mark or the sentence why not."""
    sentence = ""
    try:
        (result,) = note_attendance(sitting_number=sitting.number, marks=_marks(request, sitting), by=request.actor, at=request.now)
        sentence = "" if result.done else result.sentence
    except Refusal as refusal:
        sentence = str(refusal)
    seat = queries.seats(sitting).filter(candidate__ticket_number=request.POST.get("ticket", "")).first()
    context = {"seat": seat, "sitting": sitting, "plan": plan, "sentence": sentence, "can_mark": True}
    return render(request, "body/attendance_row.html", context)
