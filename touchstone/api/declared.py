"""接口声明: which address does what, for whom, with which contents? The code serves from these declarations and the document is made of them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import Actor
from touchstone.api.shapes import Flag, Listing, Maybe, Part, Record, Shape, Text, Whole
from touchstone.policy.systems import Scope
from touchstone.systems.operations import Answer

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.systems.models import Key

BASE = "/api/v1"


@dataclass(frozen=True)
class Call:
    """One request as the code sees it: who calls by which key, when, and what was read of address, query and contents."""

    key: "Key"
    actor: Actor
    at: datetime
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def of_body(self) -> "Body":
        return self.key.body

    @property
    def today(self) -> date:
        return self.at.date()


@dataclass(frozen=True)
class RowsAtHand:
    """Rows to be worked off, now or by the queue; `received_on` is the day they came in."""

    case: str
    rows: Sequence[Mapping[str, Any]]
    actor: Actor
    at: datetime
    received_on: date


RowWork = Callable[[RowsAtHand], list[dict[str, Any]]]


@dataclass(frozen=True)
class Lines:
    """What an endpoint for rows does: the shape of one row, and the work on rows that are read."""

    row: Record
    work: RowWork


Work = Callable[..., Answer]


@dataclass(frozen=True)
class Endpoint:
    """One thing that can be asked or done. `answers` names the shape of each code that is no problem."""

    name: str
    method: str
    path: str
    tag: str
    title: str
    scope: Scope
    answers: Mapping[int, Shape] = field(hash=False)
    work: Work | None = None
    words: str = ""
    query: Record | None = None
    body: Record | None = None
    lines: Lines | None = None

    @property
    def writes(self) -> bool:
        return self.method == "POST"


ENDPOINTS: dict[str, Endpoint] = {}


def declare(endpoint: Endpoint) -> Endpoint:
    """This function will add an endpoint to the interface. :raises ValueError: when its name is taken."""
    if endpoint.name in ENDPOINTS:
        raise ValueError(endpoint.name)
    ENDPOINTS[endpoint.name] = endpoint
    return endpoint


def asks(name: str, path: str, tag: str, title: str, answer: Shape, *, query: Record | None = None, words: str = "") -> Callable[[Work], Work]:
    """This function will declare a question (GET)."""

    def note(work: Work) -> Work:
        declare(Endpoint(name, "GET", path, tag, title, Scope.READ, {200: answer}, work, words, query))
        return work

    return note


def does(
    name: str, path: str, tag: str, title: str, scope: Scope, answer: Shape, *, body: Record | None = None, code: int = 200, words: str = ""
) -> Callable[[Work], Work]:
    """This function will declare an act (POST)."""

    def note(work: Work) -> Work:
        declare(Endpoint(name, "POST", path, tag, title, scope, {code: answer}, work, words, None, body or EMPTY))
        return work

    return note


def takes_rows(name: str, path: str, tag: str, title: str, scope: Scope, row: Record, *, words: str = "") -> Callable[[RowWork], RowWork]:
    """This function will declare an act on many rows, each with an outcome; more than can be done at once go to the queue."""

    def note(work: RowWork) -> RowWork:
        body = Record(f"{row.name}s", {"rows": Part(Listing(row, 1), "各行")})
        answers = {200: ROW_OUTCOMES, 202: BATCH}
        declare(Endpoint(name, "POST", path, tag, title, scope, answers, None, words, None, body, Lines(row, work)))
        return work

    return note


def said(content: Any, code: int = 200, place: str = "") -> Answer:
    """This function will give an answer in JSON."""
    return Answer(code, json.dumps(content, ensure_ascii=False).encode(), "application/json", place)


EMPTY = Record("Nothing", {}, "空对象 {}")
ROW_OUTCOME = Record(
    "RowOutcome",
    {
        "row": Part(Whole(1), "行号，从1起"),
        "ref": Part(Text(60), "提交时自带的标识，没有的为空"),
        "done": Part(Flag(), "这一行是否办成"),
        "number": Part(Text(60), "办成的对象编号（如考生编号），没有的为空"),
        "sentences": Part(Listing(Text(2000)), "说明：没有办成的原因，或办成后的判定"),
        "clause": Part(Text(300), "没有办成的依据，没有的为空"),
    },
    "一行的结果；一行不成不影响其他行",
)
ROW_OUTCOMES = Record(
    "RowOutcomes",
    {
        "total": Part(Whole(), "行数"),
        "done": Part(Whole(), "办成行数"),
        "refused": Part(Whole(), "没有办成的行数"),
        "rows": Part(Listing(ROW_OUTCOME), "逐行结果"),
    },
)
BATCH = Record(
    "Batch",
    {
        "number": Part(Text(24), "批次编号"),
        "state": Part(Text(12), "waiting等待、running办理中、finished已办完、stopped没有办完"),
        "state_label": Part(Text(20), "状态"),
        "sentence": Part(Text(500), "没有办完的原因，没有的为空"),
        "total": Part(Whole(), "行数"),
        "taken": Part(Whole(), "已办行数"),
        "done": Part(Whole(), "办成行数"),
        "refused": Part(Whole(), "没有办成的行数"),
        "progress": Part(Text(200), "查询进度的地址"),
        "rows": Part(Text(200), "查询逐行结果的地址"),
    },
    "转入后台办理的批次",
)


def outcome(number: str = "", *sentences: str, done: bool = True, clause: str = "") -> dict[str, Any]:
    """This function will give what came of one row."""
    return {"done": done, "number": number, "sentences": [text for text in sentences if text], "clause": clause}


def page_query(**more: Part) -> Record:
    """This function will give the query of a list: where to go on, and how many."""
    parts = {"after": Part(Whole(), "从哪里接着往下取：用上一页的 next", needed=False, otherwise=0)}
    parts["limit"] = Part(Whole(1, 200), "一页最多几条，默认50", needed=False, otherwise=50)
    return Record(f"Page{''.join(sorted(more))}", {**parts, **more})


PAGE = page_query()


def page_of(name: str, line: Record) -> Record:
    """This function will give the shape of a page of a list."""
    return Record(
        name,
        {"items": Part(Listing(line), "各条"), "next": Part(Maybe(Text(300)), "下一页的地址，没有的为null")},
    )


def paged(call: Call, rows: Any, address: str, write: Callable[[Any], Any], key: str = "pk") -> Answer:
    """This function will give one page of a list in order of key, and where the next one is; never counted, so that a long list is no slower."""
    limit = call.query["limit"]
    found = list(rows.order_by(key).filter(**{f"{key}__gt": call.query["after"]})[: limit + 1])
    more = {name: value for name, value in call.query.items() if name not in {"after", "limit"} and value not in (None, "")}
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    following = f"{BASE}{address}?after={getattr(found[limit - 1], key)}&limit={limit}{rest}" if len(found) > limit else None
    return said({"items": [write(one) for one in found[:limit]], "next": following})
