"""评聘状态: how far is a round, what has become of somebody put forward, and does an appointment still stand?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role


class State(StrEnum):
    """A round's way from the announcement to the appointment."""

    ANNOUNCED = "announced"
    CHECKED = "checked"
    REVIEWED = "reviewed"
    NOTICED = "noticed"
    CONFIRMED = "confirmed"
    APPOINTED = "appointed"
    EMPTY = "empty"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "announced": "接受申报",
            "checked": "申报截止，待评审",
            "reviewed": "评审完毕，待公示",
            "noticed": "公示中",
            "confirmed": "公示期满，待聘任",
            "appointed": "已聘任",
            "empty": "没有人选，已结束",
            "cancelled": "已取消",
        }[self.value]


class Standing(StrEnum):
    """What has become of somebody put forward."""

    ENTERED = "entered"
    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"
    WITHDRAWN = "withdrawn"
    CHOSEN = "chosen"
    PASSED_OVER = "passed_over"
    STRUCK = "struck"
    APPOINTED = "appointed"

    @property
    def label(self) -> str:
        return {
            "entered": "待核对",
            "qualified": "符合条件",
            "unqualified": "不符合条件",
            "withdrawn": "已撤回",
            "chosen": "拟聘",
            "passed_over": "未入选",
            "struck": "异议成立，不予聘任",
            "appointed": "已聘任",
        }[self.value]


class Tenure(StrEnum):
    """Whether an appointment still stands."""

    SERVING = "serving"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return {"serving": "在聘", "ended": "已终止"}[self.value]


WAITING_ON = {
    State.ANNOUNCED: Side.BODY,
    State.CHECKED: Side.BODY,
    State.REVIEWED: Side.BODY,
    State.NOTICED: Side.CLOCK,
    State.CONFIRMED: Side.BODY,
    State.APPOINTED: Side.NOBODY,
    State.EMPTY: Side.NOBODY,
    State.CANCELLED: Side.NOBODY,
}

LAW = notice("二(一)")
_DESK = {Role.BODY_PLANNER, Role.BODY_LEADER}
_S = State

MOVES = Moves(
    move("close_nominations", {_S.ANNOUNCED}, _S.CHECKED, by=_DESK, title="截止申报", clause=LAW),
    move("review", {_S.CHECKED}, _S.REVIEWED, by=_DESK, title="登记评审结果", clause=LAW),
    move("publish", {_S.REVIEWED}, _S.NOTICED, by=Role.BODY_LEADER, title="公示拟聘人选", clause=LAW),
    move("confirm", {_S.NOTICED}, _S.CONFIRMED, by=Role.PLATFORM, title="公示期满", clause=LAW),
    move("appoint", {_S.CONFIRMED}, _S.APPOINTED, by=Role.BODY_LEADER, title="聘任", clause=LAW),
    move("end_empty", {_S.REVIEWED, _S.NOTICED}, _S.EMPTY, by=_DESK | {Role.PLATFORM}, title="结束评聘", clause=LAW),
    move("cancel", {_S.ANNOUNCED, _S.CHECKED, _S.REVIEWED}, _S.CANCELLED, by=Role.BODY_LEADER, title="取消评聘", clause=LAW),
)
