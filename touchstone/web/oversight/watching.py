"""监控页: a sitting watched from afar: who signed in, what happened, which cameras are alive, what do they show, and what did we note?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from touchstone.exams.queries import serving
from touchstone.exams.states import Part
from touchstone.inspections.operations import watching as acts
from touchstone.inspections.permissions import cameras as permissions
from touchstone.inspections.queries import cameras as queries
from touchstone.inspections.queries.campaigns import under_way
from touchstone.kernel.law import Refusal
from touchstone.policy.exams.day import INCIDENT_KINDS
from touchstone.policy.supervision.records import SILENT_AFTER
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import send
from touchstone.web.oversight.tabs import crumbs
from touchstone.web.oversight.watch_words import camera_shown, gap_words
from touchstone.web.sittings.today import TONES

if TYPE_CHECKING:
    from touchstone.exams.models import Sitting

REFRESH = 5
"""Seconds after which the sitting is asked anew."""
_INCIDENTS, _CAMPAIGNS = 8, 100


@authority_door
def watching(request: Request, number: str) -> HttpResponseBase:
    """This page will show a sitting as it is now, and take what an inspector notes. :raises NotAllowed: for one not on the actor's ground."""
    sitting = serving.held_sitting(number, request.actor)
    if request.method == "POST":
        _act(request, sitting)
        return redirect("authority:watching", number)
    watch = queries.watch_of(sitting, request.actor.office_id)
    may_watch = permissions.can_watch(request.actor, sitting, request.today)
    cameras = queries.cameras_at(sitting, request.now)
    context = _live(request, sitting) | {
        "watch": watch,
        "may_begin": may_watch and watch is None,
        "may_observe": watch is not None and "observe" in permissions.may(request.actor, watch),
        "campaigns": [(one.number, one.theme) for one in under_way(request.actor)[:_CAMPAIGNS]] if may_watch and watch is None else [],
        "others": [one for one in queries.watches_of(sitting) if one.office_id != request.actor.office_id],
        "open_to_me": set(queries.watches(request.actor).filter(sitting=sitting).values_list("number", flat=True)),
        "stills": [(one.camera.name, one.still.sha256, one.still.taken_at) for one in cameras if one.still is not None],
        "title": f"{Part(sitting.part).label} {sitting.room.name}",
        "crumbs": crumbs(request, "今日监控", "watch_today", sitting.number),
        "request_key": uuid4(),
    }
    return render(request, "oversight/watching.html", context)


@authority_door
def watching_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment is the sitting as it is now."""
    return render(request, "oversight/watching_now.html", _live(request, serving.held_sitting(number, request.actor)))


def _live(request: Request, sitting: "Sitting") -> dict[str, Any]:
    day = localtime(sitting.starts_at).date()
    kinds, told_of = INCIDENT_KINDS.on(day).value, serving.incidents_of(sitting)
    cameras = queries.cameras_at(sitting, request.now)
    gaps = [gap_words(gap, request.now) for one in cameras for gap in one.gaps]
    in_use = [one for one in cameras if one.camera.retired_at is None]
    alive = sum(1 for one in in_use if one.finding is not None and one.finding.outcome == "met")
    return {
        "sitting": sitting,
        "plan": sitting.plan,
        "phase": sitting.phase,
        "phase_label": sitting.phase.label,
        "tone": TONES[sitting.phase],
        "incidents": [(one, kinds.get(one.kind, one.kind)) for one in told_of[:_INCIDENTS]],
        "incident_count": told_of.count(),
        "cameras": [camera_shown(one) for one in cameras],
        "declared": sitting.room.cameras,
        "connected": len(in_use),
        "alive": alive,
        "gaps": sorted(gaps, key=lambda one: one["gap"].begins_at),
        "silent_after": SILENT_AFTER.on(request.today).value,
        "refresh": REFRESH,
        "now": request.now,
    }


@authority_door
def watching_file(request: Request, number: str, sha256: str) -> HttpResponseBase:
    """This page will send a still of the room of a sitting on the actor's ground. :raises Http404:"""
    sitting = serving.held_sitting(number, request.actor)
    found = queries.still_of_sitting(sitting, sha256)
    if found is None:
        raise Http404
    answer: HttpResponse = send(queries.still_bytes(found), "image/jpeg", f"{sitting.number}.jpg", inline=True)
    return answer


def _act(request: Request, sitting: "Sitting") -> None:
    post, by, at = request.POST, request.actor, request.now
    act = post.get("act", "")
    with told(request):
        if act == "begin":
            made = acts.begin_watch(sitting=sitting, campaign=post.get("campaign", ""), by=by, at=at)
            messages.success(request, f"已开始远程监控（{made.number}），看到的情况随时记录。")
        elif act == "observe":
            watch = queries.watch_of(sitting, by.office_id)
            if watch is None:
                raise Refusal("本单位还没有开始监控这个场次。", None, "请先开始监控。")
            still = queries.still_of_sitting(sitting, post["still"]) if post.get("still") else None
            acts.note_observation(number=watch.number, words=post.get("words", ""), wrong=post.get("wrong") == "1", still=still, by=by, at=at)
            messages.success(request, "已记录。")


def watching_url(number: str) -> str:
    """This function will give the address on which offices watch a sitting."""
    return reverse("authority:watching", args=[number])
