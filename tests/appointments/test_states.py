"""评聘状态测试: the whole table of moves, written out by hand."""

from tests.moves import moves_are_as_written
from touchstone.appointments.states import MOVES, WAITING_ON, State
from touchstone.kernel.moves import Side

S = State
DESK = {"body_planner", "body_leader"}
TABLE = {
    "close_nominations": ({S.ANNOUNCED}, S.CHECKED, DESK),
    "review": ({S.CHECKED}, S.REVIEWED, DESK),
    "publish": ({S.REVIEWED}, S.NOTICED, {"body_leader"}),
    "confirm": ({S.NOTICED}, S.CONFIRMED, {"platform"}),
    "appoint": ({S.CONFIRMED}, S.APPOINTED, {"body_leader"}),
    "end_empty": ({S.REVIEWED, S.NOTICED}, S.EMPTY, DESK | {"platform"}),
    "cancel": ({S.ANNOUNCED, S.CHECKED, S.REVIEWED}, S.CANCELLED, {"body_leader"}),
}


def test_the_table_holds_these_moves_and_no_others() -> None:
    moves_are_as_written(MOVES, S, TABLE)


def test_every_state_says_whose_turn_it_is() -> None:
    assert set(WAITING_ON) == set(S)
    ended = {state for state, side in WAITING_ON.items() if side is Side.NOBODY and not MOVES.open_from(state)}
    assert ended == {S.APPOINTED, S.EMPTY, S.CANCELLED}
