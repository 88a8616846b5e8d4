"""试卷状态: the whole table of moves, written out by hand."""

from tests.moves import moves_are_as_worded
from touchstone.kernel.moves import Side
from touchstone.questions.states import PAPER_MOVES, PAPER_WAITING_ON, PaperState

TABLE = """
组卷中 组成     已组卷
组卷中 组卷不成 组不出
已组卷 封存     已封存
已封存 重新封存 已封存
已封存 启封     已启封
已启封 登记使用 已使用
组不出 作废     已作废
已组卷 作废     已作废
已封存 作废     已作废
已启封 作废     已作废
"""


def test_moves_of_a_paper_are_those_of_the_table() -> None:
    """试卷的迁移表与手写的一致；表中没有的迁移一律拒绝。"""
    moves_are_as_worded(PAPER_MOVES, PaperState, TABLE)


def test_every_state_says_whose_turn_it_is() -> None:
    """每个状态都说明轮到谁；用过的和作废的不轮到任何人。"""
    assert set(PAPER_WAITING_ON) == set(PaperState)
    assert {state for state, side in PAPER_WAITING_ON.items() if side is Side.NOBODY} == {PaperState.USED, PaperState.DISCARDED}
