"""主管培训页: who signed up for a training, for how many hours were they there, and with what result?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.guidance import operations, permissions, queries
from touchstone.guidance.states import Attended
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from touchstone.guidance.models import Attendance


@authority_door
def training(request: Request, number: str) -> HttpResponseBase:
    """This page will show who signed up for a training, and note hours and results, person by person. :raises Http404:"""
    notice = queries.notices(request.actor).filter(number=number).first()
    found = queries.training_of(notice) if notice is not None else None
    if notice is None or found is None:
        raise Http404
    people = list(queries.people_of(found, request.actor))
    why_not = permissions.why_not(permissions.check_may_note_training, request.actor, notice)
    if request.method == "POST":
        with told(request):
            faults = operations.note_training(number=number, noted=_noted(request, people), by=request.actor, at=request.now)
            for one in faults:
                messages.warning(request, one)
            if not faults:
                messages.success(request, "学时和结果已登记。")
        return redirect("authority:guidance_training", number)
    back = reverse("authority:guidance_notice", args=[number])
    context = {
        "notice": notice,
        "training": found,
        "people": people,
        "results": Attended.choices,
        "may_note": not why_not and request.today >= found.held_on,
        "why_not": why_not or f"培训在{day(found.held_on)}举行，之后在这里登记学时和结果。",
        "crumbs": [
            {"label": "培训和指导通知", "url": reverse("authority:guidance_notices")},
            {"label": number, "url": back},
            {"label": "报名和结果", "url": ""},
        ],
        "back_url": back,
    }
    return render(request, "authority/guidance_training.html", context)


def _noted(request: Request, people: "list[Attendance]") -> dict[int, tuple[int | None, str]]:
    """What was filled in, by person; who was left empty is left as is."""
    found: dict[int, tuple[int | None, str]] = {}
    for one in people:
        hours, result = request.POST.get(f"hours-{one.pk}", "").strip(), request.POST.get(f"result-{one.pk}", "")
        if hours or result:
            found[one.pk] = (int(hours) if hours.isascii() and hours.isdigit() and len(hours) < 5 else None, result)
    return found
