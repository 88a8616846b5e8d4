"""证书撤销状态测试: the whole tables of moves, written out by hand."""

from tests.moves import moves_are_as_written
from touchstone.kernel.moves import Side
from touchstone.revocations.states import (
    APPEAL_MOVES,
    MOVES,
    REQUEST_MOVES,
    REQUEST_WAITING_ON,
    ROW_MOVES,
    WAITING_ON,
    AppealState,
    RequestState,
    RowState,
    State,
)

S, R, A, Q = State, RowState, AppealState, RequestState
CLERKS, LEADER, EXECUTES = {"intake_clerk", "supervisor"}, {"director"}, {"body_leader", "platform"}


def test_a_case_moves_so_and_not_otherwise() -> None:
    """撤销案件的迁移表与手写的一致。"""
    table = {
        "notify": ({S.OPENED}, S.NOTIFIED, CLERKS),
        "send_up": ({S.NOTIFIED}, S.PROPOSED, CLERKS),
        "return": ({S.PROPOSED}, S.NOTIFIED, LEADER),
        "decide": ({S.PROPOSED}, S.ORDERED, LEADER),
        "close": ({S.ORDERED}, S.CLOSED, EXECUTES | LEADER),
        "withdraw": ({S.OPENED, S.NOTIFIED}, S.WITHDRAWN, LEADER),
    }
    moves_are_as_written(MOVES, S, table)


def test_a_certificate_moves_so_and_not_otherwise() -> None:
    """案件中每本证书的迁移表与手写的一致。"""
    table = {
        "examine": ({R.LISTED}, R.EXAMINED, CLERKS),
        "order": ({R.EXAMINED}, R.ORDERED, LEADER),
        "keep": ({R.EXAMINED}, R.KEPT, LEADER),
        "let_go": ({R.LISTED, R.EXAMINED}, R.KEPT, LEADER),
        "revoke": ({R.ORDERED}, R.REVOKED, EXECUTES),
        "correct": ({R.ORDERED}, R.CORRECTED, EXECUTES),
        "lift": ({R.ORDERED}, R.KEPT, LEADER),
        "reverse": ({R.REVOKED, R.CORRECTED}, R.REVERSED, LEADER),
    }
    moves_are_as_written(ROW_MOVES, R, table)


def test_an_appeal_moves_so_and_not_otherwise() -> None:
    """申诉的迁移表与手写的一致。"""
    table = {
        "appeal": ({A.NONE}, A.LODGED, CLERKS | {"candidate"}),
        "dismiss": ({A.LODGED}, A.DISMISSED, LEADER),
        "grant": ({A.LODGED}, A.GRANTED, LEADER),
    }
    moves_are_as_written(APPEAL_MOVES, A, table)


def test_a_request_moves_so_and_not_otherwise() -> None:
    """持证人申请的迁移表与手写的一致。"""
    table = {
        "check": ({Q.ASKED}, Q.CHECKED, {"body_planner", "body_leader"}),
        "grant": ({Q.CHECKED}, Q.GRANTED, {"body_leader"}),
        "refuse": ({Q.CHECKED}, Q.REFUSED, {"body_leader"}),
        "take_back": ({Q.ASKED, Q.CHECKED}, Q.TAKEN_BACK, {"candidate"}),
    }
    moves_are_as_written(REQUEST_MOVES, Q, table)


def test_every_state_says_whose_turn_it_is() -> None:
    assert set(WAITING_ON) == set(S)
    assert {state for state, side in WAITING_ON.items() if side is Side.NOBODY} == {S.CLOSED, S.WITHDRAWN}
    assert set(REQUEST_WAITING_ON) == set(Q)
