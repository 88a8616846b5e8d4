"""线索状态: in which states can a lead or an unfiled evaluator be, whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.roles import Role
from touchstone.policy.supervision.complaints import LAW
from touchstone.policy.supervision.unfiled import LAW as UNFILED_LAW


class State(StrEnum):
    """A lead's way from receipt to answer."""

    RECEIVED = "received"
    ASKED = "asked"
    TAKEN_UP = "taken_up"
    CONCLUDED = "concluded"
    VERIFIED = "verified"
    CLOSED = "closed"
    DECLINED = "declined"
    JOINED = "joined"

    @property
    def label(self) -> str:
        return {
            "received": "已收到，待决定是否受理",
            "asked": "待补充",
            "taken_up": "核实中",
            "concluded": "已拟结论，待第二人确认",
            "verified": "已核实，待答复",
            "closed": "已办结",
            "declined": "不予受理",
            "joined": "并入另一件",
        }[self.value]


class Decline(StrEnum):
    """Why a lead is not taken up."""

    NOT_CONCRETE = "not_concrete"
    NOT_OURS = "not_ours"
    REPEATED = "repeated"
    ELSEWHERE = "elsewhere"
    MALICIOUS = "malicious"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "not_concrete": "没有可以核实的具体事实",
            "not_ours": "不属于职业技能等级认定的监管事项",
            "repeated": "同一事项已经核实答复，没有新的事实",
            "elsewhere": "已由法院、仲裁或者其他机关处理",
            "malicious": "内容明显虚构",
            "other": "其他",
        }[self.value]


class EvaluatorState(StrEnum):
    """An unfiled evaluator's way from what was seen to its end."""

    SEEN = "seen"
    CHECKED = "checked"
    WARNED = "warned"
    TAKEN_OFF = "taken_off"
    CLEARED = "cleared"

    @property
    def label(self) -> str:
        return {
            "seen": "待核对",
            "checked": "已核对，待处理",
            "warned": "已公开提示",
            "taken_off": "提示已撤下",
            "cleared": "没有发现问题",
        }[self.value]


class TakenOff(StrEnum):
    """Why a public warning is taken off."""

    FILED = "filed"
    STOPPED = "stopped"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        return {"filed": "已经依规备案", "stopped": "已经停止并改正", "wrong": "提示有误，予以更正"}[self.value]


OPEN = [State.RECEIVED.value, State.ASKED.value, State.TAKEN_UP.value, State.CONCLUDED.value, State.VERIFIED.value]
WAITING_ON = {
    State.RECEIVED: Side.AUTHORITY,
    State.ASKED: Side.CANDIDATE,
    State.TAKEN_UP: Side.AUTHORITY,
    State.CONCLUDED: Side.AUTHORITY,
    State.VERIFIED: Side.AUTHORITY,
    State.CLOSED: Side.NOBODY,
    State.DECLINED: Side.NOBODY,
    State.JOINED: Side.NOBODY,
}
EVALUATOR_WAITING_ON = {
    EvaluatorState.SEEN: Side.AUTHORITY,
    EvaluatorState.CHECKED: Side.AUTHORITY,
    EvaluatorState.WARNED: Side.AUTHORITY,
    EvaluatorState.TAKEN_OFF: Side.NOBODY,
    EvaluatorState.CLEARED: Side.NOBODY,
}
CLERKS = frozenset({Role.INTAKE_CLERK, Role.SUPERVISOR, Role.DIRECTOR})
"""Who handles leads in an office, and who of it may verify them."""
_S, _E = State, EvaluatorState

# Whoever complained acts with the receipt's number and code, in no role: `by` is empty there.
MOVES = Moves(
    move("ask", {_S.RECEIVED}, _S.ASKED, by=CLERKS, title="请投诉人补充", clause=LAW),
    move("add", {_S.RECEIVED}, _S.RECEIVED, by=(), title="补充", clause=LAW),
    move("add", {_S.ASKED}, _S.RECEIVED, by=(), title="补充", clause=LAW),
    move("add", {_S.TAKEN_UP}, _S.TAKEN_UP, by=(), title="补充", clause=LAW),
    move("correct", {_S.RECEIVED}, _S.RECEIVED, by=CLERKS, title="核对被反映的对象", clause=LAW),
    move("correct", {_S.ASKED}, _S.ASKED, by=CLERKS, title="核对被反映的对象", clause=LAW),
    move("correct", {_S.TAKEN_UP}, _S.TAKEN_UP, by=CLERKS, title="核对被反映的对象", clause=LAW),
    move("pass_on", {_S.RECEIVED}, _S.RECEIVED, by=CLERKS, title="转办", clause=LAW),
    move("pass_on", {_S.ASKED}, _S.ASKED, by=CLERKS, title="转办", clause=LAW),
    move("join", {_S.RECEIVED, _S.ASKED, _S.TAKEN_UP}, _S.JOINED, by=CLERKS, title="并案", clause=LAW),
    move("take_up", {_S.RECEIVED, _S.ASKED}, _S.TAKEN_UP, by=CLERKS, title="受理", clause=LAW),
    move("decline", {_S.RECEIVED, _S.ASKED}, _S.DECLINED, by=CLERKS, title="不予受理", clause=LAW),
    move("appoint", {_S.TAKEN_UP}, _S.TAKEN_UP, by=CLERKS, title="指定核实人员", clause=LAW),
    move("extend", {_S.TAKEN_UP}, _S.TAKEN_UP, by=Role.DIRECTOR, title="延长核实期限", clause=LAW),
    move("note", {_S.TAKEN_UP}, _S.TAKEN_UP, by=CLERKS, title="登记核实记录", clause=LAW),
    move("ask_body", {_S.TAKEN_UP}, _S.TAKEN_UP, by=CLERKS, title="请机构说明", clause=LAW),
    move("conclude", {_S.TAKEN_UP}, _S.CONCLUDED, by=CLERKS, title="拟定结论", clause=LAW),
    move("send_back", {_S.CONCLUDED}, _S.TAKEN_UP, by=CLERKS, title="退回再核实", clause=LAW),
    move("confirm", {_S.CONCLUDED}, _S.VERIFIED, by=CLERKS, title="确认结论", clause=LAW),
    move("tell", {_S.VERIFIED}, _S.CLOSED, by=CLERKS, title="答复", clause=LAW),
)
EVALUATOR_MOVES = Moves(
    move("look_up", {_E.SEEN, _E.CHECKED}, _E.CHECKED, by=CLERKS, title="核对备案和证书", clause=UNFILED_LAW),
    move("clear", {_E.CHECKED}, _E.CLEARED, by=CLERKS, title="办结，没有发现问题", clause=UNFILED_LAW),
    move("warn", {_E.CHECKED}, _E.WARNED, by=Role.DIRECTOR, title="公开提示", clause=UNFILED_LAW),
    move("take_off", {_E.WARNED}, _E.TAKEN_OFF, by=Role.DIRECTOR, title="撤下提示", clause=UNFILED_LAW),
    move("hand_over", {_E.CHECKED}, _E.CHECKED, by=CLERKS, title="移送有关部门", clause=UNFILED_LAW),
    move("hand_over", {_E.WARNED}, _E.WARNED, by=CLERKS, title="移送有关部门", clause=UNFILED_LAW),
    move("hand_over", {_E.TAKEN_OFF}, _E.TAKEN_OFF, by=CLERKS, title="移送有关部门", clause=UNFILED_LAW),
)
