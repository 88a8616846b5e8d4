"""手册·质量监管: the page on which a body can read what is looked at, what follows from what, by which steps, and what its grade is made of."""

from typing import Any

from touchstone.kernel.law import Dated
from touchstone.policy.book.words import cited, page_of, table
from touchstone.policy.certificates.receiving import SHARE_BY_GRADE
from touchstone.policy.supervision.acts import ACTS, TIERS, Tier
from touchstone.policy.supervision.checks import CHECKS
from touchstone.policy.supervision.grade import A_FROM, B_FROM, C_FROM, CAPS, WEIGHTS, Grade, Indicator
from touchstone.policy.supervision.items import ITEMS
from touchstone.policy.supervision.ladder import MEASURES
from touchstone.policy.supervision.procedure import STEPS
from touchstone.policy.supervision.restrictions import WHAT
from touchstone.policy.supervision.treatment import CHECKED_BEFORE, ON_SITE_BY_GRADE, RATE_BY_GRADE, ROWS_BY_GRADE
from touchstone.policy.supervision.who import CHARGES

INTRO = ["谁监管谁、查什么、什么情形怎样处理、处理以前必须完成哪些程序、等级怎样计算和改变什么。期限等数值见“参数”一页。", ""]
WRITTEN_HERE: tuple[Dated[Any], ...] = (ACTS, TIERS, CHECKS, ITEMS)
"""Tables too long for a line of the page of parameters."""


def page() -> str:
    """This function will write the page from the latest version of each table."""
    return page_of("质量监管", INTRO, _who(), _items(), _ladder(), _acts(), _steps(), _restrictions(), _grade(), _treatment())


def _heading(title: str, dated: Dated[Any]) -> list[str]:
    last = dated.values[-1]
    return [f"## {title}（自 {last.since} 起，{cited(last.clause)}）", ""]


def _who() -> list[str]:
    rows = [(one.office.label, one.capacity.label, one.words, cited(one.clause)) for one in CHARGES.values[-1].value]
    return [*_heading("监管职责", CHARGES), *table(("单位", "职责", "对象", "条款"), rows)]


def _items() -> list[str]:
    lines = _heading("督导检查事项清单", ITEMS)
    listed = ITEMS.values[-1].value
    rows = [
        (one.title, one.content, one.kinds_label, "、".join(way.label for way in one.ways), "是" if one.drawn else "", cited(one.clause))
        for one in listed.values()
    ]
    lines += table(("事项", "内容", "对象", "方式", "随机抽取", "条款"), rows)
    acts = ACTS.values[-1].value
    lines += _heading("检查项目", CHECKS)
    checks = [
        (listed[one.item].title, one.question, str(one.weight), one.shows, "；".join(acts[act].words for act in one.acts))
        for one in CHECKS.values[-1].value
    ]
    return [*lines, *table(("事项", "项目", "权重", "看什么", "不符合时可能构成"), checks)]


def _ladder() -> list[str]:
    rows = [(tier.label, one.label, one.effect) for tier, measures in MEASURES.values[-1].value.items() for one in measures]
    return [*_heading("分类处理", MEASURES), *table(("档次", "措施", "平台办理"), rows)]


def _acts() -> list[str]:
    tiers, order = TIERS.values[-1].value, list(Tier)
    found = sorted(ACTS.values[-1].value.items(), key=lambda one: order.index(Tier(tiers[one[0]])))
    rows = [
        (f"`{key}`", Tier(tiers[key]).label, act.words, "是" if act.revokes else "", act.goes_to.label if act.goes_to else "") for key, act in found
    ]
    return [*_heading("机构违纪违规情形", ACTS), *table(("情形", "档次", "内容", "撤销证书数据", "移送"), rows)]


def _steps() -> list[str]:
    rows = [(measure.label, "、".join(step.label for step in steps) or "无须立案") for measure, steps in STEPS.values[-1].value.items()]
    return [*_heading("作出处理前的程序", STEPS), *table(("措施", "必须完成的程序"), rows)]


def _restrictions() -> list[str]:
    rows = [(tier.label, "、".join(one.label for one in barred) or "无") for tier, barred in WHAT.values[-1].value.items()]
    return [*_heading("处理后的限制", WHAT), *table(("档次", "限制"), rows)]


def _grade() -> list[str]:
    weights, caps = WEIGHTS.values[-1].value, CAPS.values[-1].value
    lines = [*_heading("等级的指标", WEIGHTS), *table(("指标", "权重"), [(one.label, str(weights[one.value])) for one in Indicator])]
    least = "，".join(f"{grade.label}不低于{line.values[-1].value}分" for grade, line in ((Grade.A, A_FROM), (Grade.B, B_FROM), (Grade.C, C_FROM)))
    capped = "，".join(f"受过{Tier(tier).label}处理的最高为{Grade(grade).label}" for tier, grade in caps.items())
    return [*lines, f"{least}，其余为{Grade.D.label}；{capped}。没有数据的指标不计权重。", ""]


def _treatment() -> list[str]:
    before = CHECKED_BEFORE.values[-1].value
    shares = [dated.values[-1].value for dated in (RATE_BY_GRADE, ON_SITE_BY_GRADE, SHARE_BY_GRADE)]
    rows = [
        (
            grade.label,
            *(f"{share[grade.value]}%" for share in shares),
            "先审后收" if grade.value in before else "先收后查",
            str(ROWS_BY_GRADE.values[-1].value[grade.value]),
        )
        for grade in Grade
    ]
    titles = ("等级", "每年随机抽查", "到场督导的场次", "证书数据人工抽查", "证书数据", "一批最多行数")
    return [*_heading("等级改变什么", RATE_BY_GRADE), *table(titles, rows)]
