"""摄像头接口: heartbeats and stills of the cameras of examination rooms, each let in by a key of its own.

`POST cameras/beats` takes {"sequence": whole number that only grows, "taken_at": moment or absent}; `POST cameras/stills` takes a JPEG, its moment in
the query (`taken_at`). Sent again, either has one effect. This is for machines of the venue, apart from the interface of bodies' systems.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from touchstone.api import problems
from touchstone.api.problems import as_response, of_refusal, problem
from touchstone.inspections.operations.feeding import CameraRefused, CameraTooOften, admit_camera, take_beat, take_still
from touchstone.kernel.law import Refusal
from touchstone.web import clock

if TYPE_CHECKING:
    from touchstone.inspections.models import Camera

log = logging.getLogger(__name__)
_LARGEST = 2 * 1024 * 1024
"""Nothing longer is read at all; what a still may weigh is a parameter below that."""
_MOST_SEQUENCE = 2**62


class _Unreadable(Refusal):
    """What was sent is not what the address takes."""


@csrf_exempt
def camera_beat_file(request: HttpRequest) -> HttpResponseBase:
    """This answer will take a heartbeat."""
    return _served(request, _beat)


@csrf_exempt
def camera_still_file(request: HttpRequest) -> HttpResponseBase:
    """This answer will take a still."""
    return _served(request, _still)


def _served(request: HttpRequest, work: "Callable[[HttpRequest, Camera, datetime], dict[str, Any]]") -> HttpResponse:
    if request.method != "POST":
        answer = as_response(problem(problems.NO_SUCH_METHOD, "这个地址只支持POST。", next_step="请对照接口文档。"))
        answer["Allow"] = "POST"
        return answer
    at = clock.now()
    try:
        camera = admit_camera(secret=_secret(request), at=at)
        return JsonResponse(work(request, camera, at) | {"camera": camera.number, "now": at.isoformat()})
    except CameraRefused as refusal:
        answer = as_response(_told(problems.KEY_REFUSED, refusal))
        answer["WWW-Authenticate"] = 'Bearer realm="touchstone-cameras"'
        return answer
    except CameraTooOften as refusal:
        answer = as_response(_told(problems.TOO_MANY, refusal))
        answer["Retry-After"] = str(60 - at.second)
        return answer
    except _Unreadable as refusal:
        return as_response(_told(problems.UNREADABLE, refusal))
    except Refusal as refusal:
        return as_response(of_refusal(refusal))
    except UnreadablePostError:
        return as_response(problem(problems.NOT_JSON, "请求内容没有传完。", next_step="请重试。"))
    except Exception:
        log.exception("camera")
        return as_response(problem(problems.FAILED, "平台内部出错，没有产生任何效果。", next_step="请重试。"))


def _told(kind: problems.Kind, refusal: Refusal) -> Any:
    return problem(kind, refusal.sentence, clause=str(refusal.clause or ""), next_step=refusal.next_step)


def _secret(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip()[:200] if scheme.lower() == "bearer" else ""


def _beat(request: HttpRequest, camera: "Camera", at: datetime) -> dict[str, Any]:
    try:
        sent = json.loads(_content(request))
    except (ValueError, RecursionError) as error:
        raise _Unreadable("请求内容不是JSON。", None, '请发送 {"sequence": 1}，可以带 taken_at。') from error
    sequence = sent.get("sequence") if isinstance(sent, dict) else None
    if isinstance(sequence, bool) or not isinstance(sequence, int) or not 0 < sequence < _MOST_SEQUENCE:
        raise _Unreadable("sequence 应为只增不减的正整数。", None, "例如从开机起的序号，或者毫秒时间。")
    taken = take_beat(camera=camera, sequence=sequence, taken_at=_moment(sent.get("taken_at")), at=at)
    return {"repeated": taken.repeated, "late": taken.late}


def _still(request: HttpRequest, camera: "Camera", at: datetime) -> dict[str, Any]:
    if request.content_type != "image/jpeg":
        raise _Unreadable("监控画面应为JPEG。", None, "请求头 Content-Type 应为 image/jpeg。")
    kept = take_still(camera=camera, content=_content(request), taken_at=_moment(request.GET.get("taken_at")), at=at)
    return {"sha256": kept.sha256, "taken_at": kept.taken_at.isoformat()}


def _content(request: HttpRequest) -> bytes:
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > _LARGEST:
        raise _Unreadable("请求内容过大。", None, "请降低画质。")
    try:
        return request.body
    except RawPostDataException as error:
        raise _Unreadable("请求内容读不出来。", None, "请重试。") from error


def _moment(text: Any) -> datetime | None:
    """Read a moment with its offset; none where nothing was said."""
    if text in (None, ""):
        return None
    try:
        found = datetime.fromisoformat(str(text)[:40].replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise _Unreadable("taken_at 应为带时区的时间。", None, "例如 2026-03-20T09:00:00+08:00，或者不带。")
    return found
