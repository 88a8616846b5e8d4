"""日志运行: are public entries put in order and published, how far behind, and what stands in the way?"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.accounts.actor import NotAllowed
from touchstone.logs.queries import all_logs, checkpoints_of, sequencer, waiting
from touchstone.policy.roles import Role
from touchstone.web import clock
from touchstone.web.doors import Request, operators_door

if TYPE_CHECKING:
    from touchstone.logs.models import Log
    from touchstone.logs.queries import Waiting

SILENT = timedelta(seconds=60)
SLOW = timedelta(seconds=60)


@operators_door
def logs(request: Request) -> HttpResponseBase:
    """This page will show of each log what waits, what is signed, published and witnessed, and every alarm. Its times are the real clock's."""
    if not (request.actor.has(Role.SYSTEM_ADMINISTRATOR) or request.actor.has(Role.AUDIT_ADMINISTRATOR)):
        words = "公开日志的运行状况由系统管理员和审计管理员查看。"
        raise NotAllowed(words, None, f"您当前身份为“{request.actor.label}”，请联系系统管理员。")
    now, life, left = clock.real_now(), sequencer(), waiting()
    lines = [_line(one, left.get(one.name), now) for one in all_logs()]
    known = {one["name"] for one in lines}
    unopened = sum(one.count for name, one in left.items() if name not in known)
    alive = life is not None and life.alive_at is not None and now - life.alive_at < SILENT
    context = {
        "lines": lines,
        "alive": alive,
        "life": life,
        "waiting": sum(one.count for one in left.values()),
        "unopened": unopened,
        "alarms": sum(bool(one["alarm"]) for one in lines) + bool(life and life.alarm) + (not alive),
        "witnesses": [one[0] for one in settings.LOG_WITNESSES],
        "folder": settings.LOG_DIR,
    }
    return render(request, "operators/logs.html", context)


def _line(one: "Log", left: "Waiting | None", now: datetime) -> dict[str, Any]:
    last = next(iter(checkpoints_of(one, limit=1)), None)
    signed = last.size if last else 0
    lag = now - left.since if left and left.since else timedelta()
    state, tone = ("正常", "ok")
    if one.alarm:
        state, tone = "已停止签名", "danger"
    elif lag > SLOW or signed > one.published_size:
        state, tone = "落后", "warn"
    return {
        "name": one.name,
        "origin": one.origin,
        "state": state,
        "tone": tone,
        "waiting": left.count if left else 0,
        "lag": int(lag.total_seconds()),
        "signed": signed,
        "signed_at": last.signed_at if last else None,
        "published": one.published_size,
        "published_at": one.published_at,
        "witnessed_at": one.witnessed_at,
        "alarm": one.alarm,
    }
