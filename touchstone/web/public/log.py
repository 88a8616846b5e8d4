"""公开日志页: which logs does this platform keep, how far are they, and how does anybody check them?"""

import re
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchstone.logs.lines import CLOSED
from touchstone.logs.queries import all_logs, last_entry
from touchstone.trust.log.monitor import STATISTICS
from touchstone.trust.log.source import KEYS
from touchstone.web.doors import Request

if TYPE_CHECKING:
    from touchstone.logs.models import Log

LABELS = {
    "certificates": ("证书", "每本证书的核发、撤销和核查，各一条；只有加盐的指纹，没有姓名和号码"),
    "decisions": ("备案、决定与密钥", "备案生效、续期、变更、终止，公示的决定，机构签名密钥的启用和停用，每天公布的数字"),
    "draws": ("抽取", "每次随机抽取：事先的承诺、名单的指纹、结果的承诺，以及事后揭晓的秘密数"),
    "audit": ("操作存证", "操作存证每天的汇总指纹；内容不公开，只公布检查点"),
}
REGISTERS = {"filing.accepted": "备案", "filing.renewed": "备案续期", "filing.terminated": "终止备案", "certificate.issued": "签发证书"}
"""What is counted in the register and in the logs every day."""
_TILE = re.compile(r"checkpoint|tile/(?:[0-9]{1,2}|entries)/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?")
_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def log(request: Request) -> HttpResponseBase:
    """This page will show the logs, how far each is published and witnessed, and how to check them."""
    lines = [_line(one) for one in all_logs()]
    whole = sum(one["size"] for one in lines)
    published = max((one["published_at"] for one in lines if one["published_at"]), default=None)
    witnessed = max((one["witnessed_at"] for one in lines if one["witnessed_at"]), default=None)
    told = last_entry("decisions", STATISTICS)
    context: dict[str, Any] = {"figures": _figures(told), "day": date.fromisoformat(told["day"]) if told else None}
    context |= {"lines": lines, "whole": whole, "published_at": published, "witnessed_at": witnessed, "address": f"{settings.PUBLIC_URL}/log"}
    return render(request, "public/log.html", context)


def _figures(told: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The day's figures, register beside log; one who does not agree is not hidden."""
    if told is None:
        return []
    found = []
    for kind, label in REGISTERS.items():
        before, logged, held = (told[name].get(kind, 0) for name in ("before", "logged", "register"))
        found.append({"label": label, "before": before, "logged": logged, "held": held, "agrees": before + logged == held})
    return found


def _line(one: "Log") -> dict[str, Any]:
    stem, _, year = one.name.partition("-")
    label, what = LABELS.get(stem, (one.name, ""))
    return {
        "name": one.name,
        "label": f"{label}（{year}年）" if year else label,
        "what": what,
        "size": one.published_size,
        "published_at": one.published_at,
        "witnessed_at": one.witnessed_at,
        "key": one.key,
        "closed": one.name in CLOSED,
        "alarm": one.alarm,
    }


@require_safe
def log_file(request: Request, name: str, rest: str) -> HttpResponseBase:
    """This page will hand out a file of a log, as any web server may: what is full never changes, the checkpoint is always asked anew."""
    if not re.fullmatch(r"[a-z0-9-]{1,40}", name) or not _TILE.fullmatch(rest):
        raise Http404
    return _file(Path(settings.LOG_DIR) / name / rest, "text/plain; charset=utf-8" if rest == "checkpoint" else "application/octet-stream", request)


@require_safe
def keys_file(request: Request) -> HttpResponseBase:
    """This page will hand out the keys of the logs."""
    return _file(Path(settings.LOG_DIR) / KEYS, "text/plain; charset=utf-8", request)


def _file(path: Path, kind: str, request: Request) -> HttpResponseBase:
    lasting = kind == "application/octet-stream"
    if lasting and request.headers.get("If-None-Match") == '"whole"':
        return HttpResponseNotModified()
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return HttpResponse("没有这个文件。\n", status=HTTPStatus.NOT_FOUND, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = _FOR_EVER if lasting else "no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    if lasting:
        answer["ETag"] = '"whole"'
    return answer
