"""标准结构对照: is every difference between two structures found, and is only what changed told of?"""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.policy.cases.structures import FORMS, KNOWLEDGE, PRACTICAL, SKILL, SOUND, THEORY
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.questions.comparison import Change, compare
from touchstone.policy.questions.structure import ElementFacts, StructureFacts

FIVE = Level.FIVE


def skill(code: str, text: str) -> ElementFacts:
    return ElementFacts(code, FIVE, SKILL, text)


def of(*elements: ElementFacts) -> StructureFacts:
    return replace(SOUND, elements=elements)


ROUND, SLOT, BORE = skill("1.1.1", "能车削台阶轴外圆"), skill("1.1.2", "能加工直槽与切断"), skill("2.1.1", "能钻孔并铰削通孔")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ((ROUND, SLOT), (ROUND, SLOT), []),
        ((ROUND,), (ROUND, SLOT), [("新增", "五级/初级工技能要求1.1.2已新增")]),
        ((ROUND, SLOT), (ROUND,), [("删去", "五级/初级工技能要求1.1.2已删去")]),
        ((ROUND,), (skill("1.1.2", "能车削台阶轴外圆"),), [("改号", "五级/初级工技能要求1.1.1改为1.1.2")]),
        ((ROUND,), (skill("1.1.1", "能车削多台阶轴外圆"),), [("改写", "五级/初级工技能要求1.1.1已改写")]),
        ((ROUND,), (skill("1.1.1", "能 车削台阶轴外圆"),), []),
        ((ROUND, SLOT), (skill("1.1.1", SLOT.text), skill("1.1.2", ROUND.text)), [("改号", "五级/初级工技能要求1.1.1改为1.1.2"),
                                                                               ("改号", "五级/初级工技能要求1.1.2改为1.1.1")]),
        ((ROUND,), (skill("1.1.1", BORE.text),), [("删去", "五级/初级工技能要求1.1.1已删去"), ("新增", "五级/初级工技能要求1.1.1已新增")]),
        ((ROUND,), (skill("2.1.3", "能车削台阶轴的外圆"),), [("改号", "五级/初级工技能要求1.1.1改为2.1.3")]),
    ],
    ids=["没有变化", "新增", "删去", "改号", "改写", "只差空格", "互换编码", "同码换了内容", "改号并略改"],
)  # fmt: skip
def test_elements(old: tuple[ElementFacts, ...], new: tuple[ElementFacts, ...], found: list[tuple[str, str]]) -> None:
    assert [(one.change.label, one.sentence) for one in compare(of(*old), of(*new)).elements] == found


def test_skill_and_knowledge_of_one_code_are_told_apart() -> None:
    known = ElementFacts("1.1.1", FIVE, KNOWLEDGE, "车削外圆的知识")
    difference = compare(of(ROUND, known), of(ROUND, replace(known, text="车削外圆和端面的知识")))
    assert difference.element_touched(5, THEORY, "1.1.1") == "五级/初级工相关知识要求1.1.1已改写"
    assert difference.element_touched(5, PRACTICAL, "1.1.1") == ""
    assert difference.element_touched(4, THEORY, "1.1.1") == ""


def test_what_holds_at_every_level_touches_each() -> None:
    code = ElementFacts("A.1.1", None, KNOWLEDGE, "职业守则")
    difference = compare(of(code), of(replace(code, text="职业守则与职业纪律")))
    assert difference.element_touched(3, THEORY, "A.1.1") and difference.level_touched(3)


def test_weights_forms_and_names() -> None:
    weights = tuple(replace(w, percent=w.percent + Decimal(5)) if w.function == "1" and w.part is THEORY else w for w in SOUND.weights)
    functions = (*SOUND.functions[:3], replace(SOUND.functions[3], name="车削加工"))
    difference = compare(SOUND, replace(SOUND, weights=weights, functions=functions, forms=(replace(FORMS[0], minutes=120), FORMS[1])))
    assert [(one.function, one.name, one.old, one.new) for one in difference.weights] == [("1", "工前准备", Decimal(30), Decimal(35))]
    assert [(one.old and one.old.minutes, one.new and one.new.minutes) for one in difference.forms] == [(90, 120)]
    assert [(one.code, one.change) for one in difference.names] == [("2", Change.REWORDED)]
    assert difference.column_touched(5, THEORY) == "权重已调整，考试方式已调整"
    assert difference.column_touched(5, PRACTICAL) == ""
    assert difference.level_touched(4) == ""
    assert not difference.empty and compare(SOUND, SOUND).empty


def test_a_large_structure_is_compared_in_a_moment() -> None:
    """一万个要素全部改号并改写一半，也在几秒内对照完。"""
    old = [skill(f"{f}.{c}.{n}", f"能完成第{f}-{c}-{n}项操作") for f in range(1, 26) for c in range(1, 21) for n in range(1, 21)]
    new = [replace(one, code=f"{one.code}.1", text=one.text if n % 2 else f"另行规定{n}") for n, one in enumerate(old)]
    difference = compare(of(*old), of(*new))
    assert len(difference.of(Change.MOVED)) == 5_000
    assert len(difference.of(Change.REMOVED)) == len(difference.of(Change.ADDED)) == 5_000
