"""评价档案: what does this archive hold, what is lacking, who looked into it, and what can be done with it?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.operations.archive import amend_archive, compile_archive, seal_archive
from touchstone.exams.operations.archive_access import consult_archive, destroy_archive, what_is_destroyed
from touchstone.exams.queries import archive as queries
from touchstone.exams.queries.results import trade_or_occupation
from touchstone.exams.states import ArchiveState
from touchstone.jobs.archives import defer_volumes
from touchstone.kernel.rules import Outcome
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.archive import Carrier, Volume, need_not_be_kept
from touchstone.web.archives.archives import TONES
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.downloads import send_attachment
from touchstone.web.events import told_lines
from touchstone.web.levels import level_label
from touchstone.web.paging import CappedPaginator

if TYPE_CHECKING:
    from touchstone.exams.models import Archive

_OPENINGS = 20
_QUIET = {"archive.consulted", "file.attached", "archive.volume_bound", "task.signed_for"}


@either_door
def archive(request: Request, number: str) -> HttpResponseBase:
    """This page will show an archive, and have it bound, sealed, added to or its destruction decided."""
    found = queries.archive(number, request.actor)
    if request.method == "POST":
        return redirect(own_side(request, "archive", _act(request, found)))
    return render(request, "archives/archive.html", _shown(request, found))


@either_door
def archive_progress(request: Request, number: str) -> HttpResponseBase:
    """This page will answer the polling while volumes are bound; when they are, the whole page is asked for anew."""
    found = queries.archive(number, request.actor)
    response = render(request, "archives/progress.html", {"archive": found, "progress": _progress(request, found)})
    if found.state != ArchiveState.COMPILING:
        response["HX-Refresh"] = "true"
    return response


@either_door
def archive_volume(request: Request, number: str, volume: str) -> HttpResponseBase:
    """This page will put down who looks into a volume, and why, and give it."""
    found = queries.archive(number, request.actor)
    if request.method == "POST":
        with told(request):
            bound = consult_archive(number=number, volume=volume, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
            return send_attachment(bound.attachment)
    return redirect(own_side(request, "archive", found.number))


def _act(request: Request, found: "Archive") -> str:
    by, at, number, post = request.actor, request.now, found.number, request.POST
    acts: dict[str, Callable[[], tuple[str, str]]] = {
        "compile": lambda: _compile(request, number),
        "seal": lambda: (seal_archive(number=number, statement=post.get("statement", ""), by=by, at=at).number, "档案已封存，各卷不能再变动。"),
        "amend": lambda: (amend_archive(number=number, reason=post.get("reason", ""), by=by, at=at).number, "已另立补充档案，原档案不变。"),
        "destroy": lambda: _destroy(request, number),
    }
    act = acts.get(post.get("act", ""))
    if act is not None:
        with told(request):
            number, words = act()
            messages.success(request, words)
    return number


def _compile(request: Request, number: str) -> tuple[str, str]:
    with transaction.atomic():
        compile_archive(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
        defer_volumes(number)
    return number, "已开始汇编，页面会自动更新进度。"


def _destroy(request: Request, number: str) -> tuple[str, str]:
    post = request.POST
    carrier = post.get("carrier", "")
    destroy_archive(number=number, carrier=carrier, reason=post.get("reason", ""), witness=post.get("witness", ""), by=request.actor, at=request.now)
    return number, f"已记录{Carrier(carrier).label}的销毁决定。"


def _progress(request: Request, found: "Archive") -> dict[str, Any]:
    done = len(queries.volumes_now(found)) if found.state == ArchiveState.COMPILING else len(Volume)
    return {"done": done, "total": len(Volume), "url": own_side(request, "archive_progress", found.number)}


def _shown(request: Request, found: "Archive") -> dict[str, Any]:
    state, day = ArchiveState(found.state), request.today
    own, plan, by = side(request) == "body", found.plan, request.actor
    bound = [] if state is ArchiveState.COMPILING else queries.volumes_now(found)
    listed = [
        {
            "volume": volume,
            "bound": next((one for one in bound if one.volume == volume), None),
            "url": own_side(request, "archive_volume_file", found.number, volume.value),
        }
        for volume in Volume
    ]
    destroyed = {one.carrier: one for one in found.destructions.select_related("decided_by__person")}
    over = [one for one in Carrier if one not in destroyed and need_not_be_kept(found.until(one), one, day).outcome is Outcome.MET]
    looked = queries.openings(found)
    return {
        "archive": found,
        "plan": plan,
        "own": own,
        "state_label": state.label,
        "tone": TONES[state],
        "occupation": trade_or_occupation(plan),
        "level": level_label(plan.level),
        "timely": queries.timeliness(found, day),
        "days_left": None if state is ArchiveState.SEALED else calendar().working_days_between(day, found.due_on),
        "listed": listed,
        "progress": _progress(request, found),
        "versions": list(queries.archives_of(plan)),
        "openings": CappedPaginator(looked, looked, _OPENINGS).get_page(request.GET.get("page")),
        "entries": list(told_lines(line for line in queries.timeline(found) if line.event not in _QUIET)),
        "destroyed": list(destroyed.values()),
        "over": [(one, what_is_destroyed(found, one)) for one in over] if state is ArchiveState.SEALED else [],
        "gone": Carrier.ELECTRONIC in destroyed,
        "why_not_keep": permissions.why_not(by, "keep_archive", plan),
        "why_not_seal": permissions.why_not(by, "seal_archive", plan),
        "why_not_destroy": permissions.why_not(by, "destroy_archive", plan),
        "why_not_consult": permissions.why_not_consult(by, found),
        "plan_url": own_side(request, "plan", plan.number),
        "crumbs": [{"label": "评价档案", "url": reverse(f"{side(request)}:archives")}, {"label": found.number, "url": ""}],
    }
