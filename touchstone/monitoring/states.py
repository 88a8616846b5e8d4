"""预警状态: in which states can a run or a case be, whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.monitoring.handling import WARNED
from touchstone.policy.roles import Role


class RunKind(StrEnum):
    """Whether a run compares everything, or what changed since the last."""

    WHOLE = "whole"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return {"whole": "全量", "changed": "变动"}[self.value]


class RunState(StrEnum):
    """A run's way: the data is written out, compared, and the hits are taken."""

    WAITING = "waiting"
    PUBLISHING = "publishing"
    COMPARING = "comparing"
    TAKING = "taking"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {
            "waiting": "等待运行",
            "publishing": "正在汇集数据",
            "comparing": "正在比对",
            "taking": "正在生成预警",
            "done": "已完成",
            "failed": "没有完成",
        }[self.value]


UNFINISHED = [RunState.WAITING.value, RunState.PUBLISHING.value, RunState.COMPARING.value, RunState.TAKING.value]


class State(StrEnum):
    """A case's way from the hit to what came of it."""

    OPEN = "open"
    ASKED = "asked"
    ANSWERED = "answered"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "open": "待核实",
            "asked": "待机构说明",
            "answered": "机构已说明，待认定",
            "upheld": "属实",
            "dismissed": "不属实",
            "withdrawn": "数据已变，自动撤回",
        }[self.value]


WAITING_ON = {
    State.OPEN: Side.AUTHORITY,
    State.ASKED: Side.BODY,
    State.ANSWERED: Side.AUTHORITY,
    State.UPHELD: Side.NOBODY,
    State.DISMISSED: Side.NOBODY,
    State.WITHDRAWN: Side.NOBODY,
}
UNDECIDED = [State.OPEN.value, State.ASKED.value, State.ANSWERED.value]

_S = State
_HANDLERS = {Role.SUPERVISOR, Role.DIRECTOR}
_BODY = {Role.BODY_PLANNER, Role.BODY_LEADER}

MOVES = Moves(
    move("assign", {_S.OPEN}, _S.OPEN, by=_HANDLERS, title="转交", clause=WARNED),
    move("assign", {_S.ASKED}, _S.ASKED, by=_HANDLERS, title="转交", clause=WARNED),
    move("assign", {_S.ANSWERED}, _S.ANSWERED, by=_HANDLERS, title="转交", clause=WARNED),
    move("ask", {_S.OPEN, _S.ASKED, _S.ANSWERED}, _S.ASKED, by=_HANDLERS, title="请机构说明", clause=WARNED),
    move("answer", {_S.ASKED}, _S.ANSWERED, by=_BODY, title="作出说明", clause=WARNED),
    move("uphold", {_S.ASKED, _S.ANSWERED}, _S.UPHELD, by=_HANDLERS, title="认定属实", clause=WARNED),
    move("dismiss", {_S.OPEN, _S.ASKED, _S.ANSWERED}, _S.DISMISSED, by=_HANDLERS, title="认定不属实", clause=WARNED),
    move("withdraw", {_S.OPEN, _S.ASKED, _S.ANSWERED}, _S.WITHDRAWN, by=Role.PLATFORM, title="自动撤回", clause=WARNED),
    move("reopen", {_S.UPHELD, _S.DISMISSED, _S.WITHDRAWN}, _S.OPEN, by={Role.DIRECTOR, Role.PLATFORM}, title="重新核实", clause=WARNED),
)
