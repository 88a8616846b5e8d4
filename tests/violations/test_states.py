"""违纪违规状态测试: the whole table of moves, written out by hand."""

from tests.moves import moves_are_as_written
from touchstone.kernel.moves import Side
from touchstone.violations.states import MOVES, WAITING_ON, State

S = State
BODY, SELF = {"body_planner", "body_leader"}, {"candidate", "corps_member"}
TABLE = {
    "notify": ({S.RECORDED}, S.NOTIFIED, BODY),
    "speak": ({S.NOTIFIED}, S.HEARD, BODY | SELF),
    "waive": ({S.NOTIFIED}, S.HEARD, BODY | SELF),
    "decide": ({S.NOTIFIED, S.HEARD}, S.DECIDED, {"body_leader"}),
    "drop": ({S.RECORDED, S.NOTIFIED, S.HEARD}, S.DROPPED, {"body_leader"}),
    "appeal": ({S.DECIDED}, S.APPEALED, SELF | {"supervisor"}),
    "uphold": ({S.APPEALED}, S.UPHELD, {"director"}),
    "undo": ({S.APPEALED}, S.UNDONE, {"director"}),
}


def test_the_table_holds_these_moves_and_no_others() -> None:
    moves_are_as_written(MOVES, S, TABLE)


def test_every_state_says_whose_turn_it_is() -> None:
    assert set(WAITING_ON) == set(S)
    ended = {state for state, side in WAITING_ON.items() if side is Side.NOBODY and not MOVES.open_from(state)}
    assert ended == {S.DROPPED, S.UPHELD, S.UNDONE}
