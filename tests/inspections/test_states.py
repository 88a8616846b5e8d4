"""双随机状态测试: the three tables of moves, written out by hand."""

from tests.moves import moves_are_as_written
from touchstone.inspections.states import (
    DRAW_MOVES,
    DRAW_WAITING_ON,
    PLAN_MOVES,
    PLAN_WAITING_ON,
    TASK_MOVES,
    TASK_WAITING_ON,
    DrawState,
    PlanState,
    TaskState,
)
from touchstone.kernel.moves import Side

P, D, T = PlanState, DrawState, TaskState
MAKERS, OFFICERS = {"supervisor"}, {"supervisor", "director"}
PLAN = {
    "save": ({P.DRAFTED, P.RETURNED}, P.DRAFTED, MAKERS),
    "submit": ({P.DRAFTED, P.RETURNED}, P.SUBMITTED, MAKERS),
    "return": ({P.SUBMITTED}, P.RETURNED, {"director"}),
    "approve": ({P.SUBMITTED}, P.APPROVED, {"director"}),
}
DRAW = {
    "freeze": ({D.FROZEN}, D.FROZEN, MAKERS),
    "announce": ({D.FROZEN}, D.ANNOUNCED, MAKERS),
    "enter": ({D.ANNOUNCED, D.ENTERED}, D.ENTERED, OFFICERS),
    "attest": ({D.ENTERED}, D.ATTESTED, OFFICERS),
    "draw": ({D.ATTESTED}, D.DRAWN, OFFICERS),
    "find_unfilled": ({D.ATTESTED}, D.UNFILLED, {"platform"}),
    "reveal": ({D.DRAWN}, D.REVEALED, {"platform"}),
    "redraw": ({D.ANNOUNCED, D.ENTERED, D.ATTESTED, D.DRAWN, D.UNFILLED}, D.VOIDED, {"director"}),
    "discard": ({D.FROZEN}, D.VOIDED, MAKERS),
}

TASK = {
    "report": ({T.SENT}, T.REPORTED, MAKERS),
    "send_back": ({T.REPORTED}, T.SENT, MAKERS),
    "confirm": ({T.REPORTED}, T.CONFIRMED, MAKERS),
    "cancel": ({T.SENT, T.REPORTED}, T.CANCELLED, {"director"}),
}


def test_the_tables_hold_these_moves_and_no_others() -> None:
    """计划、抽取和任务的迁移表与手写的一致。"""
    moves_are_as_written(PLAN_MOVES, P, PLAN)
    moves_are_as_written(DRAW_MOVES, D, DRAW)
    moves_are_as_written(TASK_MOVES, T, TASK)


def test_every_state_says_whose_turn_it_is() -> None:
    """每个状态都说明等谁；办结的不再有下一步。"""
    assert set(PLAN_WAITING_ON) == set(P) and set(DRAW_WAITING_ON) == set(D) and set(TASK_WAITING_ON) == set(T)
    assert {state for state in D if not DRAW_MOVES.open_from(state)} == {s for s, side in DRAW_WAITING_ON.items() if side is Side.NOBODY}
