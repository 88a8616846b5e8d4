"""试题表: what a row says, what is refused by column, and the way there and back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from tests.measurement.interchange import responses, samples
from touchstone.measurement.interchange import Kind, Method, plain, score
from touchstone.measurement.interchange.delivery import Outgoing, Refused
from touchstone.measurement.interchange.doors import read_table, table_rows
from touchstone.measurement.interchange.table import from_row, to_row


def row(**values):
    return from_row({"题型": "单选题", "题干": "题", "答案": "A", **values}, 5)[0]


ABC = {"选项A": "甲", "选项B": "乙", "选项C": "丙"}


def test_every_kind_from_a_row():
    assert row(**ABC).key == ("A",)
    many = row(题型="多选题", 答案="C、A", 分值="2", 少选每项得分="0.5", **ABC)
    assert (many.key, many.method, score(many, ["A"])) == (("A", "C"), Method.PARTIAL, Decimal("0.5"))
    assert row(题型="判断题", 答案="×").key == ("false",)
    assert row(题型="排序题", 答案="BCA", **ABC).key == ("B", "C", "A")
    text = row(题型="填空题", 题干="转速____，单位（  ）", 答案="630..640；r/min|转/分", 分值="3")
    assert [score(text, one) for one in ({"1": "640", "2": "转/分"}, {"1": "641", "2": "R/MIN"})] == [3, Decimal("1.5")]
    gaps = row(题型="选词填空题", 题干="先[[1]]后[[2]]", 答案="B；A", **ABC)
    assert gaps.key == ("B 1", "A 2")
    assert score(row(题型="下拉填空题", 题干="越[[1]]", 答案="C", **ABC), {"1": "C"}) == 1
    match = row(题型="匹配题", 右项="一\n二", 答案="A-1；B-2；C-1", **ABC)
    assert (score(match, match.key), match.slots[0].most) == (Decimal(3), 2)
    task = row(题型="实操题", 答案="", 评分要点="外径|60|超差不得分\n安全|40", 材料准备="45钢", **{"用时（分钟）": "120"})
    assert (task.kind, task.points, task.minutes, task.criteria[0].rule) == (Kind.PRACTICAL, 100, 120, "超差不得分")


@pytest.mark.parametrize(
    ("values", "column", "said"),
    [
        ({"题型": "猜谜"}, "题型", "不是题型"),
        ({"题干": " "}, "题干", "没有填写"),
        ({}, "选项A", "没有填写选项"),
        ({**ABC, "答案": "D"}, "答案", "字母"),
        ({**ABC, "答案": "AB"}, "答案", "只能有一个"),
        ({**ABC, "选项B": ""}, "选项C", "空着"),
        ({**ABC, "分值": "两分"}, "分值", "不是数"),
        ({"题型": "判断题", "答案": "也许"}, "答案", "对或错"),
        ({"题型": "填空题", "答案": "一"}, "题干", "没有空位"),
        ({"题型": "填空题", "题干": "[[1]][[2]]", "答案": "一"}, "答案", "2个空"),
        ({"题型": "填空题", "题干": "[[1]]", "答案": "9..1"}, "答案", "范围"),
        ({"题型": "匹配题", "答案": "A-9", "右项": "一", **ABC}, "答案", "没有这样"),
        ({"题型": "实操题", "评分要点": "外径"}, "评分要点", "读不懂"),
        ({"题型": "实操题", "评分要点": "外径|60", "分值": "100"}, "分值", "不同"),
        ({**ABC, "题干": "![图](a.png)"}, "题干", "带不了图片"),
        ({**ABC, "题型": "排序题", "答案": "AB"}, "排序题", "写全"),
    ],
)
def test_refused_by_column(values, column, said):
    with pytest.raises(Refused) as refused:
        row(**values)
    assert refused.value.loss.what == column
    assert said in refused.value.loss.why
    assert refused.value.loss.line == 5


@pytest.mark.parametrize(
    "question", [one for one in samples.ALL if one.method not in (Method.RULES,) and one.kind is not Kind.COMPOSITE], ids=lambda one: one.kind.value
)
def test_there_and_back(question):
    values, losses = to_row(question)
    again = from_row(values, 1)[0]
    assert (again.kind, again.points) == (question.kind, question.points)
    if losses:
        return
    for response in responses.of(question):
        assert score(again, responses.translated(question, again, response)) == score(question, response), response


@settings(derandomize=True, deadline=None, max_examples=150)
@given(samples.questions())
def test_any_question_is_written_as_it_reads_or_left_out_with_a_reason(question):
    rows, (left,) = table_rows([Outgoing("q", question)])
    if left.refused:
        assert left.losses[0].why.endswith("。")
        return
    (found,) = read_table([(2, rows[0], "")]).incoming
    assert found.refusal is None, found.refusal
    assert plain(found.taken.stem).split() == plain(question.stem).split()
    if question.method is Method.EXACT and not question.slots:
        for response in responses.of(question):
            assert score(found.taken, responses.translated(question, found.taken, response)) == score(question, response)


def test_a_cell_that_cannot_be_trusted_is_a_refusal_of_its_row():
    first, second = read_table([(2, {"题型": "判断题", "题干": "题", "答案": "对"}, ""), (3, {}, "末几位已经丢失。")]).incoming
    assert first.taken.key == ("true",)
    assert second.why == "第3行 单元格：末几位已经丢失。"
