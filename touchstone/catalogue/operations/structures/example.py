"""填写示例: what does a filled workbook look like?

The words are ours and stand for no standard; they show codes, levels, weights and forms as the importer reads them.
"""

from collections.abc import Sequence

from touchstone.sheets.structures import CONTENT, FORMS, FUNCTION, KNOWLEDGE, SKILL, TREE, WEIGHTS

_FIVE, _FOUR = "五级/初级工", "四级/中级工"
_THEORY, _PRACTICAL = "理论知识考试", "技能考核"


def example_rows() -> dict[str, Sequence[Sequence[str]]]:
    """This function will give the rows of each sheet of a small, sound example with two levels."""
    tree = [
        ["A", FUNCTION, "", "职业道德", ""],
        ["A.1", CONTENT, "", "职业守则", ""],
        ["A.1.1", KNOWLEDGE, "", "示例：遵纪守法，爱岗敬业", ""],
        ["B", FUNCTION, "", "基础知识", ""],
        ["B.1", CONTENT, "", "安全生产", ""],
        ["B.1.1", KNOWLEDGE, "", "示例：设备安全操作规程", ""],
    ]
    for number, name, contents in (("1", "加工准备", ("识读图样", "选用刀具")), ("2", "零件加工", ("外圆加工", "内孔加工"))):
        tree.append([number, FUNCTION, "", name, ""])
        for place, content in enumerate(contents, 1):
            tree.append([f"{number}.{place}", CONTENT, "", content, ""])
            for level, thing in ((_FIVE, "简单零件"), (_FOUR, "较复杂零件")):
                tree.append([f"{number}.{place}.1", SKILL, level, f"示例：能按要求完成{thing}的{content}", "是" if number == "2" else ""])
                tree.append([f"{number}.{place}.1", KNOWLEDGE, level, f"示例：{thing}{content}的方法", ""])
    tree.append(["2.1.1.1", SKILL, _FOUR, "示例：能控制较复杂零件的外圆尺寸（鉴定点）", ""])
    weights = [
        ["A", "职业道德", _THEORY, "5", "5", "", "", ""],
        ["B", "基础知识", _THEORY, "25", "20", "", "", ""],
        ["1", "加工准备", _THEORY, "30", "30", "", "", ""],
        ["2", "零件加工", _THEORY, "40", "45", "", "", ""],
        ["1", "加工准备", _PRACTICAL, "30", "20", "", "", ""],
        ["2", "零件加工", _PRACTICAL, "70", "80", "", "", ""],
    ]
    forms = []
    for level, minutes in ((_FIVE, "120"), (_FOUR, "150")):
        forms.append([level, _THEORY, "机考，闭卷", "90", "", "", ""])
        forms.append([level, _PRACTICAL, "实际操作", minutes, "5", "3", "10"])
    return {TREE: tree, WEIGHTS: weights, FORMS: forms}
