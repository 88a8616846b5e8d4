"""问题说明: how is a refusal told to a machine? As problem details (RFC 9457): why, on which clause, and what to do next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from touchstone.accounts.actor import NotAllowed
from touchstone.api.shapes import Fault, Listing, Part, Record, Text, Whole
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.operations import AlreadyDone
from touchstone.systems.operations import Answer, KeyRefused, RequestKeyReused, TooManyRequests

MEDIA = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: the anchor on the developers' page that explains it, its title, its code."""

    anchor: str
    title: str
    code: int
    words: str


KEY_REFUSED = Kind("key-refused", "接口密钥不能使用", 401, "没有带密钥，密钥不对、已停用、已到期，或者责任人已不在岗。")
NOT_ALLOWED = Kind("not-allowed", "没有权限", 403, "密钥的权限范围不含这一项，责任人没有相应岗位，或者对象不属于本机构。")
NOT_FOUND = Kind("not-found", "没有这个地址或对象", 404, "地址写错，或者编号不存在。")
NO_SUCH_METHOD = Kind("method", "这个地址不支持这种请求", 405, "查询用GET，办理用POST。")
WRONG_STATE = Kind("wrong-state", "当前状态不能办理", 409, "计划、场次或考生处在别的阶段，说明里写明现在是什么阶段、下一步怎么办。")
TOO_LARGE = Kind("too-large", "请求内容过大", 413, "请把数据分成几次提交，或压缩文件。")
NOT_JSON = Kind("not-json", "请求内容不是JSON", 400, "请求体应为UTF-8编码的JSON，请求头 Content-Type 应为 application/json。")
NO_REQUEST_KEY = Kind("request-key-missing", "缺少Idempotency-Key", 400, "每个POST请求都要带一个自己生成的请求号，重试时原样带上。")
REQUEST_KEY_REUSED = Kind("request-key-reused", "Idempotency-Key已用于别的内容", 422, "同一个请求号只能原样重发；内容变了就换一个请求号。")
UNREADABLE = Kind("unreadable", "内容不符合格式", 422, "errors 逐处说明位置和原因。")
REFUSED = Kind("refused", "不能办理", 422, "不符合规定。detail 是原因，clause 是依据，next_step 是下一步。")
TOO_MANY = Kind("too-many", "请求过于频繁", 429, "请等待响应头 Retry-After 所示的秒数。")
FAILED = Kind("failed", "平台没有办成", 500, "不是您的请求有误，没有产生任何效果，可以用同一个 Idempotency-Key 重试。")
ALL = (
    NOT_JSON, NO_REQUEST_KEY, KEY_REFUSED, NOT_ALLOWED, NOT_FOUND, NO_SUCH_METHOD, WRONG_STATE, TOO_LARGE, REQUEST_KEY_REUSED, UNREADABLE,
    REFUSED, TOO_MANY, FAILED,
)  # fmt: skip

PROBLEM = Record(
    "Problem",
    {
        "type": Part(Text(100), "问题类别，指向开发者说明中的一节"),
        "title": Part(Text(100), "问题名称"),
        "status": Part(Whole(400, 599), "HTTP状态码"),
        "detail": Part(Text(4000), "原因"),
        "clause": Part(Text(300), "依据的条款，没有的为空"),
        "next_step": Part(Text(1000), "下一步怎么办"),
        "errors": Part(
            Listing(Record("Fault", {"pointer": Part(Text(200), "位置，JSON指针"), "detail": Part(Text(500), "原因")})), "逐处的问题"
        ),
    },
    "RFC 9457 问题说明",
)


def problem(kind: Kind, sentence: str, *, clause: str = "", next_step: str = "", faults: Sequence[Fault] = ()) -> Answer:
    """This function will give a problem as an answer."""
    body = {
        "type": f"/developers#{kind.anchor}",
        "title": kind.title,
        "status": kind.code,
        "detail": sentence,
        "clause": clause,
        "next_step": next_step,
        "errors": [{"pointer": one.pointer[:200], "detail": one.sentence[:500]} for one in faults],
    }
    return Answer(kind.code, json.dumps(body, ensure_ascii=False).encode(), MEDIA)


def kind_of(refusal: Refusal) -> Kind:
    """This function will say what kind of problem a refusal is."""
    for refused, kind in (
        (KeyRefused, KEY_REFUSED),
        (TooManyRequests, TOO_MANY),
        (RequestKeyReused, REQUEST_KEY_REUSED),
        (NotAllowed, NOT_ALLOWED),
        (MoveRefused, WRONG_STATE),
        (AlreadyDone, WRONG_STATE),
    ):
        if isinstance(refusal, refused):
            return kind
    return REFUSED


def of_refusal(refusal: Refusal) -> Answer:
    """This function will give a refusal as an answer; what belongs to it in detail stands among the errors."""
    faults = [Fault("", line) for line in refusal.details]
    step = refusal.next_step or "请按说明处理后再提交。"
    return problem(kind_of(refusal), refusal.sentence, clause=_clause(refusal), next_step=step, faults=faults)


def row_words(refusal: Refusal) -> dict[str, Any]:
    """This function will give a refusal as what came of one row."""
    words = f"{refusal.sentence}{refusal.next_step}"
    return {"done": False, "sentences": [words, *refusal.details], "clause": _clause(refusal)}


def _clause(refusal: Refusal) -> str:
    return str(refusal.clause) if refusal.clause is not None else ""


def as_response(answer: Answer) -> HttpResponse:
    """This function will send an answer; nobody on the way keeps a copy."""
    response = HttpResponse(answer.content, status=answer.code, content_type=answer.media)
    response["Cache-Control"] = "no-store"
    if answer.place:
        response["Location"] = answer.place
    return response
