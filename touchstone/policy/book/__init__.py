"""政策手册: the whole of the law as pages anyone can read, written out of the code itself."""

from collections.abc import Mapping, Sequence

from touchstone.policy.book import comparisons, documents, duties, parameters, routes, rules, states, supervision
from touchstone.policy.coverage import Record

CONTENTS = (
    ("documents.md", "依据", "规则所依据的文件、文号和施行日期"),
    ("rules.md", "规则", "每条规则的名称和条款"),
    ("parameters.md", "参数", "每个数值的条款、施行日期，以及哪些是本平台默认值"),
    ("routes.md", "路线", "备案各环节由谁办理、多少个工作日"),
    ("supervision.md", "质量监管", "谁监管谁、查什么、什么情形怎样处理、等级怎样计算"),
    ("comparisons.md", "比对规则", "数据按哪些规则比对，由谁核实"),
    ("states.md", "状态", "每类事项的状态、轮到谁办、可以怎样流转"),
    ("duties.md", "义务", "通知逐条拆分的义务，以及承担它的规则、页面和测试"),
)


def pages(tables: Mapping[str, Sequence[states.StateTable]], record: Record) -> dict[str, str]:
    """This function will write the book: file name → text.

    `tables` are the apps' tables of states by the app's name; `record` is what the journeys of the last run carried.
    """
    lines = ["# 政策手册", "", "本手册由程序从规则代码生成（`touchstone policy book`），不手工修改。", ""]
    lines += [f"- [{title}]({name})：{about}" for name, title, about in CONTENTS]
    return {
        "README.md": "\n".join(lines) + "\n",
        "documents.md": documents.page(),
        "rules.md": rules.page(),
        "parameters.md": parameters.page(),
        "routes.md": routes.page(),
        "supervision.md": supervision.page(),
        "comparisons.md": comparisons.page(),
        "states.md": states.page(tables),
        "duties.md": duties.page(record),
    }


__all__ = ["CONTENTS", "pages"]
