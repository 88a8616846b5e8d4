"""证书撤销状态: how far is a case, a certificate in it, an appeal and a holder's request; whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.certificates.revocation import LAW
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role

ISSUER = notice("一")


class State(StrEnum):
    """A case's way from the suspicion to its end."""

    OPENED = "opened"
    NOTIFIED = "notified"
    PROPOSED = "proposed"
    ORDERED = "ordered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _STATES[self.value]


_STATES = {
    "opened": "已立案，待告知",
    "notified": "核查中，听取陈述",
    "proposed": "待决定",
    "ordered": "已决定，待执行",
    "closed": "已办结",
    "withdrawn": "已撤案",
}


class RowState(StrEnum):
    """What has become of one certificate of a case."""

    LISTED = "listed"
    EXAMINED = "examined"
    ORDERED = "ordered"
    KEPT = "kept"
    REVOKED = "revoked"
    CORRECTED = "corrected"
    REVERSED = "reversed"

    @property
    def label(self) -> str:
        return _ROW_STATES[self.value]


_ROW_STATES = {
    "listed": "拟核查",
    "examined": "核查中",
    "ordered": "决定已下达",
    "kept": "保留",
    "revoked": "已撤销",
    "corrected": "已更正",
    "reversed": "经申诉恢复",
}


class ListState(StrEnum):
    """How far a list of support that was handed in is."""

    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        return {"reading": "处理中", "done": "已处理", "failed": "未能读取", "undone": "已整份撤销"}[self.value]


class AppealState(StrEnum):
    """How an appeal against what was decided about one certificate stands."""

    NONE = "none"
    LODGED = "lodged"
    DISMISSED = "dismissed"
    GRANTED = "granted"

    @property
    def label(self) -> str:
        return {"none": "没有申诉", "lodged": "申诉审查中", "dismissed": "申诉维持", "granted": "申诉成立"}[self.value]


class RequestState(StrEnum):
    """A holder's request to have a certificate put right or issued again."""

    ASKED = "asked"
    CHECKED = "checked"
    GRANTED = "granted"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        return {"asked": "待核对", "checked": "已核对，待决定", "granted": "已办结", "refused": "未予办理", "taken_back": "本人撤回"}[self.value]


WAITING_ON = {
    State.OPENED: Side.AUTHORITY,
    State.NOTIFIED: Side.CANDIDATE,
    State.PROPOSED: Side.AUTHORITY,
    State.ORDERED: Side.BODY,
    State.CLOSED: Side.NOBODY,
    State.WITHDRAWN: Side.NOBODY,
}
REQUEST_WAITING_ON = {
    RequestState.ASKED: Side.BODY,
    RequestState.CHECKED: Side.BODY,
    RequestState.GRANTED: Side.NOBODY,
    RequestState.REFUSED: Side.NOBODY,
    RequestState.TAKEN_BACK: Side.NOBODY,
}

_CLERKS = {Role.INTAKE_CLERK, Role.SUPERVISOR}
_EXECUTES = {Role.BODY_LEADER, Role.PLATFORM}
_BODY = {Role.BODY_PLANNER, Role.BODY_LEADER}
_S, _R, _A, _Q = State, RowState, AppealState, RequestState

MOVES = Moves(
    move("notify", {_S.OPENED}, _S.NOTIFIED, by=_CLERKS, title="告知持证人和机构", clause=LAW),
    move("send_up", {_S.NOTIFIED}, _S.PROPOSED, by=_CLERKS, title="报送处理意见", clause=LAW),
    move("return", {_S.PROPOSED}, _S.NOTIFIED, by=Role.DIRECTOR, title="退回重拟", clause=LAW),
    move("decide", {_S.PROPOSED}, _S.ORDERED, by=Role.DIRECTOR, title="作出决定", clause=LAW),
    move("close", {_S.ORDERED}, _S.CLOSED, by=_EXECUTES | {Role.DIRECTOR}, title="办结", clause=LAW),
    move("withdraw", {_S.OPENED, _S.NOTIFIED}, _S.WITHDRAWN, by=Role.DIRECTOR, title="撤案", clause=LAW),
)
ROW_MOVES = Moves(
    move("examine", {_R.LISTED}, _R.EXAMINED, by=_CLERKS, title="开始核查", clause=LAW),
    move("order", {_R.EXAMINED}, _R.ORDERED, by=Role.DIRECTOR, title="决定撤销或更正", clause=LAW),
    move("keep", {_R.EXAMINED}, _R.KEPT, by=Role.DIRECTOR, title="决定保留", clause=LAW),
    move("let_go", {_R.LISTED, _R.EXAMINED}, _R.KEPT, by=Role.DIRECTOR, title="撤案保留", clause=LAW),
    move("revoke", {_R.ORDERED}, _R.REVOKED, by=_EXECUTES, title="执行撤销", clause=LAW),
    move("correct", {_R.ORDERED}, _R.CORRECTED, by=_EXECUTES, title="执行更正", clause=LAW),
    move("lift", {_R.ORDERED}, _R.KEPT, by=Role.DIRECTOR, title="申诉成立，不再执行", clause=LAW),
    move("reverse", {_R.REVOKED, _R.CORRECTED}, _R.REVERSED, by=Role.DIRECTOR, title="申诉成立，恢复", clause=LAW),
)
APPEAL_MOVES = Moves(
    move("appeal", {_A.NONE}, _A.LODGED, by={Role.CANDIDATE} | _CLERKS, title="申诉", clause=LAW),
    move("dismiss", {_A.LODGED}, _A.DISMISSED, by=Role.DIRECTOR, title="维持决定", clause=LAW),
    move("grant", {_A.LODGED}, _A.GRANTED, by=Role.DIRECTOR, title="撤销决定", clause=LAW),
)
REQUEST_MOVES = Moves(
    move("check", {_Q.ASKED}, _Q.CHECKED, by=_BODY, title="核对", clause=ISSUER),
    move("grant", {_Q.CHECKED}, _Q.GRANTED, by=Role.BODY_LEADER, title="同意办理", clause=ISSUER),
    move("refuse", {_Q.CHECKED}, _Q.REFUSED, by=Role.BODY_LEADER, title="不予办理", clause=ISSUER),
    move("take_back", {_Q.ASKED, _Q.CHECKED}, _Q.TAKEN_BACK, by=Role.CANDIDATE, title="撤回申请", clause=ISSUER),
)
EXECUTED = frozenset({RowState.REVOKED, RowState.CORRECTED})
