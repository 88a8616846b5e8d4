"""双随机状态: in which states can a yearly plan or a draw be, whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.inspections import LAW
from touchstone.policy.roles import Role
from touchstone.policy.supervision.acts import LADDER


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
    """A drawn visit's way to the public: how it goes on the spot is the visit's own state."""

    SENT = "sent"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {"sent": "待检查", "confirmed": "结果已公布", "cancelled": "已取消"}[self.value]


class VisitState(StrEnum):
    """A visit's way: answered and signed, then sealed for good."""

    OPEN = "open"
    SEALED = "sealed"

    @property
    def label(self) -> str:
        return {"open": "正在检查", "sealed": "检查记录已封存"}[self.value]


class FindingState(StrEnum):
    """The way of what an inspection found wrong: corrected and checked off here, or taken up as a case."""

    FOUND = "found"
    CORRECTING = "correcting"
    REPORTED = "reported"
    EXAMINED = "examined"
    CORRECTED = "corrected"
    FOR_CASE = "for_case"
    TAKEN_UP = "taken_up"

    @property
    def label(self) -> str:
        return {
            "found": "待确定处理方式",
            "correcting": "立行立改，待机构改正",
            "reported": "机构已报告改正，待复查",
            "examined": "一人复查合格，待另一人复查",
            "corrected": "已改正销号",
            "for_case": "建议立案",
            "taken_up": "已立案",
        }[self.value]


TASK_WAITING_ON = {
    TaskState.SENT: Side.AUTHORITY,
    TaskState.CONFIRMED: Side.NOBODY,
    TaskState.CANCELLED: Side.NOBODY,
}
VISIT_WAITING_ON = {VisitState.OPEN: Side.AUTHORITY, VisitState.SEALED: Side.NOBODY}
FINDING_WAITING_ON = {
    FindingState.FOUND: Side.AUTHORITY,
    FindingState.CORRECTING: Side.BODY,
    FindingState.REPORTED: Side.AUTHORITY,
    FindingState.EXAMINED: Side.AUTHORITY,
    FindingState.CORRECTED: Side.NOBODY,
    FindingState.FOR_CASE: Side.AUTHORITY,
    FindingState.TAKEN_UP: Side.NOBODY,
}
UNSETTLED = [state.value for state in FindingState if state not in {FindingState.CORRECTED, FindingState.TAKEN_UP}]
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

_P, _D, _T, _V, _F = PlanState, DrawState, TaskState, VisitState, FindingState
_MAKERS, _OFFICERS = {Role.SUPERVISOR}, {Role.SUPERVISOR, Role.DIRECTOR}
_BODY = {Role.BODY_LEADER, Role.BODY_PLANNER}

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
    move("open", {_T.SENT}, _T.SENT, by=_MAKERS, title="开始检查", clause=LAW),
    move("publish", {_T.SENT}, _T.CONFIRMED, by=_MAKERS, title="公布结果", clause=LAW),
    move("cancel", {_T.SENT}, _T.CANCELLED, by=Role.DIRECTOR, title="随抽取作废", clause=LAW),
)
VISIT_MOVES = Moves(
    move("answer", {_V.OPEN}, _V.OPEN, by=_MAKERS, title="填写检查记录", clause=LAW),
    move("hinder", {_V.OPEN}, _V.OPEN, by=_MAKERS, title="写明未能检查的情况", clause=LAW),
    move("sign", {_V.OPEN}, _V.OPEN, by=_MAKERS, title="在检查记录上签字", clause=LAW),
    move("sign_for_body", {_V.OPEN}, _V.OPEN, by=_BODY, title="代表机构签字", clause=LAW),
    move("seal", {_V.OPEN}, _V.SEALED, by=_MAKERS, title="封存检查记录", clause=LAW),
)
FINDING_MOVES = Moves(
    move("correct_at_once", {_F.FOUND}, _F.CORRECTING, by=_MAKERS, title="要求立行立改", clause=LADDER),
    move("suggest_case", {_F.FOUND, _F.CORRECTING, _F.REPORTED}, _F.FOR_CASE, by=_MAKERS, title="移交立案建议", clause=LADDER),
    move("report", {_F.CORRECTING}, _F.REPORTED, by=_BODY, title="报告改正情况", clause=LADDER),
    move("examine", {_F.REPORTED}, _F.EXAMINED, by=_MAKERS, title="复查改正情况", clause=LADDER),
    move("check_off", {_F.EXAMINED}, _F.CORRECTED, by=_MAKERS, title="第二人复查销号", clause=LADDER),
    move("reject", {_F.REPORTED, _F.EXAMINED}, _F.CORRECTING, by=_MAKERS, title="退回重新改正", clause=LADDER),
    move("take_up", {_F.FOR_CASE}, _F.TAKEN_UP, by=_OFFICERS, title="立案", clause=LADDER),
)
