"""外部登记: do the outside registers answer, how far behind are they, and which of them is not connected?"""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.accounts.actor import NotAllowed
from touchstone.exams.queries.enquiries import LOOKED_BACK, Figures, figures
from touchstone.jobs.adapters.outside import configured
from touchstone.policy.roles import Role
from touchstone.web.doors import Request, operators_door


@operators_door
def registers(request: Request) -> HttpResponseBase:
    """This page will show, of each outside register, whether it answers, the last answer, the share answered and what waits longest."""
    if not request.actor.has(Role.SYSTEM_ADMINISTRATOR):
        raise NotAllowed("外部登记的运行状况由系统管理员查看。", None, f"您当前身份为“{request.actor.label}”，请联系系统管理员。")
    lines = [_line(one) for one in figures(request.now)]
    troubled = [one for one in lines if one["tone"] in {"danger", "warn"}]
    unanswered = sum(one["row"].waiting + one["row"].unavailable for one in lines)
    context = {"lines": lines, "troubled": len(troubled), "days": LOOKED_BACK.days, "open": unanswered}
    return render(request, "operators/outside.html", context)


def _line(one: Figures) -> dict[str, Any]:
    line = configured(one.register)
    state, tone = _state(one, line is not None)
    host = urlsplit(line.address).netloc if line else ""
    return {"row": one, "label": one.register.label, "host": host, "state": state, "tone": tone, "sends": "、".join(one.register.sends)}


def _state(one: Figures, connected: bool) -> tuple[str, str]:
    if not connected:
        return "未接通", "warn"
    if one.unavailable and one.last_trouble:
        return "有故障", "danger"
    return ("正常", "ok") if one.last_answer else ("还没有答复", "neutral")
