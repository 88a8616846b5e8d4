"""证书数据状态: in which states can a batch, a row and its hand-over be, whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice, our_default
from touchstone.policy.roles import Role

LAW, REVIEW = notice("三(四)2"), our_default("证书数据审核")


class Way(StrEnum):
    """How a batch came in."""

    ISSUED = "issued"
    WORKBOOK = "workbook"
    SYSTEM = "system"
    CORRECTION = "correction"
    REVOCATION = "revocation"
    EXISTING = "existing"

    @property
    def label(self) -> str:
        return {
            "issued": "平台发证",
            "workbook": "上传工作簿",
            "system": "接口报送",
            "correction": "更正",
            "revocation": "撤销",
            "existing": "存量证书",
        }[self.value]


class Act(StrEnum):
    """What a row asks of the national query: to enter a certificate, or to revoke one that it was told of."""

    ENTER = "enter"
    REVOKE = "revoke"

    @property
    def label(self) -> str:
        return {"enter": "登记", "revoke": "撤销"}[self.value]


class BatchState(StrEnum):
    """A batch's way from the first row to the register."""

    READING = "reading"
    CHECKED = "checked"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REVERTED = "reverted"
    FAILED = "failed"
    TRIED = "tried"

    @property
    def label(self) -> str:
        return {
            "reading": "核对中",
            "checked": "待提交",
            "under_review": "待审核",
            "returned": "退回更正",
            "accepted": "已接收",
            "refused": "不予接收",
            "reverted": "已撤回",
            "failed": "未能读取",
            "tried": "试运行",
        }[self.value]


WAITING_ON = {
    BatchState.READING: Side.CLOCK,
    BatchState.CHECKED: Side.BODY,
    BatchState.UNDER_REVIEW: Side.AUTHORITY,
    BatchState.RETURNED: Side.BODY,
    BatchState.ACCEPTED: Side.NOBODY,
    BatchState.REFUSED: Side.NOBODY,
    BatchState.REVERTED: Side.NOBODY,
    BatchState.FAILED: Side.NOBODY,
    BatchState.TRIED: Side.NOBODY,
}
WITH_BODY = frozenset({BatchState.CHECKED, BatchState.RETURNED})
_BODY = {Role.BODY_PLANNER, Role.BODY_LEADER}
_HANDLERS = {Role.INTAKE_CLERK, Role.DIRECTOR}
_S = BatchState
MOVES = Moves(
    move("finish_check", {_S.READING}, _S.CHECKED, by=Role.PLATFORM, title="核对完成", clause=LAW),
    move("submit", {_S.CHECKED, _S.RETURNED}, _S.UNDER_REVIEW, by=_BODY | {Role.PLATFORM}, title="提交审核", clause=REVIEW),
    move("return_for_correction", {_S.UNDER_REVIEW}, _S.RETURNED, by=_HANDLERS, title="退回更正", clause=REVIEW),
    move("accept", {_S.UNDER_REVIEW}, _S.ACCEPTED, by=_HANDLERS | {Role.PLATFORM}, title="接收", clause=REVIEW),
    move("refuse", {_S.UNDER_REVIEW}, _S.REFUSED, by=Role.DIRECTOR, title="不予接收", clause=LAW),
    move("revert", {_S.CHECKED, _S.UNDER_REVIEW, _S.RETURNED}, _S.REVERTED, by=_BODY, title="整份撤回", clause=REVIEW),
)


class EntryState(StrEnum):
    """A row's way: the chain closed or is broken; objected to by hand; replaced by a correction; in the register; its certificate void since."""

    PASSED = "passed"
    BROKEN = "broken"
    OBJECTED = "objected"
    REPLACED = "replaced"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REVERTED = "reverted"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        return {
            "passed": "核对通过",
            "broken": "核对不通过",
            "objected": "审核有误",
            "replaced": "已更正",
            "accepted": "已接收",
            "refused": "不予接收",
            "reverted": "已撤回",
            "revoked": "证书已撤销",
        }[self.value]


UNDECIDED = (EntryState.PASSED, EntryState.OBJECTED)
"""Rows whose chain closed and which nobody has accepted, refused or taken back."""
IN_HAND = (*UNDECIDED, EntryState.BROKEN)
"""Rows that can be corrected while their batch lies with its body."""
STANDING = (*UNDECIDED, EntryState.ACCEPTED)
"""Rows that hold their certificate number: no second one comes in beside them."""


class National(StrEnum):
    """Where an accepted row stands at the national query."""

    NONE = ""
    WAITING = "waiting"
    SENT = "sent"
    TAKEN = "taken"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return {"": "—", "waiting": "待上报", "sent": "已上报", "taken": "全国查询已收录", "returned": "全国查询退回"}[self.value]


class ParcelState(StrEnum):
    """A file of rows on its way to the national query and back."""

    MADE = "made"
    SENT = "sent"
    RECEIPTED = "receipted"

    @property
    def label(self) -> str:
        return {"made": "待报送", "sent": "已报送，待回执", "receipted": "已有回执"}[self.value]
