"""认定状态测试: the whole table of moves, written out by hand."""

from hypothesis import given
from hypothesis import strategies as st

from tests.moves import moves_are_as_written
from touchstone.exams.states import MOVES, WAITING_ON, PlanState
from touchstone.kernel.moves import MoveRefused, Side

S = PlanState
TABLE = {
    "report_plan": ({S.DRAFTED}, S.REPORTED, {"body_planner", "body_leader"}),
    "close_review": ({S.REPORTED}, S.REVIEWED, {"body_planner", "body_leader"}),
    "reopen_review": ({S.REVIEWED}, S.REPORTED, {"body_planner", "body_leader"}),
    "arrange": ({S.REVIEWED}, S.ARRANGED, {"body_planner", "body_leader"}),
    "rearrange": ({S.ARRANGED}, S.REVIEWED, {"body_planner", "body_leader"}),
    "hold_directly": ({S.REVIEWED}, S.HELD, {"body_planner", "body_leader"}),
    "close_sittings": ({S.ARRANGED}, S.HELD, {"body_planner", "body_leader"}),
    "announce_results": ({S.HELD}, S.ANNOUNCED, {"body_leader"}),
    "withdraw_results": ({S.ANNOUNCED}, S.HELD, {"body_planner", "body_leader"}),
    "confirm_results": ({S.ANNOUNCED}, S.CONFIRMED, {"platform"}),
    "issue_certificates": ({S.CONFIRMED, S.CERTIFIED}, S.CERTIFIED, {"body_leader"}),
    "cancel_plan": ({S.DRAFTED, S.REPORTED, S.REVIEWED, S.ARRANGED}, S.CANCELLED, {"body_planner", "body_leader"}),
    "restore_draft": ({S.CANCELLED}, S.DRAFTED, {"platform"}),
    "restore_reported": ({S.CANCELLED}, S.REPORTED, {"platform"}),
    "restore_reviewed": ({S.CANCELLED, S.ARRANGED}, S.REVIEWED, {"platform"}),
}


def test_the_table_holds_these_moves_and_no_others() -> None:
    moves_are_as_written(MOVES, S, TABLE)


def test_every_state_says_whose_turn_it_is() -> None:
    assert set(WAITING_ON) == set(S)
    ended = {state for state, side in WAITING_ON.items() if side is Side.NOBODY}
    assert ended == {S.CERTIFIED, S.CANCELLED}
    assert all(MOVES.open_from(state) for state in set(S) - ended)
    out = [line for state in ended for line in MOVES.open_from(state) if line.target != state]
    assert {line.verb for line in out} == {"restore_draft", "restore_reported", "restore_reviewed"}, "只有撤销终止能恢复随备案终止取消的计划"


@given(st.lists(st.sampled_from(sorted(TABLE)), max_size=30))
def test_whatever_is_tried_no_way_leads_past_the_public_notice(verbs: list[str]) -> None:
    state, seen = S.DRAFTED, [S.DRAFTED]
    for verb in verbs:
        try:
            state = MOVES.check(verb, state)
        except MoveRefused:
            continue
        seen.append(state)
    if S.CERTIFIED in seen:
        assert seen.index(S.ANNOUNCED) < seen.index(S.CONFIRMED) < seen.index(S.CERTIFIED)
