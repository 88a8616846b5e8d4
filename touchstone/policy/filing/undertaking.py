"""自评与承诺: has the applicant scored itself on the sheet and taken responsibility for what it says?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.filing.assessment_sheet import PASS_LINE, Sheet, total_of

_SINCE = date(2024, 5, 1)


@dataclass(frozen=True)
class Promise:
    """One sentence the applicant undertakes to keep."""

    key: str
    sentence: str


PROMISES: Dated[tuple[Promise, ...]] = Dated(
    "申请备案时应当作出的承诺",
    Value(
        _SINCE,
        (
            Promise("truth", "所填内容和所附材料真实、完整，愿意接受核查"),
            Promise("scope", "只在备案的职业（工种）、等级和考核点范围内开展评价"),
            Promise("responsibility", "谁评价、谁负责、谁发证，对颁发的证书承担主体责任，备案终止后仍然负责"),
            Promise("supervision", "落实内部质量督导，接受人社部门和行业主管部门的监督检查"),
        ),
        notice("一"),
    ),
    key="filing.promises",
)


@rule("自评评分表填写完整")
def self_assessed(sheet: Sheet, scores: Mapping[str, Decimal], day: date) -> Finding:
    """Whether every item of the sheet has a score of the applicant's own, from nought to its full mark."""
    clause = our_default("技术评估评分表")
    empty = [item.title for item in sheet.items if item.key not in scores]
    if empty:
        return unmet(f"还有{len(empty)}项没有自评：{'、'.join(empty[:3])}{'等' if len(empty) > 3 else ''}", clause)
    wrong = [item.title for item in sheet.items if not 0 <= scores[item.key] <= item.full_mark]
    if wrong:
        return unmet(f"自评分超出范围：{'、'.join(wrong)}", clause)
    total, line = total_of(sheet, scores), PASS_LINE.on(day)
    note = f"，低于技术评估合格线{line.value}分，建议改进后再申请" if total < line.value else ""
    return met(f"{len(sheet.items)}项均已自评，折合{total}分{note}", clause)


@rule("已逐项作出承诺")
def undertaking_given(promised: frozenset[str], signer: str, day: date) -> Finding:
    """Whether every promise was made, and by a named person answering for the body."""
    promises = PROMISES.on(day)
    missing = [promise for promise in promises.value if promise.key not in promised]
    if missing:
        return unmet(f"还有{len(missing)}项承诺没有确认", promises.clause)
    if not signer.strip():
        return unproven("未填写承诺人姓名", promises.clause, ask_for="机构负责人姓名")
    return met(f"{signer.strip()}代表申请单位作出{len(promises.value)}项承诺", promises.clause)
