"""机构案件状态: how far is a case, a measure of it, a letter and an appeal; whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role

LAW = notice("三(四)1")
LADDER = notice("三(四)2")


class State(StrEnum):
    """A case's way from what was found to its end. A body once cleared stays cleared: nothing leads out of 不成立."""

    FOUND = "found"
    OPENED = "opened"
    NOTIFIED = "notified"
    PROPOSED = "proposed"
    DECIDED = "decided"
    SERVED = "served"
    CLOSED = "closed"
    CLEARED = "cleared"
    REVERSED = "reversed"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _STATES[self.value]


_STATES = {
    "found": "待立案审批",
    "opened": "已立案，调查取证",
    "notified": "已告知，听取意见",
    "proposed": "待决定",
    "decided": "已决定，待送达",
    "served": "已送达，执行中",
    "closed": "已结案",
    "cleared": "不成立，已结案",
    "reversed": "经申诉撤销",
    "refused": "不予立案",
}
OPEN = frozenset({State.FOUND, State.OPENED, State.NOTIFIED, State.PROPOSED})
"""Nothing is decided yet."""
STANDS = frozenset({State.DECIDED, State.SERVED, State.CLOSED})
"""A decision stands."""
OVER = frozenset({State.CLOSED, State.CLEARED, State.REVERSED})
"""What has an archive."""


class MeasureState(StrEnum):
    """What has become of one measure that was decided."""

    DECIDED = "decided"
    RUNNING = "running"
    REPORTED = "reported"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        return {
            "decided": "待送达后执行",
            "running": "执行中",
            "reported": "已报告，待复查",
            "done": "已完成",
            "failed": "逾期没有改正",
            "undone": "已撤销",
        }[self.value]


class LetterKind(StrEnum):
    """A letter of a case, served or sent."""

    NOTICE = "notice"
    HEARING = "hearing"
    DECISION = "decision"
    SUMMONS = "summons"
    CLEARED = "cleared"
    HAND_OVER = "hand_over"
    RESTORED = "restored"
    ANSWER = "answer"

    @property
    def label(self) -> str:
        return {
            "notice": "拟处理告知书",
            "hearing": "听证通知书",
            "decision": "处理决定书",
            "summons": "约谈通知书",
            "cleared": "不成立告知书",
            "hand_over": "案件移送书",
            "restored": "恢复评价通知书",
            "answer": "申诉答复书",
        }[self.value]


class Service(StrEnum):
    """How a letter came to whom it is meant for."""

    PLATFORM = "platform"
    SIGNED = "signed"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"platform": "平台送达，本机构打开签收", "signed": "直接送达，受送达人签收", "refused": "留置送达，拒收情况已写明"}[self.value]


class AppealState(StrEnum):
    """How the body's appeal to the office above stands."""

    NONE = "none"
    LODGED = "lodged"
    UPHELD = "upheld"
    REVERSED = "reversed"

    @property
    def label(self) -> str:
        return {"none": "没有申诉", "lodged": "申诉审查中", "upheld": "维持决定", "reversed": "撤销决定"}[self.value]


WAITING_ON = {
    State.FOUND: Side.AUTHORITY,
    State.OPENED: Side.AUTHORITY,
    State.NOTIFIED: Side.BODY,
    State.PROPOSED: Side.AUTHORITY,
    State.DECIDED: Side.AUTHORITY,
    State.SERVED: Side.BODY,
    State.CLOSED: Side.NOBODY,
    State.CLEARED: Side.NOBODY,
    State.REVERSED: Side.NOBODY,
    State.REFUSED: Side.NOBODY,
}

OFFICERS = frozenset({Role.SUPERVISOR, Role.INTAKE_CLERK, Role.REGISTRAR})
"""Who may handle a case: 质量督导员, and the clerks of the office."""
_S, _M, _A = State, MeasureState, AppealState

MOVES = Moves(
    move("approve", {_S.FOUND}, _S.OPENED, by=Role.DIRECTOR, title="批准立案", clause=LAW),
    move("refuse", {_S.FOUND}, _S.REFUSED, by=Role.DIRECTOR, title="不予立案", clause=LAW),
    move("notify", {_S.OPENED}, _S.NOTIFIED, by=OFFICERS, title="发出告知书", clause=LAW),
    move("send_up", {_S.OPENED, _S.NOTIFIED}, _S.PROPOSED, by=OFFICERS, title="报送审批", clause=LAW),
    move("return", {_S.PROPOSED}, _S.NOTIFIED, by=Role.DIRECTOR, title="退回补正", clause=LAW),
    move("send_back", {_S.PROPOSED}, _S.OPENED, by=Role.DIRECTOR, title="退回调查", clause=LAW),
    move("hand_to", {_S.OPENED, _S.NOTIFIED, _S.PROPOSED}, _S.OPENED, by=OFFICERS | {Role.DIRECTOR}, title="移交有权的单位", clause=LAW),
    move("decide", {_S.PROPOSED}, _S.DECIDED, by=Role.DIRECTOR, title="作出决定", clause=LADDER),
    move("clear", {_S.OPENED, _S.NOTIFIED, _S.PROPOSED}, _S.CLEARED, by=Role.DIRECTOR, title="认定不成立", clause=LAW),
    move("serve", {_S.DECIDED}, _S.SERVED, by=OFFICERS | {Role.BODY_LEADER, Role.BODY_FILER}, title="送达决定", clause=LADDER),
    move("close", {_S.SERVED}, _S.CLOSED, by=OFFICERS, title="结案", clause=LAW),
    move("reverse", {_S.DECIDED, _S.SERVED, _S.CLOSED}, _S.REVERSED, by=Role.DIRECTOR, title="经申诉撤销", clause=LAW),
)
MEASURE_MOVES = Moves(
    move("carry_out", {_M.DECIDED}, _M.RUNNING, by=Role.PLATFORM, title="开始执行", clause=LADDER),
    move("report", {_M.RUNNING, _M.FAILED}, _M.REPORTED, by={Role.BODY_FILER, Role.BODY_PLANNER, Role.BODY_LEADER}, title="报告改正", clause=LADDER),
    move("reject", {_M.REPORTED}, _M.RUNNING, by=OFFICERS, title="复查不合格", clause=LADDER),
    move("lapse", {_M.RUNNING}, _M.FAILED, by=Role.PLATFORM, title="逾期没有改正", clause=LADDER),
    move("finish", {_M.DECIDED, _M.RUNNING, _M.REPORTED}, _M.DONE, by=OFFICERS | {Role.DIRECTOR, Role.PLATFORM}, title="完成", clause=LADDER),
    move("undo", {_M.DECIDED, _M.RUNNING, _M.REPORTED, _M.DONE, _M.FAILED}, _M.UNDONE, by=Role.DIRECTOR, title="撤销", clause=LADDER),
)
APPEAL_MOVES = Moves(
    move("appeal", {_A.NONE}, _A.LODGED, by=Role.BODY_LEADER, title="申诉", clause=LAW),
    move("uphold", {_A.LODGED}, _A.UPHELD, by=Role.DIRECTOR, title="维持决定", clause=LAW),
    move("overturn", {_A.LODGED}, _A.REVERSED, by=Role.DIRECTOR, title="撤销决定", clause=LAW),
)
