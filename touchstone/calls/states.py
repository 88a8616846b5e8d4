"""征集状态: how do projects, calls and applications move through the first two gates of 三(一)2?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role

_LAW = notice("三(一)2")
_BODY = {Role.BODY_FILER, Role.BODY_LEADER}
_CLERKS = {Role.INTAKE_CLERK, Role.DIRECTOR}


class ProjectState(StrEnum):
    """Gate one: an industry authority recommends a project, the centre selects it."""

    RECOMMENDED = "recommended"
    SELECTED = "selected"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        return {"recommended": "待遴选", "selected": "已确定", "declined": "未确定", "withdrawn": "已撤回", "retired": "已停止征集"}[self.value]


PROJECT_WAITING_ON = {
    ProjectState.RECOMMENDED: Side.AUTHORITY,
    ProjectState.SELECTED: Side.NOBODY,
    ProjectState.DECLINED: Side.NOBODY,
    ProjectState.WITHDRAWN: Side.NOBODY,
    ProjectState.RETIRED: Side.NOBODY,
}
PROJECT_MOVES = Moves(
    move("select", {ProjectState.RECOMMENDED}, ProjectState.SELECTED, by=Role.DIRECTOR, title="确定项目", clause=_LAW),
    move("decline", {ProjectState.RECOMMENDED}, ProjectState.DECLINED, by=Role.DIRECTOR, title="不予确定", clause=_LAW),
    move("withdraw", {ProjectState.RECOMMENDED}, ProjectState.WITHDRAWN, by={Role.CONSENT_OFFICER, Role.DIRECTOR}, title="撤回推荐", clause=_LAW),
    move("retire", {ProjectState.SELECTED}, ProjectState.RETIRED, by=Role.DIRECTOR, title="停止征集", clause=_LAW),
)


class CallState(StrEnum):
    """Gate two: a public call, its applications ranked, its result before the public."""

    DRAFTED = "drafted"
    OPEN = "open"
    CLOSED = "closed"
    RANKED = "ranked"
    ANNOUNCED = "announced"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "drafted": "拟定中",
            "open": "征集中",
            "closed": "审核中",
            "ranked": "已排序待公示",
            "announced": "结果公示中",
            "concluded": "已结束",
            "cancelled": "已取消",
        }[self.value]


CALL_WAITING_ON = {
    CallState.DRAFTED: Side.AUTHORITY,
    CallState.OPEN: Side.BODY,
    CallState.CLOSED: Side.AUTHORITY,
    CallState.RANKED: Side.AUTHORITY,
    CallState.ANNOUNCED: Side.CLOCK,
    CallState.CONCLUDED: Side.NOBODY,
    CallState.CANCELLED: Side.NOBODY,
}
_BEFORE_RESULT = {CallState.DRAFTED, CallState.OPEN, CallState.CLOSED, CallState.RANKED}
CALL_MOVES = Moves(
    move("publish", {CallState.DRAFTED}, CallState.OPEN, by=Role.DIRECTOR, title="发布征集公告", clause=_LAW),
    move("close", {CallState.OPEN}, CallState.CLOSED, by=Role.PLATFORM, title="截止征集", clause=_LAW),
    move("rank", {CallState.CLOSED, CallState.RANKED}, CallState.RANKED, by=_CLERKS, title="排序", clause=_LAW),
    move("announce", {CallState.RANKED}, CallState.ANNOUNCED, by=Role.DIRECTOR, title="公示遴选结果", clause=_LAW),
    move("reopen", {CallState.ANNOUNCED}, CallState.CLOSED, by=Role.DIRECTOR, title="因异议重新审核", clause=_LAW),
    move("conclude", {CallState.ANNOUNCED}, CallState.CONCLUDED, by=Role.PLATFORM, title="确定遴选结果", clause=_LAW),
    move("cancel", _BEFORE_RESULT, CallState.CANCELLED, by=Role.DIRECTOR, title="取消征集", clause=_LAW),
)


class ApplicationState(StrEnum):
    """An organisation's application in a call."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CHECKED = "checked"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "drafted": "填报中",
            "submitted": "待审核",
            "returned": "退回补正",
            "checked": "已审核",
            "selected": "已入选",
            "not_selected": "未入选",
            "withdrawn": "已撤回",
        }[self.value]


APPLICATION_WAITING_ON = {
    ApplicationState.DRAFTED: Side.BODY,
    ApplicationState.SUBMITTED: Side.AUTHORITY,
    ApplicationState.RETURNED: Side.BODY,
    ApplicationState.CHECKED: Side.AUTHORITY,
    ApplicationState.SELECTED: Side.NOBODY,
    ApplicationState.NOT_SELECTED: Side.NOBODY,
    ApplicationState.WITHDRAWN: Side.NOBODY,
}
_A = ApplicationState
APPLICATION_MOVES = Moves(
    move("submit", {_A.DRAFTED, _A.RETURNED}, _A.SUBMITTED, by=_BODY, title="提交应征申请", clause=_LAW),
    move("return_for_supplement", {_A.SUBMITTED}, _A.RETURNED, by=_CLERKS, title="退回补正", clause=_LAW),
    move("check", {_A.SUBMITTED, _A.CHECKED}, _A.CHECKED, by=_CLERKS, title="核实条件", clause=_LAW),
    move("select", {_A.CHECKED, _A.NOT_SELECTED}, _A.SELECTED, by=Role.PLATFORM, title="入选", clause=_LAW),
    move("pass_over", {_A.CHECKED, _A.DRAFTED, _A.SUBMITTED, _A.RETURNED}, _A.NOT_SELECTED, by=Role.PLATFORM, title="未入选", clause=_LAW),
    move("withdraw", {_A.DRAFTED, _A.SUBMITTED, _A.RETURNED, _A.CHECKED}, _A.WITHDRAWN, by=_BODY, title="撤回应征", clause=_LAW),
)
