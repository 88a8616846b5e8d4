"""试题表单: does a question that is opened and saved again stay what it was, and does a change change only what was changed?"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.measurement.interchange.samples import CHOICE, EXTENDED, MATCH, MULTIPLE, ORDER, PRACTICAL, RULED, TEXT, TRUE_FALSE, options
from touchstone.measurement.interchange.question import Kind, Method, Option, Question, Slot, Weight, Weights
from touchstone.measurement.interchange.rich import node
from touchstone.web.bank.content_form import ContentForm

D = Decimal
FIXED = replace(CHOICE, options=(*CHOICE.options[:3], replace(CHOICE.options[3], fixed=True, feedback=("再想想",))), points=D("2.25"))
TEN = replace(MULTIPLE, options=tuple(Option(f"choice{n}", (f"选项{n}",)) for n in range(12)), key=("choice1", "choice11"), points=D(10))
RICH = replace(CHOICE, options=(Option("A", (node("p", "第一段"), node("ul", node("li", "列表")))), *CHOICE.options[1:]))
CUSTOM = replace(TRUE_FALSE, options=(Option("true", ("对",), ("答得好",)), Option("false", ("不对",))))
WORTH = Weights((Weight("A", D(1)), Weight("B", D("0.5"))), D("-0.25"), D(0))
WEIGHTED = replace(MULTIPLE, method=Method.WEIGHTS, weights=WORTH, each=D(0))
DISTRACTING = replace(MATCH, slots=(*MATCH.slots, Slot("4", ("长度",))))
TWICE = Question(
    Kind.MATCH, ("连起来",), options=options("钢", "铜"), slots=(Slot("1", ("磁性",)), Slot("2", ("导电",))), key=("A 1", "A 2", "B 2"),
)  # fmt: skip
POINTS = (replace(EXTENDED.criteria[0], points=D("2.25")), replace(EXTENDED.criteria[1], points=D(3), group="安全"))
TIMED = replace(EXTENDED, minutes=20, materials=("计算器",), points=D("5.25"), criteria=POINTS)
LONG = replace(PRACTICAL, criteria=tuple(replace(PRACTICAL.criteria[0], key=f"k{n}", points=D("6.25"), group=f"第{n}步") for n in range(16)))
STEPS = tuple(Option(f"s{n}", (f"第{n}步",)) for n in range(11))
ELEVEN = replace(ORDER, options=STEPS, key=tuple(f"s{n}" for n in (3, 1, 0, 2, 4, 5, 6, 7, 8, 9, 10)))

KEPT = {
    "单选": CHOICE, "固定的选项和反馈": FIXED, "十二个选项": TEN, "选项有格式": RICH, "多选": MULTIPLE, "选项有权重": WEIGHTED, "判断": TRUE_FALSE,
    "判断的措辞和反馈": CUSTOM, "填空有范围和部分得分": TEXT, "匹配": MATCH, "匹配有干扰项": DISTRACTING, "一对多": TWICE, "排序": ORDER,
    "十一步": ELEVEN, "简答": EXTENDED, "简答限时": TIMED, "实操": PRACTICAL, "十六个评分点": LONG, "按表达式判分": RULED,
}  # fmt: skip


def sent(form: ContentForm) -> dict[str, Any]:
    """What a browser sends when a form is saved as it stands."""
    found = {field.html_name: field.value() for field in form}
    return {name: "on" if value is True else value for name, value in found.items() if value not in (None, False)}


def saved(kept: Question, **changed: str) -> Question:
    """Open a question in the form, change some fields, and save it."""
    kind = kept.kind.value
    form = ContentForm({**sent(ContentForm(kind=kind, kept=kept)), **changed}, kind=kind, kept=kept)
    assert form.is_valid(), form.errors
    return form.content(kept.media)


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_saved_as_it_stands_nothing_is_lost(kept: Question) -> None:
    """打开、不改、保存：一模一样。"""
    assert saved(kept) == kept


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_a_new_stem_changes_only_the_stem(kept: Question) -> None:
    """只改题干：其他什么也没变。"""
    before = ContentForm(kind=kept.kind.value, kept=kept)["stem"].value()
    after = saved(kept, stem=f"改过的题干。{before}")
    assert after.stem != kept.stem
    assert replace(after, stem=kept.stem) == kept


def test_a_changed_option_stays_fixed_and_keeps_its_feedback() -> None:
    """改一个选项的文字：固定、反馈还在；删一个选项，其余不动。"""
    after = saved(FIXED, text_3="刀尖角", text_1="")
    assert [one.key for one in after.options] == ["A", "C", "D"]
    assert after.options[2] == replace(FIXED.options[3], content=("刀尖角",))
    assert (after.key, after.points) == (("A",), D("2.25"))
    assert [one.key for one in saved(FIXED, text_1="", text_4="新的").options] == ["A", "C", "D", "E"]


def test_another_right_option_and_another_score_reach_the_weights() -> None:
    """改答案：新的正确项照最高权重计，不再正确的不计；改分值：权重同比例。"""
    after = saved(WEIGHTED, right_3="on", right_0="")
    assert {one.of: one.points for one in after.weights.entries} == {"B": D("0.5"), "D": D(1)}
    assert {one.of: one.points for one in saved(WEIGHTED, score="4").weights.entries} == {"A": D(2), "B": D(1)}


def test_a_blank_keeps_its_range_when_another_blank_changes() -> None:
    """改一个空的答案，另一个空的数值范围还在。"""
    after = saved(TEXT, text_1="转每分；r/min")
    assert after.slots[0] == TEXT.slots[0]
    assert after.slots[1].answer == "转每分"
    assert [one.of for one in after.slots[1].weights.entries] == ["转每分", "r/min"]


def test_the_score_of_blanks_is_kept() -> None:
    """填空题写明每空的分值，就是每空的分值。"""
    form = ContentForm({"stem": "先[[1]]再[[2]]。", "score": "2", "text_0": "停车", "text_1": "检查"}, kind="text_entry")
    assert form.is_valid()
    assert form.content().points == 4
    assert saved(form.content()) == form.content()


def test_refused_rows_come_back_as_they_were_typed() -> None:
    """没有通过：多出来的行、写错的分值都原样回来。"""
    form = ContentForm({"stem": "", "text_9": "第十个要点", "points_9": "三分"}, kind="extended")
    assert not form.is_valid()
    shown = str(form["text_9"]) + str(form["points_9"])
    assert "第十个要点" in shown
    assert "三分" in shown
