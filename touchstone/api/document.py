"""接口文档: the OpenAPI 3.1 document, made of the very declarations the code serves from."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from touchstone.api import problems
from touchstone.api.declared import BASE, Endpoint
from touchstone.api.endpoints import ENDPOINTS, TAGS
from touchstone.api.problems import PROBLEM
from touchstone.api.shapes import Record, Shape

VERSION = "1.0"
_ABOUT = """评价机构自有系统把计划、报名、资格材料、场次过程和成绩报送到平台的接口（通知 三(二)4）。

密钥由机构负责人在“系统对接”页开通，放在请求头 `Authorization: Bearer`。每个POST请求都要带 `Idempotency-Key`，同一个请求号重发，效果只有一次，
回答相同，并带响应头 `Idempotency-Replayed: true`。不予办理的，回答为 `application/problem+json`，写明原因、依据和下一步。"""


@cache
def document() -> dict[str, Any]:
    """This function will give the whole document."""
    paths: dict[str, Any] = {}
    records: dict[str, Record] = {}
    for endpoint in ENDPOINTS.values():
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
        for shape in (*endpoint.answers.values(), *((endpoint.body,) if endpoint.body else ()), PROBLEM):
            for record in shape.within():
                if records.setdefault(record.name, record) != record:
                    raise ValueError(f"two shapes are called {record.name}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "试金石评价机构接口", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": BASE}],
        "security": [{"key": []}],
        "tags": [{"name": tag} for tag in TAGS],
        "paths": paths,
        "components": {
            "schemas": {name: records[name].whole() for name in sorted(records)},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "接口密钥"}},
        },
    }


def document_file(request: HttpRequest) -> HttpResponseBase:
    """This answer will be the document; anybody may read it."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


def _operation(one: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": one.name,
        "tags": [one.tag],
        "summary": one.title,
        "description": f"{one.words}\n\n需要权限：{one.scope.label}（{one.scope.value}）。".strip(),
        "parameters": [*_in_path(one), *_in_query(one), *([_REQUEST_KEY] if one.writes else [])],
        "responses": {str(code): _answer(code, shape) for code, shape in one.answers.items()} | _problems(one),
    }
    if one.body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": one.body.schema()}}}
    return found


def _in_path(one: Endpoint) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "description": "编号"}
        for name in (part[1:-1] for part in one.path.split("/") if part.startswith("{"))
    ]


def _in_query(one: Endpoint) -> list[dict[str, Any]]:
    parts = one.query.parts if one.query is not None else {}
    return [
        {"name": name, "in": "query", "required": part.needed, "schema": part.shape.schema(), "description": part.words}
        for name, part in parts.items()
    ]


_REQUEST_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 8, "maxLength": 64, "pattern": "^[!-~]+$"},
    "description": "请求号：每个新请求生成一个，重试时原样带上",
}
_WORDS = {200: "办成", 201: "已新建", 202: "已转入后台办理"}


def _answer(code: int, shape: Shape) -> dict[str, Any]:
    found: dict[str, Any] = {"description": _WORDS[code], "content": {"application/json": {"schema": shape.schema()}}}
    if code in {201, 202}:
        found["headers"] = {"Location": {"description": "新对象或批次的地址（有的话）", "schema": {"type": "string"}}}
    return found


def _problems(one: Endpoint) -> dict[str, Any]:
    """Every answer that is a problem, of each code this endpoint can give."""
    writing = {400, 409, 413}
    by_code: dict[int, list[str]] = {}
    for kind in problems.ALL:
        if kind.code != 405 and (one.writes or kind.code not in writing):
            by_code.setdefault(kind.code, []).append(kind.title)
    told = {"application/problem+json": {"schema": PROBLEM.schema()}}
    return {str(code): {"description": "；".join(titles), "content": told} for code, titles in sorted(by_code.items())}
