"""机考答题页: the questions of a script in its own order, what was answered so far, the time left; and the page after handing in."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams.operations.script_show import questions_of
from touchstone.exams.queries.results import trade_or_occupation
from touchstone.exams.queries.scripts import script_by_key
from touchstone.files.queries import content as bytes_of
from touchstone.files.queries import of_case
from touchstone.policy.exams.scripts import SAVE_EVERY
from touchstone.web.doors import Request
from touchstone.web.exam.holding import held
from touchstone.web.levels import level_label

if TYPE_CHECKING:
    from touchstone.exams.models import Script


def script(request: Request) -> HttpResponseBase:
    """This page will hand a browser the questions of the script it holds, and what stands as answered."""
    found = _held(request)
    if found is None:
        return redirect("exam:seat")
    one, holder = found
    if one.submitted_at is not None:
        return redirect("exam:done")
    if one.holder != holder:
        return render(request, "exam/elsewhere.html", {"script": one}, status=403)
    seat = one.seat
    context = {
        "script": one,
        "seat": seat,
        "subject": f"{trade_or_occupation(seat.sitting.plan)}{level_label(seat.sitting.plan.level)}",
        "paper": _sent(request, one, holder),
    }
    response = render(request, "exam/script.html", context)
    response["Cache-Control"] = "no-store"
    return response


def away_part(request: Request) -> HttpResponseBase:
    """This page is what a browser keeps, and shows where a page of the exam is wanted and there is no line. It is the same for everybody."""
    return render(request, "exam/away.html")


def _sent(request: Request, one: "Script", holder: int) -> dict[str, Any]:
    shown = questions_of(one, at=request.now, address=lambda place: reverse("exam:media_file", args=[place, 0])[:-1])
    return {
        "number": one.number,
        "holder": holder,
        "sequence": one.sequence,
        "now": request.now.timestamp() * 1000,
        "ends": one.ends_at.timestamp() * 1000,
        "every": SAVE_EVERY.on(request.today).value,
        "token": get_token(request),
        "save": reverse("exam:answers_part"),
        "submit": reverse("exam:submit_part"),
        "done": reverse("exam:done"),
        "questions": shown.questions,
        "answers": shown.answers,
    }


def done(request: Request) -> HttpResponseBase:
    """This page will say that the script is handed in, when, and how much was answered."""
    found = _held(request)
    if found is None:
        return redirect("exam:seat")
    one, _ = found
    if one.submitted_at is None:
        return redirect("exam:script")
    return render(request, "exam/done.html", {"script": one, "seat": one.seat, "total": len(one.layout)})


def media(request: Request, place: int, number: int) -> HttpResponseBase:
    """This page will hand out a picture or sound of a question of the script. :raises Http404: for one that is none."""
    found = _held(request)
    if found is None or found[0].holder != found[1] or found[0].submitted_at is not None:
        raise Http404
    named = questions_of(found[0], at=request.now, address=lambda _: "").media_of(place, number)
    if named is None:
        raise Http404
    question, name = named
    row = next((one for one in of_case(question) if name in (one.number, one.name)), None)
    if row is None:
        raise Http404
    response = HttpResponse(bytes_of(row), content_type=row.media)
    response["Cache-Control"] = "no-store"
    return response


def _held(request: Request) -> "tuple[Script, int] | None":
    told = held(request)
    return None if told is None else (script_by_key(told[0]), told[1])
