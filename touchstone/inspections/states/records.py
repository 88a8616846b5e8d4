"""调取资料状态: how far is a call for records, and each thing it asks for? By whose hand does it move on?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, move
from touchstone.policy.roles import Role
from touchstone.policy.supervision.records import LAW


class CallState(StrEnum):
    """How far a call for records is."""

    CALLED = "called"
    HANDED = "handed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"called": "待提供", "handed": "已提供，待核收", "closed": "已办结", "withdrawn": "已撤回"}[self.value]


class ItemState(StrEnum):
    """How far one thing asked for is."""

    WAITING = "waiting"
    HELD = "held"
    HANDED = "handed"
    NOT_THERE = "not_there"
    RECEIVED = "received"
    LACKING = "lacking"

    @property
    def label(self) -> str:
        return {
            "waiting": "待提供",
            "held": "平台已冻结",
            "handed": "已提供",
            "not_there": "机构说明没有",
            "received": "已核收",
            "lacking": "确认缺失",
        }[self.value]


class RecordsKind(StrEnum):
    """What can be called for."""

    ARCHIVE = "archive"
    BATCH = "batch"
    ROSTER = "roster"
    SCORES = "scores"
    SITTING = "sitting"
    VIDEOS = "videos"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "archive": "评价档案",
            "batch": "证书数据批次",
            "roster": "报名名册",
            "scores": "成绩",
            "sitting": "场次记录和答卷",
            "videos": "监控录像",
            "other": "其他材料",
        }[self.value]

    @property
    def named_by(self) -> str:
        """By which number the platform knows it; empty where only the body can hold it."""
        return {"archive": "档号", "batch": "批次编号", "roster": "计划编号", "scores": "计划编号", "sitting": "场次编号"}.get(self.value, "")


class MoreTime(StrEnum):
    """Whether a body asked for more time, and what it was told."""

    NOT_ASKED = ""
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"": "没有申请", "asked": "待答复", "granted": "已同意", "refused": "未同意"}[self.value]


OWED = (ItemState.WAITING,)
ANSWERED = (ItemState.HANDED, ItemState.NOT_THERE)
JUDGED = (ItemState.RECEIVED, ItemState.LACKING)

_C, _OFFICE, _BODY = CallState, {Role.SUPERVISOR}, {Role.BODY_PLANNER, Role.BODY_LEADER}
CALL_MOVES = Moves(
    move("answer", {_C.CALLED}, _C.CALLED, by=_BODY, title="提供资料", clause=LAW),
    move("finish", {_C.CALLED}, _C.HANDED, by=_BODY, title="提交资料", clause=LAW),
    move("ask_time", {_C.CALLED}, _C.CALLED, by=_BODY, title="申请延期", clause=LAW),
    move("answer_time", {_C.CALLED}, _C.CALLED, by=_OFFICE, title="答复延期申请", clause=LAW),
    move("judge", {_C.CALLED, _C.HANDED}, _C.HANDED, by=_OFFICE, title="核收资料", clause=LAW),
    move("send_back", {_C.HANDED}, _C.CALLED, by=_OFFICE, title="退回补交", clause=LAW),
    move("close", {_C.CALLED, _C.HANDED}, _C.CLOSED, by=_OFFICE, title="办结", clause=LAW),
    move("withdraw", {_C.CALLED, _C.HANDED}, _C.WITHDRAWN, by=_OFFICE, title="撤回", clause=LAW),
    move("remind", {_C.CALLED}, _C.CALLED, by=Role.PLATFORM, title="到期提醒", clause=LAW),
    move("note_late", {_C.CALLED}, _C.CALLED, by=Role.PLATFORM, title="逾期登记", clause=LAW),
)
