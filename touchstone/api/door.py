"""接口之门: who comes in by which key, what did they send, and is it to be done or answered as before?"""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from touchstone.accounts.actor import NotAllowed
from touchstone.api import problems
from touchstone.api.declared import BASE, Call, Endpoint
from touchstone.api.problems import as_response, of_refusal, problem
from touchstone.api.rows import take_rows
from touchstone.api.shapes import Unreadable, Whole
from touchstone.kernel.law import Refusal
from touchstone.policy.systems import CONNECTED, Scope
from touchstone.systems.operations import Answer, KeyRefused, admit, answer_once, count_request
from touchstone.web import clock

log = logging.getLogger(__name__)
_REQUEST_KEY = re.compile(r"[!-~]{8,64}")


class _Told(Exception):
    """A problem that ends the request."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.code)
        self.answer = answer


def place_of(endpoints: Mapping[str, Endpoint]) -> Callable[..., HttpResponseBase]:
    """This function will make the view of one address from what can be asked (GET) and done (POST) there."""

    @csrf_exempt
    def view(request: HttpRequest, **parts: str) -> HttpResponseBase:
        endpoint = endpoints.get("GET" if request.method == "HEAD" else request.method or "")
        if endpoint is None:
            known = "、".join(sorted(endpoints))
            response = as_response(problem(problems.NO_SUCH_METHOD, f"这个地址只支持{known}。", next_step="请对照接口文档。"))
            response["Allow"] = ", ".join(sorted(endpoints))
            return response
        return serve(request, endpoint, parts)

    return view


@csrf_exempt
def nothing_there(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """This answer will say that there is no such address."""
    return as_response(problem(problems.NOT_FOUND, f"没有“{BASE}/{rest[:80]}”这个地址。", next_step="请对照接口文档核对地址。"))


def serve(request: HttpRequest, endpoint: Endpoint, parts: Mapping[str, str]) -> HttpResponseBase:
    """This function will serve one request and count it for its key."""
    at = clock.now()
    try:
        came = admit(secret=_secret(request), at=at)
    except Refusal as refusal:
        response = as_response(of_refusal(refusal))
        if response.status_code == 401:
            response["WWW-Authenticate"] = 'Bearer realm="touchstone"'
        if response.status_code == 429:
            response["Retry-After"] = str(60 - at.second)
        return response
    replayed = False
    try:
        answer, replayed = _answer(request, endpoint, Call(came.key, came.actor, at), parts)
    except _Told as told:
        answer = told.answer
    except Refusal as refusal:
        answer = of_refusal(refusal)
    except ObjectDoesNotExist:
        answer = _unknown()
    except Exception:
        log.exception("%s %s", endpoint.name, came.key.number)
        step = "请用同一个 Idempotency-Key 重试；仍然不行的，请联系平台运行单位。"
        answer = problem(problems.FAILED, "平台内部出错，没有产生任何效果。", next_step=step)
    count_request(key=came.key, action=endpoint.name, code=answer.code, at=at)
    response = as_response(answer)
    if replayed:
        response["Idempotency-Replayed"] = "true"
    return response


def _secret(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        step = "请在请求头写 Authorization: Bearer 加密钥；密钥由机构负责人在“系统对接”页开通。"
        raise KeyRefused("请求没有带接口密钥。", CONNECTED, step)
    return secret.strip()[:200]


def _answer(request: HttpRequest, endpoint: Endpoint, call: Call, parts: Mapping[str, str]) -> tuple[Answer, bool]:
    if endpoint.scope.value not in call.key.scopes:
        sentence = f"这个接口密钥没有“{endpoint.scope.label}”的权限。"
        held = "、".join(Scope(one).label for one in call.key.scopes)
        raise NotAllowed(sentence, CONNECTED, f"现有权限：{held}。需要增加的，请机构负责人在“系统对接”页调整。")
    if not endpoint.writes:
        call = replace(call, query=_query(request, endpoint))
        assert endpoint.work is not None
        return endpoint.work(call, **parts), False
    content = _content(request)
    sent = _json(content)
    request_key = request.headers.get("Idempotency-Key", "").strip()
    if not _REQUEST_KEY.fullmatch(request_key):
        step = "请为每个新请求生成一个8至64个字符的请求号（例如UUID），重试时原样带上。"
        raise _Told(problem(problems.NO_REQUEST_KEY, "POST请求没有带合格的 Idempotency-Key。", next_step=step))
    fingerprint = hashlib.sha256(f"{endpoint.name}\n{request.path}\n".encode() + content).hexdigest()
    return answer_once(
        key=call.key, request_key=request_key, fingerprint=fingerprint, work=lambda: _worked(endpoint, call, sent, parts), at=call.at
    )


def _worked(endpoint: Endpoint, call: Call, sent: Any, parts: Mapping[str, str]) -> Answer:
    """Do the work of a request; a refusal undoes what was begun and is the answer."""
    try:
        with transaction.atomic():
            if endpoint.lines is not None:
                return take_rows(endpoint, call, sent, next(iter(parts.values()), ""))
            assert endpoint.work is not None
            assert endpoint.body is not None
            return endpoint.work(replace(call, body=endpoint.body.read(sent)), **parts)
    except Unreadable as unreadable:
        step = "请按 errors 逐处改正后，用新的 Idempotency-Key 提交。"
        return problem(problems.UNREADABLE, "内容不符合格式。", next_step=step, faults=unreadable.faults)
    except Refusal as refusal:
        return of_refusal(refusal)
    except ObjectDoesNotExist:
        return _unknown()


def _unknown() -> Answer:
    return problem(problems.NOT_FOUND, "没有这个编号的对象。", next_step="请核对地址中的编号。")


def _query(request: HttpRequest, endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.query is None:
        return {}
    given: dict[str, Any] = dict(request.GET.items())
    for name, part in endpoint.query.parts.items():
        if isinstance(part.shape, Whole) and given.get(name, "").isascii() and given.get(name, "").isdecimal():
            given[name] = int(given[name][:12])
    try:
        return endpoint.query.read(given)
    except Unreadable as unreadable:
        told = problem(problems.UNREADABLE, "查询条件不符合格式。", next_step="请按 errors 逐处改正。", faults=unreadable.faults)
        raise _Told(told) from unreadable


def _content(request: HttpRequest) -> bytes:
    if request.content_type != "application/json":
        raise _Told(problem(problems.NOT_JSON, "请求头 Content-Type 应为 application/json。", next_step="请求体请用UTF-8编码的JSON。"))
    try:
        return request.body
    except RequestDataTooBig as error:
        raise _Told(problem(problems.TOO_LARGE, "请求内容超过5MB。", next_step="请分成几次提交，或压缩文件。")) from error
    except UnreadablePostError as error:
        raise _Told(problem(problems.NOT_JSON, "请求内容没有传完。", next_step="请用同一个 Idempotency-Key 重试。")) from error


def _json(content: bytes) -> Any:
    try:
        return json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _Told(problem(problems.NOT_JSON, "请求内容不是JSON。", next_step="请求体请用UTF-8编码的JSON对象。")) from error


def _no_constant(word: str) -> None:
    raise ValueError(word)
