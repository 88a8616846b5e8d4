"""预警状态测试: the whole table of moves, written out by hand."""

from tests.moves import moves_are_as_worded
from touchstone.kernel.moves import Side
from touchstone.monitoring.states import MOVES, WAITING_ON, State

TABLE = """
待核实 转交 待核实
待机构说明 转交 待机构说明
机构已说明，待认定 转交 机构已说明，待认定
待核实 请机构说明 待机构说明
待机构说明 请机构说明 待机构说明
机构已说明，待认定 请机构说明 待机构说明
待机构说明 作出说明 机构已说明，待认定
待机构说明 认定属实 属实
机构已说明，待认定 认定属实 属实
待核实 认定不属实 不属实
待机构说明 认定不属实 不属实
机构已说明，待认定 认定不属实 不属实
待核实 自动撤回 数据已变，自动撤回
待机构说明 自动撤回 数据已变，自动撤回
机构已说明，待认定 自动撤回 数据已变，自动撤回
属实 重新核实 待核实
不属实 重新核实 待核实
数据已变，自动撤回 重新核实 待核实
"""


def test_the_table_holds_these_moves_and_no_others() -> None:
    """预警的迁移表与手写的一致。"""
    moves_are_as_worded(MOVES, State, TABLE)


def test_every_state_says_whose_turn_it_is() -> None:
    """每个状态都说明等谁。"""
    assert set(WAITING_ON) == set(State)
    assert {state for state, side in WAITING_ON.items() if side is Side.NOBODY} == {State.UPHELD, State.DISMISSED, State.WITHDRAWN}
