"""备案状态: in which states can a filing be, whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role


class State(StrEnum):
    """States everyone understands; while under review a filing also has a step of its route."""

    DRAFTED = "drafted"
    CONSENT_SOUGHT = "consent_sought"
    CONSENTED = "consented"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    ANNOUNCED = "announced"
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    State.DRAFTED: "填报中",
    State.CONSENT_SOUGHT: "征求同意中",
    State.CONSENTED: "已获同意",
    State.UNDER_REVIEW: "审核中",
    State.RETURNED: "退回补正",
    State.ANNOUNCED: "公示中",
    State.ACCEPTED: "已备案",
    State.SUSPENDED: "暂停评价",
    State.TERMINATED: "已终止",
    State.REFUSED: "不予备案",
    State.WITHDRAWN: "已撤回",
}

WAITING_ON = {
    State.DRAFTED: Side.BODY,
    State.CONSENT_SOUGHT: Side.AUTHORITY,
    State.CONSENTED: Side.BODY,
    State.UNDER_REVIEW: Side.AUTHORITY,
    State.RETURNED: Side.BODY,
    State.ANNOUNCED: Side.CLOCK,
    State.ACCEPTED: Side.NOBODY,
    State.SUSPENDED: Side.AUTHORITY,
    State.TERMINATED: Side.NOBODY,
    State.REFUSED: Side.NOBODY,
    State.WITHDRAWN: Side.NOBODY,
}

OVER = frozenset({State.ACCEPTED, State.SUSPENDED, State.TERMINATED, State.REFUSED, State.WITHDRAWN})
"""States in which an application is no longer under way."""
GRANTED = frozenset({State.ACCEPTED, State.SUSPENDED, State.TERMINATED})
"""States of a filing that was once accepted: it has a term, and the public register shows it."""

_BODY = {Role.BODY_FILER, Role.BODY_LEADER}
_HANDLERS = {Role.INTAKE_CLERK, Role.DIRECTOR}
_ROUTE, _END, _LADDER = notice("三(一)"), notice("三(四)3"), notice("三(四)2")
_BEFORE_REVIEW = {State.DRAFTED, State.CONSENT_SOUGHT, State.CONSENTED, State.RETURNED}

MOVES = Moves(
    move("seek_consent", {State.DRAFTED}, State.CONSENT_SOUGHT, by=_BODY, title="征求同意", clause=_ROUTE),
    move("recall_consent", {State.CONSENT_SOUGHT}, State.DRAFTED, by=_BODY, title="撤回征求", clause=_ROUTE),
    move("complete_consents", {State.CONSENT_SOUGHT}, State.CONSENTED, by=Role.CONSENT_OFFICER, title="同意", clause=_ROUTE),
    move("fail_consents", {State.CONSENT_SOUGHT}, State.DRAFTED, by=Role.CONSENT_OFFICER, title="不同意", clause=_ROUTE),
    move("submit", {State.CONSENTED, State.RETURNED}, State.UNDER_REVIEW, by=_BODY, title="提交备案申请", clause=_ROUTE),
    move("submit_without_consent", {State.DRAFTED, State.RETURNED}, State.UNDER_REVIEW, by=_BODY, title="提交申请", clause=_ROUTE),
    move("return_for_supplement", {State.UNDER_REVIEW}, State.RETURNED, by=_HANDLERS, title="退回补正", clause=_ROUTE),
    move("return_to_step", {State.UNDER_REVIEW}, State.UNDER_REVIEW, by=_HANDLERS, title="退回到前面的环节", clause=_ROUTE),
    move("return_to_consent", {State.UNDER_REVIEW}, State.DRAFTED, by=_HANDLERS, title="退回重新征求同意", clause=_ROUTE),
    move("announce", {State.UNDER_REVIEW}, State.ANNOUNCED, by=Role.DIRECTOR, title="准予备案并公示", clause=_ROUTE),
    move("accept_at_once", {State.UNDER_REVIEW}, State.ACCEPTED, by=Role.DIRECTOR, title="准予变更", clause=_ROUTE),
    move("refuse", {State.UNDER_REVIEW}, State.REFUSED, by=Role.DIRECTOR, title="不予备案", clause=_ROUTE),
    move("reopen", {State.ANNOUNCED}, State.UNDER_REVIEW, by=Role.DIRECTOR, title="因异议重新审核", clause=_ROUTE),
    move("accept", {State.ANNOUNCED}, State.ACCEPTED, by=Role.PLATFORM, title="完成备案", clause=_ROUTE),
    move("withdraw", _BEFORE_REVIEW, State.WITHDRAWN, by=_BODY, title="撤回", clause=_ROUTE),
    move("suspend", {State.ACCEPTED}, State.SUSPENDED, by=Role.DIRECTOR, title="暂停评价", clause=_LADDER),
    move("restore", {State.SUSPENDED}, State.ACCEPTED, by=Role.DIRECTOR, title="恢复评价", clause=_LADDER),
    move(
        "terminate",
        {State.ACCEPTED, State.SUSPENDED},
        State.TERMINATED,
        by={Role.DIRECTOR, Role.PLATFORM},
        title="终止备案",
        clause=_END,
    ),
    move("reinstate", {State.TERMINATED}, State.ACCEPTED, by=Role.DIRECTOR, title="撤销终止", clause=_END),
)
