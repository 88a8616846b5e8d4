"""考核与分级状态: in which states can a year's assessment, a grade and an expiry evaluation be, whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.roles import Role
from touchstone.policy.supervision.assessment import LAW


class WorkState(StrEnum):
    """How far the queue is with what concerns all bodies at once."""

    RUNNING = "running"
    DONE = "done"

    @property
    def label(self) -> str:
        return {"running": "正在办理", "done": "已完成"}[self.value]


class AssessmentState(StrEnum):
    """A body's year from its own report to the public page."""

    REPORTING = "reporting"
    REPORTED = "reported"
    FIRST_DONE = "first_done"
    SECOND_DONE = "second_done"
    TOLD = "told"
    OBJECTED = "objected"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return {
            "reporting": "待自评",
            "reported": "待区初评",
            "first_done": "待市复评",
            "second_done": "待告知拟定结果",
            "told": "已告知，异议期",
            "objected": "有异议，待答复",
            "published": "结果已公布",
        }[self.value]


class GradeState(StrEnum):
    """A proposed grade's way into force."""

    PROPOSED = "proposed"
    REVIEWED = "reviewed"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        return {
            "proposed": "待复核",
            "reviewed": "待确认",
            "confirmed": "已确认",
            "contested": "有异议，待答复",
            "answered": "异议已答复",
        }[self.value]


class TermState(StrEnum):
    """An expiry evaluation's way."""

    OPEN = "open"
    OPINED = "opined"
    DECIDED = "decided"

    @property
    def label(self) -> str:
        return {"open": "待评估", "opined": "待决定", "decided": "已评估"}[self.value]


_A, _G, _T = AssessmentState, GradeState, TermState
WAITING_ON = {
    _A.REPORTING: Side.BODY,
    _A.REPORTED: Side.AUTHORITY,
    _A.FIRST_DONE: Side.AUTHORITY,
    _A.SECOND_DONE: Side.AUTHORITY,
    _A.TOLD: Side.CLOCK,
    _A.OBJECTED: Side.AUTHORITY,
    _A.PUBLISHED: Side.NOBODY,
}
GRADE_WAITING_ON = {
    _G.PROPOSED: Side.AUTHORITY,
    _G.REVIEWED: Side.AUTHORITY,
    _G.CONFIRMED: Side.CLOCK,
    _G.CONTESTED: Side.AUTHORITY,
    _G.ANSWERED: Side.NOBODY,
}
TERM_WAITING_ON = {_T.OPEN: Side.AUTHORITY, _T.OPINED: Side.AUTHORITY, _T.DECIDED: Side.NOBODY}
_BODY = {Role.BODY_FILER, Role.BODY_LEADER}
_FIRST = {Role.SUPERVISOR, Role.INTAKE_CLERK}
"""Who works on a body's standing in an office: its supervisors, and where the centre leads also those who take cases in."""

MOVES = Moves(
    move("report", {_A.REPORTING}, _A.REPORTED, by=_BODY, title="提交自评", clause=LAW),
    move("score_first", {_A.REPORTING, _A.REPORTED}, _A.FIRST_DONE, by=_FIRST, title="初评", clause=LAW),
    move("score_second", {_A.FIRST_DONE}, _A.SECOND_DONE, by=_FIRST, title="复评", clause=LAW),
    move("tell", {_A.SECOND_DONE}, _A.TOLD, by=Role.DIRECTOR, title="告知拟定结果", clause=LAW),
    move("object", {_A.TOLD}, _A.OBJECTED, by=_BODY, title="提出异议", clause=LAW),
    move("answer", {_A.OBJECTED}, _A.TOLD, by=Role.DIRECTOR, title="答复异议", clause=LAW),
    move("publish", {_A.TOLD}, _A.PUBLISHED, by=Role.DIRECTOR, title="公布结果", clause=LAW),
)
GRADE_MOVES = Moves(
    move("review", {_G.PROPOSED}, _G.REVIEWED, by=_FIRST, title="复核等级", clause=LAW),
    move("confirm", {_G.REVIEWED}, _G.CONFIRMED, by=Role.DIRECTOR, title="确认等级", clause=LAW),
    move("contest", {_G.CONFIRMED}, _G.CONTESTED, by=_BODY, title="提出异议", clause=LAW),
    move("answer", {_G.CONTESTED}, _G.ANSWERED, by=Role.DIRECTOR, title="答复异议", clause=LAW),
)
TERM_MOVES = Moves(
    move("opine", {_T.OPEN, _T.OPINED}, _T.OPINED, by=_FIRST, title="提出评估意见", clause=LAW),
    move("decide", {_T.OPINED}, _T.DECIDED, by=Role.DIRECTOR, title="作出评估结论", clause=LAW),
)
