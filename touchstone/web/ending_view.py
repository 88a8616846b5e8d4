"""终止展示: how do a request to end, an end and its consequences look on a page, whoever looks?"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.certificates.queries import count_valid_of
from touchstone.exams.queries import winding
from touchstone.exams.states import PlanState
from touchstone.filings import permissions, queries
from touchstone.filings.queries import ended
from touchstone.filings.queries.ending import standing_lines
from touchstone.parameters.queries import calendar
from touchstone.policy.appeals import appeal_told
from touchstone.policy.filing.ending import GROUNDS, EndKind
from touchstone.policy.roles import OfficeKind
from touchstone.print.letter import Letter, print_letter
from touchstone.web.navigation import audience_of
from touchstone.web.templatetags.look import day as written

if TYPE_CHECKING:
    from touchstone.exams.models import PlanFate
    from touchstone.filings.models import Custody, EndRequest, Filing, ScopeItem, Termination

REQUESTS = {
    "": ("待办理", "info"),
    "granted": ("已准予，待生效", "info"),
    "returned": ("已退回补充", "warn"),
    "taken_back": ("已撤回", "neutral"),
    "ended": ("已终止", "ok"),
    "lapsed": ("已失效", "neutral"),
}
KINDS = {kind.value: (kind.label, {"voluntary": "neutral", "automatic": "warn", "ordered": "danger"}[kind.value]) for kind in EndKind}
OUTCOMES = {"listed": ("拟终止", "info"), "ended": ("已终止", "danger"), "spared": ("不终止", "neutral"), "failed": ("办理失败", "danger")}
FATES = {"finishes": "info", "to_replace": "warn", "replaced": "ok", "cancelled": "neutral"}


_UNDONE = {False: ("已恢复", "ok"), True: ("终止已撤销，计划不恢复", "neutral")}


def ground_labels() -> dict[str, str]:
    """This function will name every ground of an end there is or has been."""
    return {one.key: one.title for value in GROUNDS.values for one in value.value} | {"asked": "机构主动提出", "ordered": "特别严重违纪违规"}


def tabs(actor: Actor, active: str) -> list[dict[str, Any]]:
    """This function will give the tabs above the lists of what ends."""
    open_requests = ended.end_requests(actor).filter(outcome="").count()
    waiting = ended.custodies(actor).filter(received_at__isnull=True, released_at__isnull=True).count()
    counts = {"end_requests": open_requests, "custodies": waiting}
    labels = {
        "endings": "到期预测",
        "ending_runs": "自动终止运行",
        "end_requests": "终止申请",
        "terminations": "终止决定",
        "custodies": "档案移交",
    }
    return [
        {"label": label, "url": reverse(f"authority:{view}"), "active": view == active, "count": counts.get(view) or None}
        for view, label in labels.items()
    ]


def line_choices(root: "Filing", day: date) -> list[tuple[int, str]]:
    """This function will give the lines of a filing that may still end, as choices."""
    return [(one.pk, f"{one}{one.level_label} · {one.venue.name}") for one in standing_lines(root, day)]


def chosen_lines(root: "Filing", items: Sequence[int], day: date) -> "list[ScopeItem]":
    """This function will give the lines meant: those named, or all that stand."""
    return [one for one in standing_lines(root, day) if not items or one.pk in set(items)]


def consequences(root: "Filing", items: Sequence[int], *, kind: EndKind, ended_on: date, day: date) -> dict[str, Any]:
    """This function will give what follows from an end: the plans under way and what becomes of each, the certificates, the records."""
    lines = chosen_lines(root, items, day)
    plans = winding.foresee([one.pk for one in lines], kind=kind, gone_on=root.body.gone_on, ended_on=ended_on)
    return {
        "lines": lines,
        "whole": len(lines) == len(standing_lines(root, day)),
        "fates": [{"plan": one.plan, "label": one.label, "tone": FATES[one.fate], "why": one.finding.reason} for one in plans],
        "certificates": count_valid_of(root.body),
        "ended_on": ended_on,
    }


def request_shown(asked: "EndRequest", day: date) -> dict[str, Any]:
    """This function will give what a page shows of a request to end."""
    lines = chosen_lines(asked.filing, asked.items, day)
    label, tone = REQUESTS[asked.outcome]
    return {
        "asked": asked,
        "label": label,
        "tone": tone,
        "scope": "整件备案" if not asked.items else "、".join(f"{one}{one.level_label}（{one.venue.name}）" for one in lines) or "所选范围已终止",
        "left": calendar().working_days_between(day, asked.due_on) if asked.due_on and not asked.decided_at else None,
    }


def custody_shown(custody: "Custody", day: date) -> dict[str, Any]:
    """This function will give how far a hand-over of records has come."""
    if custody.released_at:
        label, tone = "已解除", "neutral"
    elif custody.received_at:
        label, tone = "已接收", "ok"
    elif custody.handed_over_at:
        label, tone = "已移交，待接收", "info"
    else:
        label, tone = ("逾期未移交", "danger") if custody.due_on < day else ("待移交", "warn")
    left = None if custody.received_at or custody.released_at else calendar().working_days_between(day, custody.due_on)
    return {"custody": custody, "label": label, "tone": tone, "left": left}


def shown(found: "Termination", actor: Actor, day: date) -> dict[str, Any]:
    """This function will give what both pages of an end show: the decision, its scope, the records, the plans, and what happened."""
    root = found.filing
    label, tone = KINDS[found.kind]
    custody = getattr(found, "custody", None)
    lines = list(ended.lines_of(found))
    return {
        "termination": found,
        "filing": root,
        "kind_label": label,
        "kind_tone": tone,
        "ground": ground_labels().get(found.ground, found.ground or "—"),
        "lines": [{"line": one, "level": one.level_label} for one in lines],
        "custody": custody_shown(custody, day) if custody else None,
        "fates": [_fate(one, audience_of(actor)) for one in winding.fates_of(found.number)],
        "certificates": count_valid_of(root.body),
        "timeline": [one for one in queries.timeline(root) if found.number in one["what"]],
        "appeal": appeal_told(localtime(found.decided_at).date()),
        "letter_url": reverse(f"{audience_of(actor)}:termination_print", args=[found.number]),
        "hand_over_why_not": permissions.why_not(actor, "hand_over_records", root),
        "keep_why_not": permissions.why_not(actor, "keep_records", root),
        "undo_why_not": permissions.why_not(actor, "reinstate", root),
    }


def _fate(one: "PlanFate", audience: str) -> dict[str, Any]:
    number = one.plan.number
    label, tone = (one.get_fate_display(), FATES[one.fate]) if not one.undone_at else _UNDONE[one.plan.state == PlanState.CANCELLED]
    moves = one.fate in {"to_replace", "replaced"} and (not one.undone_at or one.moved_count)  # type: ignore[attr-defined]
    return {
        "row": one,
        "label": label,
        "tone": tone,
        "plan_url": reverse(f"{audience}:plan", args=[number]),
        "back": one.back,  # type: ignore[attr-defined]
        "stay": one.stay,  # type: ignore[attr-defined]
        "replace_url": reverse(f"{audience}:plan_replace", args=[number]) if moves else "",
    }


def letter_pdf(found: "Termination", day: date) -> HttpResponse:
    """This function will send the decision (终止备案决定书) as a PDF."""
    root, kind = found.filing, EndKind(found.kind)
    scope = "；".join(f"{one}{one.level_label}（{one.venue.name}）" for one in ended.lines_of(found))
    office = queries.handler(root, root.rules_day or root.begun_at.date(), "decision")
    opening = {
        EndKind.VOLUNTARY: f"你单位于{written(found.asked_at)}主动提出不再开展职业技能等级认定。经审核，予以办理自愿终止备案。",
        EndKind.AUTOMATIC: "经核查，你单位存在应当自动终止备案的情形，予以办理自动终止备案。",
        EndKind.ORDERED: "经查，你单位存在特别严重违纪违规行为，现责令终止备案。",
    }[kind]
    after = (
        f"自{written(found.effective_on)}起，不得就上述范围新编认定计划、新收考生；此前已编制的计划按平台列明的方式继续完成或者转由其他机构评价。",
        "终止备案后，你单位应当妥善处理后续工作，按期移交评价档案，并继续承担已评价发证产生的责任以及因违纪违规违法行为造成的后果；已核发的证书继续有效。",
    )
    appeal, by_law = appeal_told(localtime(found.decided_at).date())
    letter = Letter(
        office=office.name,
        title="终止备案决定书",
        number=found.number,
        to=root.body.name,
        paragraphs=(opening, f"认定的事实和理由：{found.reason}", *after),
        facts=(
            ("备案编号", root.number),
            ("终止方式", kind.label),
            ("终止日", written(found.effective_on)),
            ("终止范围", "整件备案" if found.whole else scope),
            ("依据", found.clause),
        ),
        closing=(appeal + f"（{by_law[0]}、{by_law[1]}）", *(["本决定已于" + written(found.undone_at) + "撤销。"] if found.undone_at else [])),
        day=written(found.decided_at),
        copies="" if office.kind == OfficeKind.CITY_CENTRE else city_centre().name,
    )
    answer = HttpResponse(print_letter(letter), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer
