"""机构系统状态: how does a key stand, and where is a batch?"""

from enum import StrEnum


class KeyStanding(StrEnum):
    """How a key stands on a day."""

    FUTURE = "future"
    IN_FORCE = "in_force"
    OVER = "over"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        return {"future": "未到启用日", "in_force": "可用", "over": "已到期", "retired": "已停用"}[self.value]


class BatchState(StrEnum):
    """A batch's way through the queue."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return {"waiting": "等待办理", "running": "办理中", "finished": "已办完", "stopped": "没有办完"}[self.value]
