"""开放数据: every filing in force today as a file for anybody, and what each of its fields means."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from touchstone.filings.queries import body_kind_of, open_scope
from touchstone.policy.districts import district_name
from touchstone.policy.filing.answer import Verdict
from touchstone.web.doors import Request
from touchstone.web.exports import as_csv
from touchstone.web.levels import level_label
from touchstone.web.public.filed_for import SCHEMA as ANSWER_SCHEMA

if TYPE_CHECKING:
    from touchstone.filings.models import ScopeItem

SCHEMA = "touchstone.open.filings/1"
CHUNK = 2_000


@dataclass(frozen=True)
class OpenField:
    """One field of the file: its name, what it means, and where it is read."""

    name: str
    meaning: str
    read: "Callable[[ScopeItem, date], Any]"


FIELDS = (
    OpenField("day", "数据日期（每天一份，按当天有效的备案）", lambda item, day: day.isoformat()),
    OpenField("body_number", "机构编号，在本平台内不变", lambda item, day: item.filing.body.number),
    OpenField("body_name", "机构名称", lambda item, day: item.filing.body.name),
    OpenField("uscc", "统一社会信用代码", lambda item, day: item.filing.body.uscc),
    OpenField("body_kind", "机构类别", lambda item, day: body_kind_of(item.filing).label),
    OpenField("registered_district_code", "机构注册地区划代码（GB/T 2260）", lambda item, day: item.filing.body.district),
    OpenField("registered_district", "机构注册地", lambda item, day: district_name(item.filing.body.district)),
    OpenField("filing_number", "备案编号", lambda item, day: (item.filing.root or item.filing).number),
    OpenField("former_number", "原备案编号，只有平台启用前的备案才有", lambda item, day: (item.filing.root or item.filing).former_number),
    OpenField("occupation_code", "职业编码（国家职业分类大典）", lambda item, day: item.occupation.code),
    OpenField("occupation", "职业名称", lambda item, day: item.occupation.name),
    OpenField("trade", "工种；空着的是整个职业", lambda item, day: item.trade.name if item.trade else ""),
    OpenField("level", "等级，5至1", lambda item, day: item.level),
    OpenField("level_name", "等级名称", lambda item, day: level_label(item.level)),
    OpenField("standard", "依据的国家职业标准或评价规范及其版本", lambda item, day: str(item.standard)),
    OpenField("venue", "考核点名称", lambda item, day: item.venue.name),
    OpenField("venue_district_code", "考核点所在区区划代码；空着的在外省市", lambda item, day: item.venue.district),
    OpenField("venue_district", "考核点所在区", lambda item, day: district_name(item.venue.district)),
    OpenField("since", "本行生效日", lambda item, day: item.since.isoformat() if item.since else ""),
    OpenField("until", "本行有效期的截止次日，当天起不再有效", lambda item, day: item.until.isoformat() if item.until else ""),
    OpenField("suspended", "当天是否暂停评价（true 的不能开展评价）", lambda item, day: item.is_suspended),  # type: ignore[attr-defined]
)
ANSWER_FIELDS = (
    ("schema", f"形状的名称和版本，现为 {ANSWER_SCHEMA}；字段只增不减"),
    ("body", "机构：number、name、uscc"),
    ("asked", "所问：occupation_code、occupation、trade、level、district、day；没有问的为 null"),
    ("filed", "true：当天可以就所问开展评价；其他情形一律 false"),
    ("verdict", "答复：" + "；".join(f"{one.value} {one.label}" for one in Verdict)),
    ("sentence", "一句话的答复"),
    ("clause", "依据的条款"),
    ("lines", "答复所依据的备案范围，每项含 filing、former_number、occupation_code、occupation、trade、level、standard、venue、"
              "venue_district、since、until"),
    ("page", "可以打印、可以长期引用的答复页地址"),
    ("answered_at", "答复的时间"),
    ("error", "没有答复的原因（状态 400 或 404）；名称对应多家机构时另有 candidates"),
)  # fmt: skip


def open_data(request: Request) -> HttpResponseBase:
    """This page will tell what can be taken away, what each field means, and how to ask by machine."""
    return render(request, "public/open_data.html", {"fields": FIELDS, "answer_fields": ANSWER_FIELDS, "today": request.today})


def filings_csv(request: Request) -> HttpResponseBase:
    """This address will send every line in force today as CSV, row by row."""
    rows = ([_plain(one.read(item, request.today)) for one in FIELDS] for item in _rows(request.today))
    response = as_csv([one.name for one in FIELDS], rows, f"filings-{request.today}")
    return _open(response)


def filings_json(request: Request) -> HttpResponseBase:
    """This address will send the same as JSON, row by row."""
    day = request.today
    response = StreamingHttpResponse(_as_json(day), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="filings-{day}.json"'
    return _open(response)


def _rows(day: date) -> "Iterator[ScopeItem]":
    named = ("filing__root", "filing__body", "occupation", "trade", "standard", "venue")
    return open_scope(day).select_related(*named).iterator(chunk_size=CHUNK)


def _as_json(day: date) -> Iterator[str]:
    yield f'{{"schema": "{SCHEMA}", "day": "{day}", "rows": ['
    before = "\n"
    for item in _rows(day):
        yield before + json.dumps({one.name: one.read(item, day) for one in FIELDS}, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _plain(value: Any) -> Any:
    """A truth as JSON writes it, in the CSV too."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _open(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=3600"
    return response
