"""机考收答: a browser sends changes and gets back which of them are on the disk, how much time is left, or the sentence why not."""

import json
from typing import Any

from django.http import HttpResponseBase, JsonResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from touchstone.accounts.actor import NotAllowed
from touchstone.exams.operations.script_answers import Change, HandedIn, Saved, said, save_answers
from touchstone.exams.operations.script_submit import submit_script
from touchstone.kernel.law import Refusal
from touchstone.web.doors import Request
from touchstone.web.exam.holding import held


@require_POST
def answers(request: Request) -> HttpResponseBase:
    """This page will keep changes; what it names as kept is kept."""
    return _taken(request, save_answers)


@require_POST
def submit(request: Request) -> HttpResponseBase:
    """This page will hand in the script with its last changes."""
    return _taken(request, submit_script)


def _taken(request: Request, act: Any) -> HttpResponseBase:
    told = held(request)
    if told is None:
        return _no("gone", "本机没有打开的答卷。请重新填写准考证号进入。", 403)
    try:
        changes = _changes(request)
    except (ValueError, TypeError, KeyError, RecursionError):
        return _no("unreadable", "发送的作答读不懂，没有保存。请举手联系监考人员。", 400)
    try:
        saved: Saved = act(script_id=told[0], holder=told[1], changes=changes, at=request.now)
    except HandedIn as refusal:
        return _no("handed_in", str(refusal), 409)
    except NotAllowed as refusal:
        return _no("elsewhere", str(refusal), 403)
    except Refusal as refusal:
        return _no("refused", str(refusal), 400)
    return JsonResponse(
        {
            "kept": saved.kept,
            "refused": [{"s": sequence, "sentence": sentence} for sequence, sentence in saved.refused.items()],
            "now": request.now.timestamp() * 1000,
            "ends": saved.script.ends_at.timestamp() * 1000,
            "saved_at": f"{localtime(request.now):%H:%M:%S}",
        }
    )


def _changes(request: Request) -> list[Change]:
    given = json.loads(request.body)
    return [_change(one, request) for one in given["changes"]]


def _change(one: dict[str, Any], request: Request) -> Change:
    return Change(_whole(one["s"]), _whole(one["p"]), one["v"], said(one.get("at"), request.now), _whole(one.get("ms", 0)))


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _no(state: str, sentence: str, code: int) -> JsonResponse:
    return JsonResponse({"state": state, "sentence": sentence}, status=code)
