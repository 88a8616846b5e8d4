"""考生用语: how is a registration told to the person whose it is?"""

from typing import TYPE_CHECKING, Any

from touchstone.exams.states import CandidateState, PlanState
from touchstone.web.plan_view import what_of

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate

_STATES = {
    CandidateState.REGISTERED: ("等待审核", "info"),
    CandidateState.ELIGIBLE: ("资格已通过", "ok"),
    CandidateState.UNPROVEN: ("等待补充证明", "warn"),
    CandidateState.INELIGIBLE: ("不符合条件", "danger"),
    CandidateState.WITHDRAWN: ("已退出", "neutral"),
}
PAYMENT_TONES = {
    "due": "warn", "waiting": "info", "paid": "ok", "refund_due": "info", "refunded": "neutral", "kept": "neutral", "lapsed": "neutral",
    "waived": "ok",
}  # fmt: skip
_RESULTS = {"passed": ("合格", "ok"), "failed": ("不合格", "danger"), "absent": ("缺考", "neutral")}
_TOLD = {PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED}
"""A result is told to the person when it is told to everybody, not before."""


def is_told(candidate: "Candidate") -> bool:
    """This function will say whether the candidate may know the result yet."""
    return bool(candidate.result) and candidate.plan.state in _TOLD


def state_of(candidate: "Candidate") -> tuple[str, str]:
    """This function will name where a registration stands, with its tone."""
    if candidate.plan.state == PlanState.CANCELLED:
        return "计划已取消", "neutral"
    if is_told(candidate):
        return _RESULTS[candidate.result]
    if candidate.state == CandidateState.ELIGIBLE and candidate.plan.state == PlanState.ARRANGED:
        return "等待考试", "info"
    if candidate.state == CandidateState.ELIGIBLE and candidate.plan.state == PlanState.HELD:
        return "等待成绩", "info"
    return _STATES[CandidateState(candidate.state)]


def line_of(candidate: "Candidate") -> dict[str, Any]:
    """This function will give one line of a list of registrations."""
    return {"row": candidate, "what": what_of(candidate.plan), "state": state_of(candidate)}
