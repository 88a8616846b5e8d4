"""成绩册: what did everyone score, and who passed?"""

from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.print.lists import ListColumn, Seal, Sheet, print_list


@dataclass(frozen=True)
class ScoredPlan:
    """What stands above the rows. `rule` says when a result is a pass, with its clause."""

    body: str
    plan_number: str
    occupation: str
    level: str
    examined: str
    rule: str
    with_panel: bool = False


@dataclass(frozen=True)
class ScoredRow:
    """One candidate; scores are texts (缺考 and 免考 are scores too); `result` is 合格 or 不合格."""

    ticket: str
    name: str
    id_number: str
    theory: str
    practical: str
    panel: str
    result: str
    remark: str = ""


def print_scores(plan: ScoredPlan, rows: Iterable[ScoredRow]) -> bytes:
    """This function will print the book of scores; the panel column appears only where there was a panel."""
    listed = list(rows)
    panel = (ListColumn("评审", 13, "code", True),) if plan.with_panel else ()
    columns = (
        ListColumn("序号", 11, "code", True),
        ListColumn("准考证号", 29, "code"),
        ListColumn("姓名", 32, "name"),
        ListColumn("证件号码", 34, "code"),
        ListColumn("理论", 13, "code", True),
        ListColumn("技能", 13, "code", True),
        *panel,
        ListColumn("结果", 15, "code", True),
        ListColumn("备注"),
    )
    shown = [
        (
            str(n),
            row.ticket,
            row.name,
            row.id_number,
            row.theory,
            row.practical,
            *((row.panel,) if plan.with_panel else ()),
            row.result,
            row.remark,
        )
        for n, row in enumerate(listed, 1)
    ]
    passed = sum(row.result == "合格" for row in listed)
    sheet = Sheet(
        title="职业技能等级认定成绩册",
        columns=columns,
        facts=(
            ("评价机构", plan.body),
            ("计划编号", plan.plan_number),
            ("职业（工种）", plan.occupation),
            ("等级", plan.level),
            ("考试日期", plan.examined),
        ),
        totals=f"共 {len(listed):,} 人：合格 {passed:,} 人，不合格 {len(listed) - passed:,} 人",
        notes=(plan.rule,),
        signatures=("登分人", "核分人", "考评组长"),
        seal=Seal(plan.body),
        footer=f"{plan.plan_number}　成绩册",
    )
    return print_list(sheet, shown)
