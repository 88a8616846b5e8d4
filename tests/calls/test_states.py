"""征集状态: the three tables of moves, written out by hand."""

from enum import StrEnum

import pytest

from tests.moves import moves_are_as_worded
from touchstone.calls.states import (
    APPLICATION_MOVES,
    APPLICATION_WAITING_ON,
    CALL_MOVES,
    CALL_WAITING_ON,
    PROJECT_MOVES,
    PROJECT_WAITING_ON,
    ApplicationState,
    CallState,
    ProjectState,
)
from touchstone.kernel.moves import Moves, Side

PROJECTS = """
待遴选 确定项目 已确定
待遴选 不予确定 未确定
待遴选 撤回推荐 已撤回
已确定 停止征集 已停止征集
"""
CALLS = """
拟定中       发布征集公告     征集中
征集中       截止征集         审核中
审核中       排序             已排序待公示
已排序待公示 排序             已排序待公示
已排序待公示 公示遴选结果     结果公示中
结果公示中   因异议重新审核   审核中
结果公示中   确定遴选结果     已结束
拟定中       取消征集         已取消
征集中       取消征集         已取消
审核中       取消征集         已取消
已排序待公示 取消征集         已取消
"""
APPLICATIONS = """
填报中   提交应征申请 待审核
退回补正 提交应征申请 待审核
待审核   退回补正     退回补正
待审核   核实条件     已审核
已审核   核实条件     已审核
已审核   入选         已入选
未入选   入选         已入选
已审核   未入选       未入选
填报中   未入选       未入选
待审核   未入选       未入选
退回补正 未入选       未入选
填报中   撤回应征     已撤回
待审核   撤回应征     已撤回
退回补正 撤回应征     已撤回
已审核   撤回应征     已撤回
"""
TABLES = [
    ("项目", PROJECT_MOVES, PROJECT_WAITING_ON, ProjectState, PROJECTS),
    ("征集", CALL_MOVES, CALL_WAITING_ON, CallState, CALLS),
    ("应征", APPLICATION_MOVES, APPLICATION_WAITING_ON, ApplicationState, APPLICATIONS),
]
EACH = pytest.mark.parametrize(("moves", "waiting", "states", "text"), [line[1:] for line in TABLES], ids=[line[0] for line in TABLES])


@EACH
def test_moves_are_those_of_the_table(moves: Moves[StrEnum], waiting: object, states: type[StrEnum], text: str) -> None:
    """迁移表与手写的一致；表中没有的迁移一律拒绝，拒绝的话写明现状和出路。"""
    moves_are_as_worded(moves, states, text)


@EACH
def test_every_state_waits_on_somebody_and_leads_out(
    moves: Moves[StrEnum], waiting: dict[StrEnum, Side], states: type[StrEnum], text: str
) -> None:
    """每个状态都有责任方；轮到谁的，都有路可走。"""
    assert set(waiting) == set(states)
    assert not [state for state in states if waiting[state] is not Side.NOBODY and not moves.open_from(state)]
