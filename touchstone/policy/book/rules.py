"""手册·规则: the page of rules and that of conditions of eligibility."""

from itertools import groupby

from touchstone.policy import reading
from touchstone.policy.book.words import cited, page_of, table
from touchstone.policy.eligibility.conditions import CONDITIONS


def page() -> str:
    """This function will write the page: rules by the file they stand in, each with its clauses."""
    blocks: list[list[str]] = [["每条规则的结论为符合、不符合或者待证明。", ""], _conditions()]
    for module, found in groupby(reading.rules(), key=lambda one: one.module):
        rows = [(f"`{one.key}`", one.title, "；".join(cited(c) for c in reading.clauses_of(one)) or "随所适用的路线环节") for one in found]
        blocks.append([f"## {reading.heading_of(module)}", "", *table(("规则", "名称", "条款"), rows)])
    return page_of("规则", *blocks)


def _conditions() -> list[str]:
    lines = ["## 申报条件一览", ""]
    for version in CONDITIONS:
        lines += [f"### 自 {version.since} 起（{cited(version.clause)}）", ""]
        rows = [
            (level.label, condition.label, f"`{condition.rule.rule_key}`")  # type: ignore[attr-defined]
            for level, conditions in version.value.items()
            for condition in conditions
        ]
        lines += table(("等级", "条件", "规则"), rows)
    return lines
