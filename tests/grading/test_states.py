"""考核与分级状态测试: the three tables of moves, written out by hand."""

from tests.moves import moves_are_as_written
from touchstone.grading.states import (
    GRADE_MOVES,
    GRADE_WAITING_ON,
    MOVES,
    TERM_MOVES,
    TERM_WAITING_ON,
    WAITING_ON,
    AssessmentState,
    GradeState,
    TermState,
)
from touchstone.kernel.moves import Side

A, G, T = AssessmentState, GradeState, TermState
BODY, OFFICE, DIRECTOR = {"body_filer", "body_leader"}, {"supervisor", "intake_clerk"}, {"director"}
YEAR = {
    "report": ({A.REPORTING}, A.REPORTED, BODY),
    "score_first": ({A.REPORTING, A.REPORTED}, A.FIRST_DONE, OFFICE),
    "score_second": ({A.FIRST_DONE}, A.SECOND_DONE, OFFICE),
    "tell": ({A.SECOND_DONE}, A.TOLD, DIRECTOR),
    "object": ({A.TOLD}, A.OBJECTED, BODY),
    "answer": ({A.OBJECTED}, A.TOLD, DIRECTOR),
    "publish": ({A.TOLD}, A.PUBLISHED, DIRECTOR),
}
GRADE = {
    "review": ({G.PROPOSED}, G.REVIEWED, OFFICE),
    "confirm": ({G.REVIEWED}, G.CONFIRMED, DIRECTOR),
    "contest": ({G.CONFIRMED}, G.CONTESTED, BODY),
    "answer": ({G.CONTESTED}, G.ANSWERED, DIRECTOR),
}
TERM = {"opine": ({T.OPEN, T.OPINED}, T.OPINED, OFFICE), "decide": ({T.OPINED}, T.DECIDED, DIRECTOR)}


def test_the_tables_hold_these_moves_and_no_others() -> None:
    """考核、定级和期满评估的迁移表与手写的一致。"""
    moves_are_as_written(MOVES, A, YEAR)
    moves_are_as_written(GRADE_MOVES, G, GRADE)
    moves_are_as_written(TERM_MOVES, T, TERM)


def test_every_state_says_whose_turn_it_is() -> None:
    """每个状态都说明等谁；办结的不再有下一步。"""
    assert set(WAITING_ON) == set(A) and set(GRADE_WAITING_ON) == set(G) and set(TERM_WAITING_ON) == set(T)
    assert {state for state in A if not MOVES.open_from(state)} == {s for s, side in WAITING_ON.items() if side is Side.NOBODY}
    assert {state for state in G if not GRADE_MOVES.open_from(state)} == {s for s, side in GRADE_WAITING_ON.items() if side is Side.NOBODY}
