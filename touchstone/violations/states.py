"""违纪违规状态: in which states can a case be, whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role


class State(StrEnum):
    """A case's way from the record to what stands."""

    RECORDED = "recorded"
    NOTIFIED = "notified"
    HEARD = "heard"
    DECIDED = "decided"
    DROPPED = "dropped"
    APPEALED = "appealed"
    UPHELD = "upheld"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        return {
            "recorded": "已立案",
            "notified": "已告知，待陈述申辩",
            "heard": "待处理决定",
            "decided": "已作处理决定",
            "dropped": "不予处理",
            "appealed": "申诉审查中",
            "upheld": "申诉维持",
            "undone": "申诉撤销",
        }[self.value]


WAITING_ON = {
    State.RECORDED: Side.BODY,
    State.NOTIFIED: Side.CANDIDATE,
    State.HEARD: Side.BODY,
    State.DECIDED: Side.NOBODY,
    State.DROPPED: Side.NOBODY,
    State.APPEALED: Side.AUTHORITY,
    State.UPHELD: Side.NOBODY,
    State.UNDONE: Side.NOBODY,
}

LAW, REMEDY = notice("三(四)1"), notice("三(四)2")
_BODY = {Role.BODY_PLANNER, Role.BODY_LEADER}
_SELF = {Role.CANDIDATE, Role.CORPS_MEMBER}
_S = State

MOVES = Moves(
    move("notify", {_S.RECORDED}, _S.NOTIFIED, by=_BODY, title="告知本人", clause=LAW),
    move("speak", {_S.NOTIFIED}, _S.HEARD, by=_BODY | _SELF, title="陈述申辩", clause=LAW),
    move("waive", {_S.NOTIFIED}, _S.HEARD, by=_BODY | _SELF, title="放弃陈述申辩", clause=LAW),
    move("decide", {_S.NOTIFIED, _S.HEARD}, _S.DECIDED, by=Role.BODY_LEADER, title="作出处理决定", clause=LAW),
    move("drop", {_S.RECORDED, _S.NOTIFIED, _S.HEARD}, _S.DROPPED, by=Role.BODY_LEADER, title="不予处理", clause=LAW),
    move("appeal", {_S.DECIDED}, _S.APPEALED, by=_SELF | {Role.SUPERVISOR}, title="申诉", clause=REMEDY),
    move("uphold", {_S.APPEALED}, _S.UPHELD, by=Role.DIRECTOR, title="维持决定", clause=REMEDY),
    move("undo", {_S.APPEALED}, _S.UNDONE, by=Role.DIRECTOR, title="撤销决定", clause=REMEDY),
)
