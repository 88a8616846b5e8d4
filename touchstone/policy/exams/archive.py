"""评价档案规则: what belongs into the archive of an evaluation, by when is it sealed, and how long is it kept?

Nothing of it is laid down by the city; what the archive of a batch holds, and for how long it is kept, follows the practice of evaluation
bodies elsewhere, and stands here as our default. That the whole process is on record is not (通知 三(二)4).
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar, add_years
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.exams.deadlines import ARCHIVE_WITHIN, RETENTION_ELECTRONIC, RETENTION_PAPER

_SINCE = date(2018, 1, 1)
_RECORD = notice("三(二)4")


class Volume(StrEnum):
    """The five volumes (卷) in which an evaluation is kept, in order."""

    REGISTRATION = "registration"
    FILED = "filed"
    PROCESS = "process"
    RESULT = "result"
    CERTIFICATE = "certificate"

    @property
    def label(self) -> str:
        return {
            "registration": "报名资格卷",
            "filed": "备案卷",
            "process": "过程卷",
            "result": "试卷及结果卷",
            "certificate": "证书卷",
        }[self.value]

    @property
    def place(self) -> int:
        return list(Volume).index(self) + 1


class Carrier(StrEnum):
    """On what an archive is kept: each has a time of its own."""

    PAPER = "paper"
    ELECTRONIC = "electronic"

    @property
    def label(self) -> str:
        return {"paper": "纸质档案", "electronic": "电子档案"}[self.value]


CONTENTS: Dated[Mapping[Volume, tuple[str, ...]]] = Dated(
    "每批次评价档案各卷应有的材料",
    Value(
        _SINCE,
        {
            Volume.REGISTRATION: (
                "评价公告", "考生名册", "集体报名表", "资格审核汇总表", "外部登记核查记录", "申报和佐证材料目录", "佐证材料",
                "准考证发放清单", "准考证", "培训方案",
            ),
            Volume.FILED: ("认定计划申报表", "区人社局签收记录", "考务实施方案", "考场座次表", "计划办理过程"),
            Volume.PROCESS: ("考生签到表", "监考和考评人员签到", "试卷交接单", "考场情况记录", "现场照片和签名", "内部督导表"),
            Volume.RESULT: ("成绩册", "成绩录入和更正记录", "试卷清单", "答卷清单", "技能考核评分记录", "综合评审记录", "成绩公示", "异议和答复"),
            Volume.CERTIFICATE: ("证书数据审核确认表", "证书登记册", "合格未发证人员", "撤销证书"),
        },
        our_default("归档范围"),
    ),
    key="exams.archive_contents",
)  # fmt: skip


def sealed_by(ends_on: date, calendar: Calendar, day: date) -> date:
    """This function will give the last day on which an archive is sealed in time, by the value of `day`."""
    return calendar.add_working_days(ends_on, ARCHIVE_WITHIN.on(day).value)


def kept_until(sealed_on: date, carrier: Carrier) -> date:
    """This function will give the day from which an archive need not be kept any longer, counted from the day it was sealed."""
    years = RETENTION_PAPER if carrier is Carrier.PAPER else RETENTION_ELECTRONIC
    return add_years(sealed_on, years.on(sealed_on).value)


@rule("评价档案按期封存")
def sealed_in_time(ends_on: date, sealed_on: date | None, calendar: Calendar, day: date) -> Finding:
    """Whether the archive of an exam that ended on `ends_on` was sealed in time; while it still may be, that is open."""
    within, last = ARCHIVE_WITHIN.on(day), sealed_by(ends_on, calendar, day)
    if sealed_on is not None and sealed_on <= last:
        return met(f"档案于{sealed_on}封存，不迟于{last}", within.clause)
    if sealed_on is not None:
        late = calendar.working_days_between(last, sealed_on)
        return unmet(f"档案应在考试后{within.value}个工作日内（{last}前）封存，于{sealed_on}封存，迟了{late}个工作日", within.clause)
    if day > last:
        late = calendar.working_days_between(last, day)
        return unmet(f"档案应在考试后{within.value}个工作日内（{last}前）封存，现已超过{late}个工作日", within.clause)
    return unproven(f"档案应在{last}前封存", within.clause, ask_for="请汇编五卷并封存")


@rule("五卷齐备")
def all_volumes_are_bound(bound: Collection[Volume]) -> Finding:
    """Whether every one of the five volumes is there."""
    lacking = [one.label for one in Volume if one not in bound]
    if lacking:
        return unmet(f"还没有{'、'.join(lacking)}", _RECORD)
    return met("五卷齐备", _RECORD)


@rule("缺件已在备考表说明")
def lacks_are_explained(lacking: Collection[str], statement: str, day: date) -> Finding:
    """Whether the one who seals has said, on the closing sheet, what becomes of papers that are not there."""
    clause = CONTENTS.on(day).clause
    if not lacking:
        return met("应归档的材料没有缺件", clause)
    if not statement.strip():
        return unproven(f"缺{len(lacking)}件：{'、'.join(lacking)}", clause, ask_for="请在备考说明中写明缺件的去向或补入办法")
    return met(f"缺{len(lacking)}件，已在备考表说明", clause)


@rule("保存年限已满")
def need_not_be_kept(until: date | None, carrier: Carrier, day: date) -> Finding:
    """Whether an archive on this carrier need not be kept any longer on `day`."""
    clause = (RETENTION_PAPER if carrier is Carrier.PAPER else RETENTION_ELECTRONIC).on(day).clause
    if until is None:
        return unmet("档案还没有封存，保存年限没有起算", clause)
    if day < until:
        return unmet(f"{carrier.label}应保存到{until}，保存年限未满", clause)
    return met(f"{carrier.label}保存年限于{until}届满", clause)


@rule("查阅写明事由")
def consulted_for_a_reason(is_office: bool, reason: str) -> Finding:
    """Whether somebody of an office, who looks into an archive with people's marks and identities, says why."""
    if is_office and len(reason.strip()) < 4:
        return unmet("调阅评价档案须写明事由", _RECORD)
    return met("查阅有事由" if reason.strip() else "本机构查阅本机构档案", _RECORD)
