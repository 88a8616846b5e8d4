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
    State.REFUSED: Side.NOBODY,
    State.WITHDRAWN: Side.NOBODY,
}

_BODY = {Role.BODY_FILER, Role.BODY_LEADER}
_ROUTE = notice("三(一)1")

MOVES = Moves(
    move("seek_consent", {State.DRAFTED}, State.CONSENT_SOUGHT, by=_BODY, title="征求同意", clause=_ROUTE),
    move("give_consent", {State.CONSENT_SOUGHT}, State.CONSENTED, by=Role.CONSENT_OFFICER, title="同意", clause=_ROUTE),
    move("refuse_consent", {State.CONSENT_SOUGHT}, State.DRAFTED, by=Role.CONSENT_OFFICER, title="不同意", clause=_ROUTE),
    move("submit", {State.CONSENTED, State.RETURNED}, State.UNDER_REVIEW, by=_BODY, title="提交备案申请", clause=_ROUTE),
    move("return_for_supplement", {State.UNDER_REVIEW}, State.RETURNED, by={Role.INTAKE_CLERK, Role.DIRECTOR}, title="退回补正", clause=_ROUTE),
    move("announce", {State.UNDER_REVIEW}, State.ANNOUNCED, by=Role.DIRECTOR, title="准予备案并公示", clause=_ROUTE),
    move("refuse", {State.UNDER_REVIEW}, State.REFUSED, by=Role.DIRECTOR, title="不予备案", clause=_ROUTE),
    move("reopen", {State.ANNOUNCED}, State.UNDER_REVIEW, by=Role.DIRECTOR, title="因异议重新审核", clause=_ROUTE),
    move("accept", {State.ANNOUNCED}, State.ACCEPTED, by=Role.PLATFORM, title="完成备案", clause=_ROUTE),
    move("withdraw", {State.DRAFTED, State.CONSENT_SOUGHT, State.CONSENTED, State.RETURNED}, State.WITHDRAWN, by=_BODY, title="撤回", clause=_ROUTE),
)
