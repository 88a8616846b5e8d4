"""双随机状态测试: the five tables of moves, written out by hand."""

from tests.moves import moves_are_as_written
from touchstone.inspections.states import (
    DRAW_MOVES,
    DRAW_WAITING_ON,
    FINDING_MOVES,
    FINDING_WAITING_ON,
    PLAN_MOVES,
    PLAN_WAITING_ON,
    TASK_MOVES,
    TASK_WAITING_ON,
    VISIT_MOVES,
    VISIT_WAITING_ON,
    DrawState,
    FindingState,
    PlanState,
    TaskState,
    VisitState,
)
from touchstone.kernel.moves import Side

P, D, T, V, F = PlanState, DrawState, TaskState, VisitState, FindingState
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
    "open": ({T.SENT}, T.SENT, MAKERS),
    "publish": ({T.SENT}, T.CONFIRMED, MAKERS),
    "cancel": ({T.SENT}, T.CANCELLED, {"director"}),
}
BODY = {"body_leader", "body_planner"}
VISIT = {
    "answer": ({V.OPEN}, V.OPEN, MAKERS),
    "hinder": ({V.OPEN}, V.OPEN, MAKERS),
    "sign": ({V.OPEN}, V.OPEN, MAKERS),
    "sign_for_body": ({V.OPEN}, V.OPEN, BODY),
    "seal": ({V.OPEN}, V.SEALED, MAKERS),
}
FINDING = {
    "correct_at_once": ({F.FOUND}, F.CORRECTING, MAKERS),
    "suggest_case": ({F.FOUND, F.CORRECTING, F.REPORTED}, F.FOR_CASE, MAKERS),
    "report": ({F.CORRECTING}, F.REPORTED, BODY),
    "examine": ({F.REPORTED}, F.EXAMINED, MAKERS),
    "check_off": ({F.EXAMINED}, F.CORRECTED, MAKERS),
    "reject": ({F.REPORTED, F.EXAMINED}, F.CORRECTING, MAKERS),
    "take_up": ({F.FOR_CASE}, F.TAKEN_UP, OFFICERS),
}


def test_the_tables_hold_these_moves_and_no_others() -> None:
    """计划、抽取、任务、检查和问题的迁移表与手写的一致。"""
    moves_are_as_written(PLAN_MOVES, P, PLAN)
    moves_are_as_written(DRAW_MOVES, D, DRAW)
    moves_are_as_written(TASK_MOVES, T, TASK)
    moves_are_as_written(VISIT_MOVES, V, VISIT)
    moves_are_as_written(FINDING_MOVES, F, FINDING)


def test_every_state_says_whose_turn_it_is() -> None:
    """每个状态都说明等谁；办结的不再有下一步。"""
    assert set(VISIT_WAITING_ON) == set(V) and set(FINDING_WAITING_ON) == set(F)
    assert {state for state in F if not FINDING_MOVES.open_from(state)} == {s for s, side in FINDING_WAITING_ON.items() if side is Side.NOBODY}
    assert set(PLAN_WAITING_ON) == set(P) and set(DRAW_WAITING_ON) == set(D) and set(TASK_WAITING_ON) == set(T)
    assert {state for state in D if not DRAW_MOVES.open_from(state)} == {s for s, side in DRAW_WAITING_ON.items() if side is Side.NOBODY}
