"""线索状态测试: the whole tables of moves, written out by hand."""

from tests.moves import moves_are_as_worded
from touchstone.complaints.states import EVALUATOR_MOVES, EVALUATOR_WAITING_ON, MOVES, OPEN, WAITING_ON, EvaluatorState, State
from touchstone.kernel.moves import Side

TABLE = """
已收到，待决定是否受理 请投诉人补充 待补充
已收到，待决定是否受理 补充 已收到，待决定是否受理
待补充 补充 已收到，待决定是否受理
核实中 补充 核实中
已收到，待决定是否受理 核对被反映的对象 已收到，待决定是否受理
待补充 核对被反映的对象 待补充
核实中 核对被反映的对象 核实中
已收到，待决定是否受理 转办 已收到，待决定是否受理
待补充 转办 待补充
已收到，待决定是否受理 并案 并入另一件
待补充 并案 并入另一件
核实中 并案 并入另一件
已收到，待决定是否受理 受理 核实中
待补充 受理 核实中
已收到，待决定是否受理 不予受理 不予受理
待补充 不予受理 不予受理
核实中 指定核实人员 核实中
核实中 延长核实期限 核实中
核实中 登记核实记录 核实中
核实中 请机构说明 核实中
核实中 拟定结论 已拟结论，待第二人确认
已拟结论，待第二人确认 退回再核实 核实中
已拟结论，待第二人确认 确认结论 已核实，待答复
已核实，待答复 答复 已办结
"""
EVALUATORS = """
待核对 核对备案和证书 已核对，待处理
已核对，待处理 核对备案和证书 已核对，待处理
已核对，待处理 办结，没有发现问题 没有发现问题
已核对，待处理 公开提示 已公开提示
已公开提示 撤下提示 提示已撤下
已核对，待处理 移送有关部门 已核对，待处理
已公开提示 移送有关部门 已公开提示
提示已撤下 移送有关部门 提示已撤下
"""


def test_the_tables_hold_these_moves_and_no_others() -> None:
    """线索和未经备案评价的迁移表与手写的一致。"""
    moves_are_as_worded(MOVES, State, TABLE)
    moves_are_as_worded(EVALUATOR_MOVES, EvaluatorState, EVALUATORS)


def test_every_state_says_whose_turn_it_is() -> None:
    """每个状态都说明等谁；办结的不等谁。"""
    assert set(WAITING_ON) == set(State)
    assert set(EVALUATOR_WAITING_ON) == set(EvaluatorState)
    assert {state.value for state, side in WAITING_ON.items() if side is not Side.NOBODY} == set(OPEN)
