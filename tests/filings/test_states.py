"""备案状态: the whole table of moves, written out by hand."""

import pytest

from touchstone.filings.states import MOVES, WAITING_ON, State
from touchstone.kernel.moves import MoveRefused, Side

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


def lines() -> set[tuple[str, ...]]:
    return {tuple(line.split()) for line in TABLE.strip().splitlines()}


def test_moves_are_those_of_the_table():
    """迁移表与手写的一致。"""
    assert {(source.label, line.title, line.target.label) for line in MOVES for source in line.sources} == lines()


@pytest.mark.parametrize("state", list(State), ids=lambda state: state.label)
@pytest.mark.parametrize("verb", sorted({line.verb for line in MOVES}))
def test_other_moves_are_refused(verb, state):
    """表中没有的迁移一律拒绝。"""
    titles = {line.verb: line.title for line in MOVES}
    allowed = {source for source, title, _ in lines() if title == titles[verb]}
    if state.label in allowed:
        assert MOVES.check(verb, state)
    else:
        with pytest.raises(MoveRefused, match=state.label):
            MOVES.check(verb, state)


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
