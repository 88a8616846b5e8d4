"""标准结构状态: how does the structure of an edition move, and whose turn is it?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role

_LAW = notice("三(二)1")
DRAFTERS = frozenset({Role.POLICY_OFFICER, Role.REGISTRAR, Role.BODY_FILER})
"""The centre and the city bureau write down national standards, an enterprise its own specification."""


class StructureState(StrEnum):
    """A structure is drafted, put forward, approved by a second person or returned, and one day superseded by the next."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return {"drafted": "草稿", "submitted": "待核准", "returned": "已退回", "approved": "已核准", "superseded": "已被替代"}[self.value]


OPEN = (StructureState.DRAFTED, StructureState.SUBMITTED, StructureState.RETURNED)
"""Not yet decided: an edition has one such structure at most."""
WAITING_ON = {
    StructureState.DRAFTED: Side.BODY,
    StructureState.SUBMITTED: Side.AUTHORITY,
    StructureState.RETURNED: Side.BODY,
    StructureState.APPROVED: Side.NOBODY,
    StructureState.SUPERSEDED: Side.NOBODY,
}
"""The side of a draft is whoever wrote it down: the body its specification, the centre a national standard."""
MOVES = Moves(
    move("rewrite", {StructureState.DRAFTED, StructureState.RETURNED}, StructureState.DRAFTED, by=DRAFTERS, title="重新导入", clause=_LAW),
    move("submit", {StructureState.DRAFTED}, StructureState.SUBMITTED, by=DRAFTERS, title="提请核准", clause=_LAW),
    move("approve", {StructureState.SUBMITTED}, StructureState.APPROVED, by=Role.POLICY_OFFICER, title="核准", clause=_LAW),
    move("return", {StructureState.SUBMITTED}, StructureState.RETURNED, by=Role.POLICY_OFFICER, title="退回", clause=_LAW),
    move("supersede", {StructureState.APPROVED}, StructureState.SUPERSEDED, by=Role.PLATFORM, title="由后一版替代", clause=_LAW),
)  # fmt: skip
