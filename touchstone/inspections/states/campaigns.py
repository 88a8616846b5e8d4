"""专项督导状态: how far is a special campaign, and by whose hand does it move on?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, move
from touchstone.policy.roles import Role
from touchstone.policy.supervision.records import LAW


class CampaignState(StrEnum):
    """How far a campaign is."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {"drafted": "编制中", "submitted": "待批准", "returned": "退回修改", "approved": "进行中", "closed": "已总结"}[self.value]


PUBLIC = (CampaignState.APPROVED, CampaignState.CLOSED)
_C, _BY = CampaignState, {Role.SUPERVISOR}
CAMPAIGN_MOVES = Moves(
    move("save", {_C.DRAFTED, _C.RETURNED}, _C.DRAFTED, by=_BY, title="修改方案", clause=LAW),
    move("submit", {_C.DRAFTED, _C.RETURNED}, _C.SUBMITTED, by=_BY, title="报请批准", clause=LAW),
    move("return", {_C.SUBMITTED}, _C.RETURNED, by=Role.DIRECTOR, title="退回修改", clause=LAW),
    move("approve", {_C.SUBMITTED}, _C.APPROVED, by=Role.DIRECTOR, title="批准公布", clause=LAW),
    move("close", {_C.APPROVED}, _C.CLOSED, by=_BY, title="总结", clause=LAW),
)
