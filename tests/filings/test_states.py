"""备案状态: the whole table of moves, written out by hand."""

from tests.moves import moves_are_as_worded
from touchstone.filings.states import MOVES, WAITING_ON, State
from touchstone.kernel.moves import Side

TABLE = """
填报中     征求同意        征求同意中
征求同意中 撤回征求        填报中
征求同意中 同意            已获同意
征求同意中 不同意          填报中
填报中     提交申请        审核中
退回补正   提交申请        审核中
审核中     退回到前面的环节 审核中
审核中     退回重新征求同意 填报中
审核中     准予变更        已备案
已备案     暂停评价        暂停评价
暂停评价   恢复评价        已备案
已备案     终止备案        已终止
暂停评价   终止备案        已终止
已终止     撤销终止        已备案
已获同意   提交备案申请    审核中
退回补正   提交备案申请    审核中
审核中     退回补正        退回补正
审核中     准予备案并公示  公示中
审核中     不予备案        不予备案
公示中     因异议重新审核  审核中
公示中     完成备案        已备案
填报中     撤回            已撤回
征求同意中 撤回            已撤回
已获同意   撤回            已撤回
退回补正   撤回            已撤回
"""


def test_moves_are_those_of_the_table():
    """迁移表与手写的一致；表中没有的迁移一律拒绝。"""
    moves_are_as_worded(MOVES, State, TABLE)


def test_whose_turn_it_is():
    """每个状态轮到谁。"""
    assert {state.label: WAITING_ON[state] for state in State} == {
        "填报中": Side.BODY,
        "征求同意中": Side.AUTHORITY,
        "已获同意": Side.BODY,
        "审核中": Side.AUTHORITY,
        "退回补正": Side.BODY,
        "公示中": Side.CLOCK,
        "已备案": Side.NOBODY,
        "暂停评价": Side.AUTHORITY,
        "已终止": Side.NOBODY,
        "不予备案": Side.NOBODY,
        "已撤回": Side.NOBODY,
    }
