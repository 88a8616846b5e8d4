"""队伍状态: how do an application to the corps, a request for people and an assignment move?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.roles import Role

__all__ = [
    "APPLICATION_MOVES",
    "ASSIGNMENT_MOVES",
    "ASSIGNMENT_WAITING_ON",
    "ENGAGED",
    "REQUEST_MOVES",
    "REQUEST_WAITING_ON",
    "TO_COME",
    "WAITING_ON",
    "ApplicationState",
    "AssignmentState",
    "MemberKind",
    "RequestState",
]
_CORPS = notice("三(二)2")


class ApplicationState(StrEnum):
    """An application to be qualified: checked where the applicant lives in the corps, trained, examined, decided."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    IN_TRAINING = "in_training"
    RETURNED = "returned"
    QUALIFIED = "qualified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "drafted": "填写中",
            "submitted": "待审核",
            "in_training": "培训考核中",
            "returned": "退回补正",
            "qualified": "已取得资格",
            "refused": "未予认可",
            "withdrawn": "已撤回",
        }[self.value]


WAITING_ON = {
    ApplicationState.DRAFTED: Side.CANDIDATE,
    ApplicationState.SUBMITTED: Side.AUTHORITY,
    ApplicationState.IN_TRAINING: Side.AUTHORITY,
    ApplicationState.RETURNED: Side.CANDIDATE,
    ApplicationState.QUALIFIED: Side.NOBODY,
    ApplicationState.REFUSED: Side.NOBODY,
    ApplicationState.WITHDRAWN: Side.NOBODY,
}
_APPLICANT = {Role.CORPS_MEMBER, Role.BODY_FILER, Role.BODY_LEADER}
_CLERKS = {Role.INTAKE_CLERK, Role.REGISTRAR}
APPLICATION_MOVES = Moves(
    move("submit", {ApplicationState.DRAFTED, ApplicationState.RETURNED}, ApplicationState.SUBMITTED, by=_APPLICANT, title="提交", clause=_CORPS),
    move("withdraw", {ApplicationState.DRAFTED, ApplicationState.SUBMITTED, ApplicationState.RETURNED, ApplicationState.IN_TRAINING},
         ApplicationState.WITHDRAWN, by=_APPLICANT, title="撤回", clause=_CORPS),
    move("return_for_supplement", {ApplicationState.SUBMITTED}, ApplicationState.RETURNED, by=_CLERKS, title="退回补正", clause=_CORPS),
    move("admit", {ApplicationState.SUBMITTED}, ApplicationState.IN_TRAINING, by=_CLERKS, title="准予参加培训考核", clause=_CORPS),
    move("qualify", {ApplicationState.IN_TRAINING}, ApplicationState.QUALIFIED, by=Role.DIRECTOR, title="授予资格", clause=_CORPS),
    move("refuse", {ApplicationState.SUBMITTED, ApplicationState.IN_TRAINING}, ApplicationState.REFUSED, by=Role.DIRECTOR, title="不予认可",
         clause=_CORPS),
)  # fmt: skip


class RequestState(StrEnum):
    """A request for people, from the sitting it serves to its end."""

    ASKED = "asked"
    DISPATCHED = "dispatched"
    IMPOSSIBLE = "impossible"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {"asked": "待派遣", "dispatched": "已派遣", "impossible": "无法派遣", "cancelled": "已取消"}[self.value]


REQUEST_WAITING_ON = {
    RequestState.ASKED: Side.AUTHORITY,
    RequestState.DISPATCHED: Side.NOBODY,
    RequestState.IMPOSSIBLE: Side.AUTHORITY,
    RequestState.CANCELLED: Side.NOBODY,
}
_DISPATCHERS = {Role.INTAKE_CLERK, Role.DIRECTOR, Role.PLATFORM}
REQUEST_MOVES = Moves(
    move("dispatch", {RequestState.ASKED, RequestState.IMPOSSIBLE, RequestState.DISPATCHED}, RequestState.DISPATCHED, by=_DISPATCHERS,
         title="随机派遣", clause=_CORPS),
    move("find_impossible", {RequestState.ASKED, RequestState.IMPOSSIBLE}, RequestState.IMPOSSIBLE, by=_DISPATCHERS, title="无法派遣", clause=_CORPS),
    move("cancel", {RequestState.ASKED, RequestState.DISPATCHED, RequestState.IMPOSSIBLE}, RequestState.CANCELLED,
         by={Role.BODY_PLANNER, *_DISPATCHERS}, title="取消", clause=_CORPS),
)  # fmt: skip


class AssignmentState(StrEnum):
    """One person sent to one sitting."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    SIGNED_IN = "signed_in"
    REPORTED = "reported"
    REFUSED = "refused"
    REPLACED = "replaced"
    ABSENT = "absent"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "offered": "待确认",
            "accepted": "已接受",
            "signed_in": "已签到",
            "reported": "已提交报告",
            "refused": "已推辞",
            "replaced": "已改派",
            "absent": "未到场",
            "cancelled": "已取消",
        }[self.value]


TO_COME = frozenset({AssignmentState.OFFERED, AssignmentState.ACCEPTED, AssignmentState.SIGNED_IN})
"""The states in which somebody can still be told that they are not needed."""
ENGAGED = frozenset({AssignmentState.OFFERED, AssignmentState.ACCEPTED, AssignmentState.SIGNED_IN, AssignmentState.REPORTED})
"""The states in which a person is taken for the time of the sitting: nobody is in two places."""
ASSIGNMENT_WAITING_ON = {
    AssignmentState.OFFERED: Side.CANDIDATE,
    AssignmentState.ACCEPTED: Side.CANDIDATE,
    AssignmentState.SIGNED_IN: Side.CANDIDATE,
    AssignmentState.REPORTED: Side.NOBODY,
    AssignmentState.REFUSED: Side.NOBODY,
    AssignmentState.REPLACED: Side.NOBODY,
    AssignmentState.ABSENT: Side.NOBODY,
    AssignmentState.CANCELLED: Side.NOBODY,
}
_SELF = Role.CORPS_MEMBER
_OPEN = {AssignmentState.OFFERED, AssignmentState.ACCEPTED}
ASSIGNMENT_MOVES = Moves(
    move("accept", {AssignmentState.OFFERED}, AssignmentState.ACCEPTED, by=_SELF, title="接受派遣", clause=_CORPS),
    move("refuse", _OPEN, AssignmentState.REFUSED, by=_SELF, title="推辞", clause=_CORPS),
    move("sign_in", {AssignmentState.ACCEPTED}, AssignmentState.SIGNED_IN, by=_SELF, title="到场签到", clause=_CORPS),
    move("report", {AssignmentState.SIGNED_IN}, AssignmentState.REPORTED, by=_SELF, title="提交报告", clause=_CORPS),
    move("replace", _OPEN, AssignmentState.REPLACED, by=_DISPATCHERS, title="改派", clause=_CORPS),
    move("note_absence", _OPEN, AssignmentState.ABSENT, by=_DISPATCHERS, title="登记未到场", clause=_CORPS),
    move("cancel", TO_COME, AssignmentState.CANCELLED, by={Role.BODY_PLANNER, *_DISPATCHERS}, title="取消", clause=_CORPS),
)  # fmt: skip
