"""机考登录: a candidate at the computer shows that the seat is theirs, looks at the card with their name, and begins."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.exams.operations.script_begin import begin_script, made_ready, sit_down
from touchstone.exams.permissions import DIGITS, last_digits
from touchstone.exams.queries.results import trade_or_occupation
from touchstone.exams.queries.scripts import free_seats, seat_by_key
from touchstone.kernel.law import Refusal
from touchstone.web.device import AT_THE_SEAT, keep_mark, mark_of
from touchstone.web.doors import Request
from touchstone.web.exam.holding import claim, claimed, held, hold
from touchstone.web.forms import Form
from touchstone.web.levels import level_label
from touchstone.web.public.demo import allowed
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.exams.models import Seat


DEMO_SEATS = 8


class SeatForm(Form):
    """What stands on the ticket, on the identity card and on the blackboard."""

    ticket = forms.CharField(label="准考证号", max_length=24, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}))
    digits = forms.CharField(label=f"身份证件号码后{DIGITS}位", max_length=DIGITS, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        label="考场口令", max_length=8, widget=forms.TextInput(attrs={"autocomplete": "off"}), help_text="由监考人员在考场公布，不分大小写。"
    )


def seat(request: Request) -> HttpResponseBase:
    """This page will take ticket, digits and code, show the card to look at, and begin the script."""
    if request.method == "POST" and "claim" in request.POST:
        return _begin(request)
    form = SeatForm(request.POST or None, initial={name: request.GET.get(name, "") for name in ("ticket", "digits", "code")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with told_in(form):
            found = sit_down(ticket=said["ticket"], digits=said["digits"], code=said["code"], at=request.now)
            made_ready(found, at=request.now)
            return render(request, "exam/card.html", _card(found))
    return render(request, "exam/seat.html", {"form": form, "demo_seats": _demo_seats() if allowed(request) else []})


def _demo_seats() -> list[tuple[str, str]]:
    """Whom a newcomer may be in the synthetic city, on this machine only: the label and the address with the form filled in."""
    found = []
    for one in free_seats(DEMO_SEATS):
        told = {"ticket": one.candidate.ticket_number, "digits": last_digits(one), "code": one.sitting.computer.code}
        found.append((f"{one.candidate.name}（{one.sitting.room.name}{one.seat_number}号）", f"?{urlencode(told)}"))
    return found


def _begin(request: Request) -> HttpResponseBase:
    key = claimed(request.POST["claim"])
    if key is None:
        messages.error(request, "这一页打开得太久，请重新填写准考证号。")
        return redirect("exam:seat")
    mark = mark_of(request, AT_THE_SEAT)
    try:
        found = begin_script(seat_id=key, at=request.now, device=mark, held=held(request))
    except Refusal as refusal:
        return render(request, "exam/card.html", _card(seat_by_key(key)) | {"refusal": refusal})
    response = redirect("exam:script")
    hold(response, found)
    keep_mark(response, AT_THE_SEAT, mark)
    return response


def _card(found: "Seat") -> dict[str, Any]:
    plan = found.sitting.plan
    return {
        "seat": found,
        "claim": claim(found.pk),
        "subject": f"{trade_or_occupation(plan)}{level_label(plan.level)}",
        "lines": [
            ("姓名", found.candidate.name),
            ("证件号码", found.candidate.person.id_masked),
            ("准考证号", found.candidate.ticket_number),
            ("考试", f"{trade_or_occupation(plan)}{level_label(plan.level)} {found.sitting.get_part_display()}"),
            ("考场与座位", f"{found.sitting.room.name} {found.seat_number}号"),
        ],
    }
