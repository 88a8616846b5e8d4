"""证书数据的迁移: the whole table written out by hand; every other move is refused."""

from tests.moves import moves_are_as_worded
from touchstone.kernel.moves import Side
from touchstone.uploads.states import MOVES, WAITING_ON, BatchState

TABLE = """
核对中 核对完成 待提交
待提交 提交审核 待审核
退回更正 提交审核 待审核
待审核 退回更正 退回更正
待审核 接收 已接收
待审核 不予接收 不予接收
待提交 整份撤回 已撤回
待审核 整份撤回 已撤回
退回更正 整份撤回 已撤回
"""


def test_moves() -> None:
    """迁移表与手写的一致。"""
    moves_are_as_worded(MOVES, BatchState, TABLE)


def test_every_state_says_whose_turn_it_is() -> None:
    """每个状态都说明等谁；没有人办的状态没有去处。"""
    assert set(WAITING_ON) == set(BatchState)
    assert {state for state, whose in WAITING_ON.items() if whose is Side.NOBODY} == {state for state in BatchState if not MOVES.open_from(state)}
