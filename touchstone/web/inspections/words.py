"""双随机用语: how do plans, draws, strata, items and sources stand on the pages?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.inspections.queries import VisitTold
from touchstone.inspections.states import DrawState, FindingState, PlanState, TaskState, VisitState
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.inspections import Source, stratum_label
from touchstone.policy.supervision.items import items_drawn

if TYPE_CHECKING:
    from touchstone.inspections.models import Draw, Plan

_PLAN_TONES = {PlanState.DRAFTED: "neutral", PlanState.SUBMITTED: "info", PlanState.RETURNED: "warn", PlanState.APPROVED: "ok"}
_DRAW_TONES = {
    DrawState.FROZEN: "neutral",
    DrawState.ANNOUNCED: "info",
    DrawState.ENTERED: "warn",
    DrawState.ATTESTED: "warn",
    DrawState.DRAWN: "info",
    DrawState.UNFILLED: "danger",
    DrawState.REVEALED: "ok",
    DrawState.VOIDED: "neutral",
}
PLAN_STATES = {state.value: (state.label, _PLAN_TONES[state]) for state in PlanState}
_TASK_TONES = {TaskState.SENT: "info", TaskState.CONFIRMED: "ok", TaskState.CANCELLED: "neutral"}
_FINDING_TONES = {
    FindingState.FOUND: "danger",
    FindingState.CORRECTING: "warn",
    FindingState.REPORTED: "info",
    FindingState.EXAMINED: "info",
    FindingState.CORRECTED: "ok",
    FindingState.FOR_CASE: "danger",
    FindingState.TAKEN_UP: "neutral",
}
FINDING_STATES = {state.value: (state.label, _FINDING_TONES[state]) for state in FindingState}
VISIT_STATES = {VisitState.OPEN.value: (VisitState.OPEN.label, "warn"), VisitState.SEALED.value: (VisitState.SEALED.label, "ok")}
TASK_STATES = {state.value: (state.label, _TASK_TONES[state]) for state in TaskState}
DRAW_STATES = {state.value: (state.label, _DRAW_TONES[state]) for state in DrawState}
_STEPS = (
    ("冻结名单", DrawState.FROZEN, "frozen_at"),
    ("公告", DrawState.ANNOUNCED, "announced_at"),
    ("录入随机数", DrawState.ENTERED, "entered_at"),
    ("另一人复核", DrawState.ATTESTED, "attested_at"),
    ("抽取", DrawState.DRAWN, "drawn_at"),
    ("揭晓", DrawState.REVEALED, "revealed_at"),
)


def steps_of(draw: "Draw") -> list[dict[str, str]]:
    """This function will show how far a draw is."""
    steps: list[dict[str, str]] = []
    current = True
    for label, _, moment in _STEPS:
        when = getattr(draw, moment)
        if when is not None:
            steps.append({"label": label, "state": "done", "note": f"{localtime(when):%-m月%-d日 %H:%M}"})
            continue
        state = "refused" if current and draw.state in {DrawState.VOIDED, DrawState.UNFILLED} else "current" if current else "waiting"
        steps.append({"label": label, "state": state, "note": {"refused": DrawState(draw.state).label}.get(state, "")})
        current = False
    return steps


def months_told(months: Sequence[int]) -> str:
    """This function will write the months of a plan."""
    return "、".join(f"{one}月" for one in months)


def items_of(keys: Iterable[str], day: date) -> list[str]:
    """This function will give the titles of items, in the order of the list."""
    held = set(keys)
    return [item.title for item in items_drawn(day) if item.key in held]


def plan_pairs(plan: "Plan") -> list[tuple[str, Any]]:
    """This function will write what a plan says, for a list of fields."""
    made = localtime(plan.made_at).date()
    return [
        ("抽查单位", plan.office.name),
        ("年度", f"{plan.year}年"),
        ("抽查月份", months_told(plan.months)),
        ("抽查事项", "、".join(items_of(plan.items, made))),
    ]


def strata_shown(quotas: Mapping[str, int], counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """This function will write the strata of a draw: how many bodies, how many are drawn, and what chance each has."""
    return [
        {"label": stratum_label(key), "count": counts.get(key, 0), "drawn": drawn, "chance": f"{drawn / counts[key]:.0%}" if counts.get(key) else "—"}
        for key, drawn in sorted(quotas.items())
    ]


def sources_shown(draw: "Draw", *, numbers: bool) -> list[dict[str, Any]]:
    """This function will write the public sources of a draw, with their outcomes where they may be told."""
    told = dict(draw.values) if numbers else {}
    return [
        {"name": one["name"], "at": datetime.fromisoformat(one["at"]), "where": one["where"], "outcome": told.get(one["name"], "")}
        for one in draw.sources
    ]


def visits_shown(visits: Iterable[VisitTold]) -> list[dict[str, Any]]:
    """This function will write visits: where they go only once it is known."""
    return [
        {
            "visit": one,
            "district": DISTRICTS.get(one.district, "本市"),
            "stratum": stratum_label(one.stratum) if one.stratum else "",
            "people": "、".join(one.people),
        }
        for one in visits
    ]


SOURCE_DAYS = {
    Source.UNION: "每周二、四、日 21:15",
    Source.SUPER: "每周一、三、六 21:25",
    Source.SEVEN: "每周二、五、日 21:25",
    Source.HAPPY8: "每天 21:30",
    Source.BALLS: "由公证处约定",
}
SOURCE_PLACES = {
    Source.UNION: "中国福利彩票官方网站开奖公告",
    Source.SUPER: "中国体育彩票官方网站开奖公告",
    Source.SEVEN: "中国体育彩票官方网站开奖公告",
    Source.HAPPY8: "中国福利彩票官方网站开奖公告",
    Source.BALLS: "公证处现场监督记录",
}
