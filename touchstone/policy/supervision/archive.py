"""机构违纪违规处理档案: what belongs into a case's archive, by when is it sealed, how long is it kept, and who may look into it?

`通知 三(四)1`: 分别建立违纪违规行为处理档案，记录、保存处理过程、处理决定、佐证材料等. How long is ours, dated.
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar, add_years
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import SINCE, Tier
from touchstone.policy.supervision.clocks import Clock, last_day

KEPT, OURS = notice("三(四)1"), our_default("机构案件档案")


class Volume(StrEnum):
    """What an archive of a case is divided into, by the words of the notice."""

    PROCESS = "process"
    DECISION = "decision"
    EVIDENCE = "evidence"

    @property
    def label(self) -> str:
        return {"process": "处理过程", "decision": "处理决定", "evidence": "佐证材料"}[self.value]


CONTENTS: Dated[Mapping[Volume, tuple[str, ...]]] = Dated(
    "机构案件档案应有的材料",
    Value(
        SINCE,
        {
            Volume.PROCESS: ("线索来源", "立案审批", "办理人员和回避情况", "告知书和送达回证", "陈述申辩和复核意见", "整改报告和复查", "流转记录"),
            Volume.DECISION: ("决定书", "决定书送达回证", "执行情况", "申诉和答复"),
            Volume.EVIDENCE: ("证据清单", "证据原件或者副本", "检查记录"),
        },
        KEPT,
    ),
    key="supervision.archive_contents",
)
KEPT_YEARS: Dated[Mapping[str, int]] = Dated(
    "机构案件档案的保存年限（按档次）",
    Value(SINCE, {"not_yet": 3, "minor": 5, "serious": 10, "grave": 30, "unlawful": 30}, OURS),
    key="supervision.archive_years",
    unit="年",
    changeable=True,
)


def kept_until(tier: Tier, sealed_on: date) -> date:
    """This function will give the day from which a case's archive need not be kept any longer, by the terms of the day it was sealed."""
    return add_years(sealed_on, int(KEPT_YEARS.on(sealed_on).value[tier.value]))


@rule("案卷齐全")
def archive_is_whole(there: Collection[str], explained: Collection[str], day: date) -> Finding:
    """Whether everything that belongs into a case's archive is there, or it is said why it does not arise (`explained`)."""
    wanted = [one for held in CONTENTS.on(day).value.values() for one in held]
    lacking = [one for one in wanted if one not in there and one not in explained]
    if lacking:
        return unproven(f"案卷缺{len(lacking)}件：{'、'.join(lacking)}", KEPT, ask_for="缺件，或者没有该材料的说明")
    return met(f"案卷{len(wanted)}项齐全或者已说明", KEPT)


@rule("案卷按期归档")
def archived_in_time(closed_on: date, sealed_on: date | None, day: date, calendar: Calendar) -> Finding:
    """Whether a closed case's archive was sealed in time, or still may be."""
    last = last_day(Clock.ARCHIVE, closed_on, calendar)
    if (sealed_on or day) > last:
        return unmet(f"应在{last}前归档封存{'，实际于' + str(sealed_on) if sealed_on else '，已经逾期'}", OURS)
    return met(f"于{sealed_on}归档封存" if sealed_on else f"应在{last}前归档封存", OURS)


@rule("案卷可以查阅")
def archive_may_be_read(handles: bool, of_the_body: bool, approved: bool, purpose: str, day: date) -> Finding:
    """Whether somebody may look into a sealed archive: the office that handled it, the body into its own, others with leave; always for a purpose."""
    if not purpose.strip():
        return unmet("查阅案卷须写明用途", KEPT)
    if not (handles or of_the_body or approved):
        return unmet("不是承办单位，也不是案件当事机构，须经承办单位负责人同意", OURS)
    return met("查阅已记录", KEPT)
