"""问题回溯状态: how far is a body's tracing back, and by whose hand does it move on?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, move
from touchstone.policy.roles import Role
from touchstone.policy.supervision.records import ITSELF


class TracingState(StrEnum):
    """How far a tracing is."""

    ASKED = "asked"
    OPEN = "open"
    FINISHED = "finished"

    @property
    def label(self) -> str:
        return {"asked": "待回溯", "open": "回溯中", "finished": "已完成"}[self.value]


_T, _BODY = TracingState, {Role.BODY_PLANNER, Role.BODY_LEADER}
TRACING_MOVES = Moves(
    move("note", {_T.ASKED, _T.OPEN}, _T.OPEN, by=_BODY, title="填写回溯结果", clause=ITSELF),
    move("hold", {_T.ASKED, _T.OPEN}, _T.OPEN, by=_BODY, title="登记责任追究", clause=ITSELF),
    move("finish", {_T.OPEN}, _T.FINISHED, by=Role.BODY_LEADER, title="完成回溯", clause=ITSELF),
)
