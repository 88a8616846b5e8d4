"""评卷页: one answer at a time, without a name: what was asked, what was written, which points does it get?"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from touchstone.exams.operations.script_marks import give_mark, to_mark
from touchstone.exams.operations.script_scores import Waiting, forms_of
from touchstone.exams.queries import sittings
from touchstone.exams.queries.marking import blind_name
from touchstone.exams.queries.scripts import standing
from touchstone.exams.states import Part
from touchstone.kernel.law import Refusal
from touchstone.questions.answered import parts_written, scoring_points
from touchstone.web.body.evaluation import own_plan
from touchstone.web.doors import Request, body_door


@body_door
def marking(request: Request, number: str, sitting: str) -> HttpResponseBase:
    """This page will show a marker the next answer that waits, and take its points."""
    plan = own_plan(request, number)
    one = sittings.sittings(plan).filter(number=sitting, part=Part.THEORY).first()
    if one is None:
        raise Http404
    waiting = to_mark(one, request.actor, request.now)
    error = ""
    if request.method == "POST":
        wanted = (request.POST.get("blind", ""), request.POST.get("position", ""))
        chosen = next((each for each in waiting if (blind_name(each.script), str(each.position)) == wanted), None)
        if chosen is None:
            messages.info(request, "这份作答已经评过。")
            return redirect("body:marking", number, sitting)
        given = {name.removeprefix("point-"): str(value) for name, value in request.POST.items() if name.startswith("point-")}
        try:
            give_mark(script_number=chosen.script.number, position=chosen.position, given=given, by=request.actor, at=request.now)
            return redirect("body:marking", number, sitting)
        except Refusal as refusal:
            error = str(refusal)
            waiting = [chosen, *(each for each in waiting if each is not chosen)]
    context = {
        "plan": plan,
        "sitting": one,
        "left": len(waiting),
        "crumbs": [
            {"label": "认定计划", "url": reverse("body:plans")},
            {"label": number, "url": reverse("body:plan", args=[number])},
            {"label": "评卷", "url": ""},
        ],
        "error": error,
        "typed": request.POST,
        **(_shown(waiting[0], request) if waiting else {}),
    }
    return render(request, "body/marking.html", context)


def _shown(one: Waiting, request: Request) -> dict[str, Any]:
    form = forms_of([one.script], request.now)[one.script.letter]
    placed, shown = form.placed[one.position], form.shown[one.position]
    answer = standing(one.script)[one.position]
    points = [
        {"key": each.key, "words": each.words, "rule": each.rule, "most": each.most, "value": request.POST.get(f"point-{each.key}", "")}
        for each in scoring_points(placed.content)
    ]
    return {
        "blind": blind_name(one.script),
        "position": one.position,
        "turn": one.turn,
        # both are written by `to_html`, which escapes what is not one of its own tags
        "stem": mark_safe(str(shown.head["stem"])),  # noqa: S308
        "materials": mark_safe(str(shown.head["materials"])),  # noqa: S308
        "worth": placed.points,
        "written": parts_written(placed.content, answer),
        "points": points,
    }
