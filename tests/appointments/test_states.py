"""评聘状态测试: the whole table of moves, written out by hand."""

import pytest

from touchstone.appointments.states import MOVES, WAITING_ON, State
from touchstone.kernel.moves import MoveRefused, Side

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


def test_the_table_holds_these_verbs_and_no_others() -> None:
    assert {line.verb for line in MOVES} == set(TABLE)


@pytest.mark.parametrize("state", list(S), ids=lambda state: state.label)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_from_every_state(verb: str, state: State) -> None:
    sources, target, roles = TABLE[verb]
    assert {role.value for role in MOVES.roles(verb)} == roles
    if state in sources:
        assert MOVES.check(verb, state) == target
    else:
        with pytest.raises(MoveRefused) as refused:
            MOVES.check(verb, state)
        assert state.label in refused.value.sentence


def test_every_state_says_whose_turn_it_is() -> None:
    assert set(WAITING_ON) == set(S)
    ended = {state for state, side in WAITING_ON.items() if side is Side.NOBODY and not MOVES.open_from(state)}
    assert ended == {S.APPOINTED, S.EMPTY, S.CANCELLED}
