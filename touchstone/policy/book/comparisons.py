"""手册·比对: the page of comparison rules: what each asks, on which clause, and whose desk a hit lands on."""

from itertools import groupby

from touchstone.policy.book.words import cited, page_of, table
from touchstone.policy.monitoring import RULES
from touchstone.policy.monitoring.comparison import ComparisonRule

INTRO = [
    "数据按规则持续比对（通知 三(二)4）。命中只是提出问题，不作结论；每处命中用一句话说明，花括号里是当时的数。",
    "参数的值见“参数”一页。每条规则在造出的案例上实测，查准率和查全率须为1.00（`touchstone certificates rules`）。",
    "",
]


def page() -> str:
    """This function will write the page: rules by the population they look at."""
    blocks = [INTRO]
    in_order = sorted(RULES, key=lambda rule: rule.population.label)
    for population, found in groupby(in_order, key=lambda rule: rule.population):
        rows = [_row(rule) for rule in found]
        blocks.append([f"## {population.label}", "", *table(("规则", "名称", "条款", "用于", "先由谁核实", "等级", "版本", "说明"), rows)])
    return page_of("比对规则", *blocks)


def _row(rule: ComparisonRule) -> tuple[str, ...]:
    numbers = "、".join(f"`{dated.key}`" for dated in rule.parameters.values())
    said = rule.sentence + (f"（参数：{numbers}）" if numbers else "")
    said += f"（{rule.not_held}）" if rule.not_held else ""
    where = rule.population.asked_of.label
    return f"`{rule.key}`", rule.title, cited(rule.clause), where, rule.owner.label, rule.severity.label, str(rule.version), said
