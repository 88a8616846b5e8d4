"""案例·标准结构: what may be approved as the structure of an edition, and where does it give way to the 规程?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.policy.case import MET, UNMET, table
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions import structure as law
from touchstone.policy.questions.structure import (
    ContentFacts,
    ElementFacts,
    ElementKind,
    FormFacts,
    FunctionFacts,
    StructureFacts,
    WeightFacts,
)

DAY, FIVE = date(2026, 3, 2), Level.FIVE
SKILL, KNOWLEDGE = ElementKind.SKILL, ElementKind.KNOWLEDGE
THEORY, PRACTICAL, PANEL = Part.THEORY, Part.PRACTICAL, Part.PANEL
FORMS = (FormFacts(FIVE, THEORY, "机考", 90), FormFacts(FIVE, PRACTICAL, "实际操作", 120, 5, 3, Decimal(10)))
SOUND = StructureFacts(
    "示例标准（2024年版）",
    frozenset({FIVE}),
    (FunctionFacts("A", "职业道德"), FunctionFacts("B", "基础知识"), FunctionFacts("1", "工前准备"), FunctionFacts("2", "加工")),
    (ContentFacts("A.1", "职业道德"), ContentFacts("B.1", "识图"), ContentFacts("1.1", "备料"), ContentFacts("2.1", "车削")),
    (
        ElementFacts("A.1.1", None, KNOWLEDGE, "职业守则"),
        ElementFacts("B.1.1", None, KNOWLEDGE, "识读零件图"),
        *(ElementFacts(code, FIVE, kind, f"{code}的要求") for code in ("1.1.1", "2.1.1") for kind in (SKILL, KNOWLEDGE)),
    ),
    (
        *(WeightFacts(code, FIVE, THEORY, Decimal(n)) for code, n in (("A", 5), ("B", 25), ("1", 30), ("2", 40))),
        *(WeightFacts(code, FIVE, PRACTICAL, Decimal(n)) for code, n in (("1", 40), ("2", 60))),
    ),
    FORMS,
)


def with_element(code: str, level: Level | None = FIVE, kind: ElementKind = SKILL) -> StructureFacts:
    return replace(SOUND, elements=(*SOUND.elements, ElementFacts(code, level, kind, "另一要求")))


def with_weight(*weights: WeightFacts) -> StructureFacts:
    return replace(SOUND, weights=(*SOUND.weights, *weights))


CASES = [
    *table(
        law.codes_well_nested,
        ("逐级对应", (SOUND,), MET, "4项功能"),
        ("四级鉴定点挂在要素下", (with_element("1.1.1.1"),), MET),
        ("技能与知识可以同码", (with_element("1.1.2"),), MET),
        ("同一要素写了两遍", (with_element("1.1.1"),), UNMET, "五级/初级工技能要求1.1.1出现不止一次"),
        ("没有对应的工作内容", (with_element("1.2.1"),), UNMET, "没有对应的工作内容1.2"),
        ("鉴定点没有对应的要素", (with_element("2.1.9.1"),), UNMET, "没有对应的要素2.1.9"),
        ("编码写法不对", (with_element("1-1-2"),), UNMET, "不合要求"),
        ("前导零", (with_element("1.1.02"),), UNMET, "不合要求"),
        ("职业功能重复", (replace(SOUND, functions=(*SOUND.functions, FunctionFacts("2", "再写一遍"))),), UNMET, "编码2出现了2次"),
        ("工作内容没有功能", (replace(SOUND, contents=(*SOUND.contents, ContentFacts("9.1", "悬空"))),), UNMET, "工作内容9.1没有对应的职业功能"),
    ),
    *table(
        law.functions_complete,
        ("齐全", (SOUND, DAY), MET, "2项职业功能"),
        ("缺职业道德", (replace(SOUND, functions=SOUND.functions[1:]), DAY), UNMET, "缺少职业道德"),
        ("只有一项职业功能", (replace(SOUND, functions=SOUND.functions[:3]), DAY), UNMET, "应不少于2项"),
    ),
    *table(
        law.levels_agree,
        ("一致", (SOUND,), MET),
        ("标准还有四级", (replace(SOUND, levels=frozenset({FIVE, Level.FOUR})),), UNMET, "要素缺少四级/中级工"),
        ("写了标准没有的等级", (with_weight(WeightFacts("1", Level.TWO, THEORY, Decimal(100))),), UNMET, "权重写有标准没有的二级/技师"),
    ),
    *table(
        law.columns_sum_up,
        ("正好100", (SOUND, FIVE, THEORY, DAY), MET, "合计100%"),
        ("99.5", (with_weight(WeightFacts("9", FIVE, PRACTICAL, Decimal("-0.5"))), FIVE, PRACTICAL, DAY), UNMET, "合计99.5%，应为100%"),
        ("105", (with_weight(WeightFacts("9", FIVE, THEORY, Decimal(5))), FIVE, THEORY, DAY), UNMET, "合计105%"),
        ("空列", (SOUND, Level.FOUR, THEORY, DAY), UNMET, "合计0%"),
    ),
    *table(
        law.weighted_have_elements,
        ("都有", (SOUND, FIVE, PRACTICAL), MET),
        ("职业道德没有技能要求", (with_weight(WeightFacts("A", FIVE, PRACTICAL, Decimal(5))), FIVE, PRACTICAL), UNMET, "没有技能要求：A 职业道德"),
    ),
    *table(
        law.forms_complete,
        ("齐全", (SOUND, DAY), MET),
        ("缺技能考核", (replace(SOUND, forms=FORMS[:1]), DAY), UNMET, "缺少考试方式：五级/初级工技能考核"),
        ("五级不设综合评审", (replace(SOUND, forms=(*FORMS, FormFacts(FIVE, PANEL, "答辩", 30))), DAY), UNMET, "规程不设的科目"),
        ("写了两次", (replace(SOUND, forms=(*FORMS, FORMS[0])), DAY), UNMET, "写了不止一次"),
    ),
    *table(
        law.minutes_long_enough,
        ("正好90分钟", (FORMS[0], DAY), MET, "90分钟"),
        ("理论89分钟", (replace(FORMS[0], minutes=89), DAY), UNMET, "标准写89分钟，规程要求不少于90分钟，以规程为准"),
        ("2018年版规程下的综合评审", (FormFacts(Level.TWO, PANEL, "答辩", 15), date(2023, 9, 30)), MET),
        ("2023年版规程下的综合评审", (FormFacts(Level.TWO, PANEL, "答辩", 15), date(2023, 10, 1)), UNMET, "不少于30分钟"),
    ),
    *table(
        law.assessors_enough,
        ("三人", (FORMS[1], DAY), MET, "不少于3名"),
        ("标准没有写", (replace(FORMS[1], least_assessors=None), DAY), MET, "没有另行规定"),
        ("理论不设", (FORMS[0], DAY), MET),
        ("两人", (replace(FORMS[1], least_assessors=2), DAY), UNMET, "不少于3人，以规程为准"),
        ("四人为双数", (replace(FORMS[1], least_assessors=4), DAY), UNMET, "单数"),
    ),
]
