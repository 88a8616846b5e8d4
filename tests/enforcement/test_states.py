"""机构案件状态测试: the whole tables of moves, written out by hand."""

from tests.moves import moves_are_as_written
from touchstone.enforcement.states import APPEAL_MOVES, MEASURE_MOVES, MOVES, WAITING_ON, AppealState, MeasureState, State

S, M, A = State, MeasureState, AppealState
OFFICERS, LEADER, BODY = {"supervisor", "intake_clerk", "registrar"}, {"director"}, {"body_filer", "body_planner", "body_leader"}


def test_a_case_moves_so_and_not_otherwise() -> None:
    """机构案件的迁移表与手写的一致；不成立、撤销、不予立案之后没有路。"""
    undecided = {S.OPENED, S.NOTIFIED, S.PROPOSED}
    table = {
        "approve": ({S.FOUND}, S.OPENED, LEADER),
        "refuse": ({S.FOUND}, S.REFUSED, LEADER),
        "notify": ({S.OPENED}, S.NOTIFIED, OFFICERS),
        "send_up": ({S.OPENED, S.NOTIFIED}, S.PROPOSED, OFFICERS),
        "return": ({S.PROPOSED}, S.NOTIFIED, LEADER),
        "send_back": ({S.PROPOSED}, S.OPENED, LEADER),
        "hand_to": (undecided, S.OPENED, OFFICERS | LEADER),
        "decide": ({S.PROPOSED}, S.DECIDED, LEADER),
        "clear": (undecided, S.CLEARED, LEADER),
        "serve": ({S.DECIDED}, S.SERVED, OFFICERS | {"body_leader", "body_filer"}),
        "close": ({S.SERVED}, S.CLOSED, OFFICERS),
        "reverse": ({S.DECIDED, S.SERVED, S.CLOSED}, S.REVERSED, LEADER),
    }
    moves_are_as_written(MOVES, S, table)


def test_a_measure_moves_so_and_not_otherwise() -> None:
    """处理措施的迁移表与手写的一致。"""
    every = {M.DECIDED, M.RUNNING, M.REPORTED, M.DONE, M.FAILED}
    table = {
        "carry_out": ({M.DECIDED}, M.RUNNING, {"platform"}),
        "report": ({M.RUNNING, M.FAILED}, M.REPORTED, BODY),
        "reject": ({M.REPORTED}, M.RUNNING, OFFICERS),
        "lapse": ({M.RUNNING}, M.FAILED, {"platform"}),
        "finish": ({M.DECIDED, M.RUNNING, M.REPORTED}, M.DONE, OFFICERS | LEADER | {"platform"}),
        "undo": (every, M.UNDONE, LEADER),
    }
    moves_are_as_written(MEASURE_MOVES, M, table)


def test_an_appeal_moves_so_and_not_otherwise() -> None:
    """申诉的迁移表与手写的一致。"""
    table = {
        "appeal": ({A.NONE}, A.LODGED, {"body_leader"}),
        "uphold": ({A.LODGED}, A.UPHELD, LEADER),
        "overturn": ({A.LODGED}, A.REVERSED, LEADER),
    }
    moves_are_as_written(APPEAL_MOVES, A, table)


def test_every_state_waits_on_somebody() -> None:
    """每个状态都写明轮到谁。"""
    assert set(WAITING_ON) == set(State)
