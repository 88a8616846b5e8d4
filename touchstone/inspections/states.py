"""双随机状态: in which states can a yearly plan or a draw be, whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.inspections import LAW
from touchstone.policy.roles import Role


class PlanState(StrEnum):
    """A yearly plan's way to the public."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        return {"drafted": "编制中", "submitted": "待批准", "returned": "已退回", "approved": "已批准公布"}[self.value]


class DrawState(StrEnum):
    """A draw's way: rosters frozen, announced, the public numbers put down twice, drawn, and told."""

    FROZEN = "frozen"
    ANNOUNCED = "announced"
    ENTERED = "entered"
    ATTESTED = "attested"
    DRAWN = "drawn"
    UNFILLED = "unfilled"
    REVEALED = "revealed"
    VOIDED = "voided"

    @property
    def label(self) -> str:
        return {
            "frozen": "名单已冻结，待公告",
            "announced": "已公告，待开奖",
            "entered": "随机数已录入，待复核",
            "attested": "随机数已复核，待抽取",
            "drawn": "已抽取，任务封存",
            "unfilled": "人员配不齐，待重抽",
            "revealed": "已揭晓",
            "voided": "已作废",
        }[self.value]


class TaskState(StrEnum):
    """A visit's way to the public."""

    SENT = "sent"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {"sent": "待检查", "reported": "待另一名检查人员确认", "confirmed": "结果已公布", "cancelled": "已取消"}[self.value]


TASK_WAITING_ON = {
    TaskState.SENT: Side.AUTHORITY,
    TaskState.REPORTED: Side.AUTHORITY,
    TaskState.CONFIRMED: Side.NOBODY,
    TaskState.CANCELLED: Side.NOBODY,
}
PLAN_WAITING_ON = {
    PlanState.DRAFTED: Side.AUTHORITY,
    PlanState.SUBMITTED: Side.AUTHORITY,
    PlanState.RETURNED: Side.AUTHORITY,
    PlanState.APPROVED: Side.NOBODY,
}
DRAW_WAITING_ON = {
    DrawState.FROZEN: Side.AUTHORITY,
    DrawState.ANNOUNCED: Side.CLOCK,
    DrawState.ENTERED: Side.AUTHORITY,
    DrawState.ATTESTED: Side.AUTHORITY,
    DrawState.DRAWN: Side.CLOCK,
    DrawState.UNFILLED: Side.AUTHORITY,
    DrawState.REVEALED: Side.NOBODY,
    DrawState.VOIDED: Side.NOBODY,
}
PUBLIC = [state.value for state in DrawState if state is not DrawState.FROZEN]
"""The states in which the public knows of a draw; one thrown away before it was announced is told by its number."""

_P, _D, _T = PlanState, DrawState, TaskState
_MAKERS, _OFFICERS = {Role.SUPERVISOR}, {Role.SUPERVISOR, Role.DIRECTOR}

PLAN_MOVES = Moves(
    move("save", {_P.DRAFTED, _P.RETURNED}, _P.DRAFTED, by=_MAKERS, title="修改计划", clause=LAW),
    move("submit", {_P.DRAFTED, _P.RETURNED}, _P.SUBMITTED, by=_MAKERS, title="报请批准", clause=LAW),
    move("return", {_P.SUBMITTED}, _P.RETURNED, by=Role.DIRECTOR, title="退回修改", clause=LAW),
    move("approve", {_P.SUBMITTED}, _P.APPROVED, by=Role.DIRECTOR, title="批准公布", clause=LAW),
)
DRAW_MOVES = Moves(
    move("freeze", {_D.FROZEN}, _D.FROZEN, by=_MAKERS, title="重新冻结名单", clause=LAW),
    move("announce", {_D.FROZEN}, _D.ANNOUNCED, by=_MAKERS, title="公告抽取", clause=LAW),
    move("enter", {_D.ANNOUNCED, _D.ENTERED}, _D.ENTERED, by=_OFFICERS, title="录入随机数", clause=LAW),
    move("attest", {_D.ENTERED}, _D.ATTESTED, by=_OFFICERS, title="复核随机数", clause=LAW),
    move("draw", {_D.ATTESTED}, _D.DRAWN, by=_OFFICERS, title="抽取", clause=LAW),
    move("find_unfilled", {_D.ATTESTED}, _D.UNFILLED, by=Role.PLATFORM, title="配不齐检查人员", clause=LAW),
    move("reveal", {_D.DRAWN}, _D.REVEALED, by=Role.PLATFORM, title="揭晓保密数", clause=LAW),
    move(
        "redraw", {_D.ANNOUNCED, _D.ENTERED, _D.ATTESTED, _D.DRAWN, _D.UNFILLED}, _D.VOIDED, by=Role.DIRECTOR, title="作废重抽", clause=LAW
    ),
    move("discard", {_D.FROZEN}, _D.VOIDED, by=_MAKERS, title="不再抽取", clause=LAW),
)
TASK_MOVES = Moves(
    move("report", {_T.SENT}, _T.REPORTED, by=_MAKERS, title="填写检查结果", clause=LAW),
    move("send_back", {_T.REPORTED}, _T.SENT, by=_MAKERS, title="退回重填", clause=LAW),
    move("confirm", {_T.REPORTED}, _T.CONFIRMED, by=_MAKERS, title="确认并公布结果", clause=LAW),
    move("cancel", {_T.SENT, _T.REPORTED}, _T.CANCELLED, by=Role.DIRECTOR, title="随抽取作废", clause=LAW),
)
