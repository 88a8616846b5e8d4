"""远程监控状态: how far is the watching of a sitting, and by whose hand does it move on?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, move
from touchstone.policy.roles import Role
from touchstone.policy.supervision.records import LAW


class WatchState(StrEnum):
    """How far the watching of a sitting is."""

    OPEN = "open"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {"open": "监控中", "reported": "待另一人确认", "confirmed": "已确认", "dropped": "已取消"}[self.value]


_W, _BY = WatchState, {Role.SUPERVISOR}
WATCH_MOVES = Moves(
    move("observe", {_W.OPEN}, _W.OPEN, by=_BY, title="记录监控情况", clause=LAW),
    move("report", {_W.OPEN}, _W.REPORTED, by=_BY, title="填写监控结论", clause=LAW),
    move("send_back", {_W.REPORTED}, _W.OPEN, by=_BY, title="退回", clause=LAW),
    move("confirm", {_W.REPORTED}, _W.CONFIRMED, by=_BY, title="确认监控结论", clause=LAW),
    move("drop", {_W.OPEN}, _W.DROPPED, by=_BY, title="取消监控", clause=LAW),
)
