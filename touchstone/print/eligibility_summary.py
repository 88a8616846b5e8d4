"""资格审核汇总表: who was found eligible, under which condition and clause, and who was not?"""

from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.print.lists import ListColumn, Seal, Sheet, print_list


@dataclass(frozen=True)
class ReviewedPlan:
    """What stands above the rows."""

    body: str
    plan_number: str
    occupation: str
    level: str
    reviewed: str


@dataclass(frozen=True)
class ReviewedRow:
    """One candidate as decided: `outcome` is 符合, 不符合 or 待补正; `grounds` says why."""

    name: str
    id_number: str
    level: str
    condition: str
    clause: str
    outcome: str
    grounds: str


_COLUMNS = (
    ListColumn("序号", 12, "code", True),
    ListColumn("姓名", 34, "name"),
    ListColumn("证件号码", 37, "code"),
    ListColumn("申报等级", 24, "code"),
    ListColumn("申报条件", 50),
    ListColumn("依据", 38),
    ListColumn("结论", 18, "code", True),
    ListColumn("理由与应补材料"),
)


def print_eligibility_summary(plan: ReviewedPlan, rows: Iterable[ReviewedRow]) -> bytes:
    """This function will print the summary of the eligibility review; numbers come masked from the caller."""
    listed = list(rows)
    shown = [(str(n), row.name, row.id_number, row.level, row.condition, row.clause, row.outcome, row.grounds) for n, row in enumerate(listed, 1)]
    counts: dict[str, int] = {}
    for row in listed:
        counts[row.outcome] = counts.get(row.outcome, 0) + 1
    sheet = Sheet(
        title="职业技能等级认定资格审核汇总表",
        columns=_COLUMNS,
        facts=(
            ("评价机构", plan.body),
            ("计划编号", plan.plan_number),
            ("职业（工种）", plan.occupation),
            ("等级", plan.level),
            ("审核日期", plan.reviewed),
        ),
        totals=f"共 {len(listed):,} 人：" + "，".join(f"{outcome} {count:,} 人" for outcome, count in counts.items()),
        signatures=("审核人", "复核人", "负责人"),
        seal=Seal(plan.body),
        footer=f"{plan.plan_number}　资格审核汇总表",
        flipped=True,
        size=9.5,
    )
    return print_list(sheet, shown)
