"""预警用语: how do states, severities, shares and rules stand on the pages?"""

from touchstone.monitoring.states import RunState, State
from touchstone.policy.monitoring import RULES
from touchstone.policy.monitoring.comparison import Severity

_TONES = {
    State.OPEN: "warn",
    State.ASKED: "info",
    State.ANSWERED: "warn",
    State.UPHELD: "danger",
    State.DISMISSED: "ok",
    State.WITHDRAWN: "neutral",
}
STATES = {state.value: (state.label, _TONES[state]) for state in State}
_HEAVY = {Severity.HIGH: "danger", Severity.MEDIUM: "warn", Severity.LOW: "neutral"}
SEVERITIES = {one.value: (one.label, _HEAVY[one]) for one in Severity}
RUN_STATES = {
    one.value: (one.label, {RunState.DONE: "ok", RunState.FAILED: "danger"}.get(one, "info")) for one in RunState
}
RULE_CHOICES = [(rule.key, rule.title) for rule in RULES]


def percent(share: float | None) -> str:
    """This function will write a share as people read it: a dash where there is none, and never 0 where there is something."""
    if share is None:
        return "—"
    if 0 < share < 0.0001:
        return "<0.01%"
    return f"{share:.2%}" if share < 0.1 else f"{share:.1%}"
