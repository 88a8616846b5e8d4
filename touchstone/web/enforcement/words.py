"""机构案件写法: how do states, tiers, measures, steps and clocks of a case stand on a page?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.enforcement.facts.wording import measure_told
from touchstone.enforcement.queries import clocks_of
from touchstone.enforcement.states import MeasureState, State
from touchstone.policy.supervision.acts import ACTS, Authority, Tier, tier_on
from touchstone.policy.supervision.ladder import Measure
from touchstone.print.dates import chinese_date

if TYPE_CHECKING:
    from touchstone.enforcement.models import Case, CaseMeasure

_TONES = {
    State.FOUND: "neutral",
    State.OPENED: "info",
    State.NOTIFIED: "info",
    State.PROPOSED: "warn",
    State.DECIDED: "warn",
    State.SERVED: "danger",
    State.CLOSED: "ok",
    State.CLEARED: "ok",
    State.REVERSED: "ok",
    State.REFUSED: "neutral",
}
_MEASURE_TONES = {
    MeasureState.DECIDED: "neutral",
    MeasureState.RUNNING: "warn",
    MeasureState.REPORTED: "info",
    MeasureState.DONE: "ok",
    MeasureState.FAILED: "danger",
    MeasureState.UNDONE: "neutral",
}
STATES = {state.value: (state.label, _TONES[state]) for state in State}
TIERS = {
    tier.value: (tier.label, tone) for tier, tone in zip(Tier, ("neutral", "warn", "warn", "danger", "danger"), strict=True)
}
MEASURE_STATES = {state.value: (state.label, _MEASURE_TONES[state]) for state in MeasureState}


def act_choices(day: date) -> list[tuple[str, Any]]:
    """This function will give the acts of bodies on the list of a day, grouped by tier, for a form."""
    listed = ACTS.on(day).value
    groups: list[tuple[str, Any]] = [("", "请选择")]
    for tier in Tier:
        lines = [(key, act.words) for key, act in listed.items() if tier_on(key, day) is tier]
        groups.append((tier.label, lines))
    return groups


def pairs_of(case: "Case") -> list[tuple[str, Any]]:
    """This function will give what a case is about, as pairs."""
    pairs: list[tuple[str, Any]] = [
        ("当事机构", case.party_name),
        ("备案", case.filing or "没有有效备案"),
        ("承办单位", case.office.name),
        ("档次", case.get_tier_display()),
        ("行为日（最后）", chinese_date(case.acted_on)),
        ("发现日", chinese_date(case.found_on)),
    ]
    if case.handed_by is not None:
        pairs.append(("移交单位", case.handed_by.name))
    if case.certificates:
        pairs.append(("所涉证书", f"{len(case.certificates):,}本"))
    if case.plans:
        pairs.append(("所涉认定计划", "、".join(case.plans)))
    return pairs


def clocks_shown(case: "Case", day: date) -> list[dict[str, Any]]:
    """This function will give the clocks of a case as lines of a page: those that run with their last day, those that are over as they went."""
    return [
        {
            "what": one.what,
            "last": one.last,
            "done_on": one.done_on,
            "late": one.finding.outcome.value != "met",
            "sentence": one.finding.reason,
        }
        for one in clocks_of(case, day)
    ]


def measure_line(one: "CaseMeasure") -> dict[str, Any]:
    """This function will give a measure of a decision as a line of a page."""
    label, tone = MEASURE_STATES[one.state]
    measure = Measure(one.measure)
    title = f"移送{Authority(one.authority).label}" if one.authority else measure_told(measure, {measure.value: one.terms})
    return {
        "one": one,
        "key": measure.value,
        "title": title,
        "label": label,
        "tone": tone,
        "effect": measure.effect,
        "corrects": measure in {Measure.AT_ONCE, Measure.ORDER, Measure.RECTIFY},
        "reports": list(one.corrections.all()),
    }
