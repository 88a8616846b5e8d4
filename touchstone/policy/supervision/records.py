"""检查、监控和资料: is a visit properly recorded, were records handed over in time and left alone, is a camera alive, what does one bad thing touch?

`通知 三(三)1` and `3`. Days and minutes are ours.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.periods import Calendar, Period, add_months
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import SINCE
from touchstone.policy.supervision.procedure import OFFICERS

LAW, ITSELF = notice("三(三)3"), notice("三(三)1")
_VISIT, _RECORDS, _WATCH, _SPECIAL = (our_default(name) for name in ("检查记录", "调取资料", "远程监控", "专项督导"))


def _number(key: str, meaning: str, value: int, unit: str, topic: Clause) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, topic), key=f"supervision.{key}", unit=unit, changeable=True)


HANDED_OVER_WITHIN = _number("records_within", "调取资料的提供期限", 5, "个工作日", _RECORDS)
REMINDED_BEFORE = _number("records_reminded", "调取资料到期前几个工作日提醒", 1, "个工作日", _RECORDS)
SILENT_AFTER = _number("camera_silent", "摄像头多久没有信号视为中断", 3, "分钟", _WATCH)
GAP_TOLD_AFTER = _number("camera_gap_told", "监控中断多久报告监管单位", 5, "分钟", _WATCH)
BEATS_A_MINUTE = _number("camera_beats", "一个摄像头每分钟最多的请求数", 60, "次", _WATCH)
STILLS_KEPT = _number("camera_stills", "每个摄像头保留的最近画面数", 12, "张", _WATCH)
LARGEST_STILL = _number("camera_still_size", "一张监控画面的最大字节数", 300, "KB", _WATCH)
LONGEST_CAMPAIGN = _number("longest_campaign", "专项督导的最长时间", 6, "个月", _SPECIAL)
TRACED_WITHIN = _number("traced_within", "评价机构完成问题回溯的期限", 10, "个工作日", our_default("问题回溯"))


class Source(StrEnum):
    """From what one traces back."""

    CERTIFICATE = "certificate"
    QUESTION = "question"
    ASSESSOR = "assessor"
    CAMERA_GAP = "camera_gap"

    @property
    def label(self) -> str:
        return {
            "certificate": "一本有问题的证书",
            "question": "一道有问题的试题",
            "assessor": "一名有问题的考评人员",
            "camera_gap": "一段监控缺口",
        }[self.value]


class Frozen(StrEnum):
    """What of a body's records, once called for, it does not alter any more on the platform; what has to go on is not in it: a change shows there."""

    ARCHIVE = "archive"
    BATCH = "batch"
    ROSTER = "roster"
    SCORES = "scores"

    @property
    def label(self) -> str:
        return {"archive": "评价档案", "batch": "证书数据批次", "roster": "报名名册", "scores": "成绩"}[self.value]

    @property
    def refused(self) -> str:
        """What the body cannot do."""
        return {
            "archive": "不能重新汇编",
            "batch": "不能更正、撤下和撤回已上传的行",
            "roster": "不能办理退出",
            "scores": "不能更正和解锁",
        }[self.value]


FROZEN = _RECORDS
"""The clause on which records called for are frozen."""

TOUCHES: Dated[Mapping[Source, tuple[str, ...]]] = Dated(
    "问题回溯应当查到的范围",
    Value(
        SINCE,
        {
            Source.CERTIFICATE: ("同场次的其他证书", "同一考评组评过的场次", "同一批证书数据", "同一单位集体报名的考生", "以该证书为条件的证书"),
            Source.QUESTION: ("用过该题的试卷", "使用这些试卷的场次", "这些场次中该题影响结论的考生"),
            Source.ASSESSOR: ("该人员评过的场次", "这些场次的成绩和证书", "与其有回避关系的考生", "同组的考评人员"),
            Source.CAMERA_GAP: ("缺口时段内的场次、考场", "当时在场的考生和工作人员", "这些考生的证书", "同一设备的其他缺口"),
        },
        our_default("问题回溯"),
    ),
    key="supervision.traces",
)


@rule("检查由两名以上人员进行，双方签字")
def visit_is_signed(inspectors: Collection[int], signed: Collection[int], body_signed: bool, refusal_noted: bool, day: date) -> Finding:
    """Whether as many inspectors as laid down were there, each signed the record, and the body too, or its refusal is noted."""
    needed = OFFICERS.on(day)
    if len(set(inspectors)) < needed.value:
        return unmet(f"检查人员{len(set(inspectors))}人，应不少于{needed.value}人", needed.clause)
    missing = len(set(inspectors) - set(signed))
    if missing:
        return unmet(f"还有{missing}名检查人员没有签字", _VISIT)
    if not body_signed and not refusal_noted:
        return unproven("机构没有签字", _VISIT, ask_for="机构在场人员签字；拒绝签字的，写明情况并由检查人员证明")
    return met("检查记录已签字" if body_signed else "机构拒绝签字，情况已写明", _VISIT)


@rule("调取的资料按期提供")
def records_in_time(called_on: date, handed_on: date | None, day: date, calendar: Calendar, due_on: date | None = None) -> Finding:
    """Whether records called for were handed over in time, or still may be; the body's duty to cooperate is `通知 三(四)1`.

    `due_on` is the day named in the call, or granted later, where it is another.
    """
    within = HANDED_OVER_WITHIN.on(called_on)
    last = due_on or calendar.add_working_days(called_on, within.value)
    if (handed_on or day) > last:
        return unmet(f"应在{last}前提供{'，实际于' + str(handed_on) if handed_on else '，已经逾期，属未按期提供资料'}", within.clause)
    return met(f"于{handed_on}提供" if handed_on else f"应在{last}前提供", within.clause)


@rule("被调取的资料没有改动")
def records_left_alone(called_at: datetime, changed_at: datetime | None, day: date) -> Finding:
    """Whether records called for are as they were then: from the call on they are frozen, and what is added stands beside them."""
    if changed_at is not None and changed_at >= called_at:
        return unmet("资料被调取后不得改动，补充的内容另行提交", _RECORDS)
    return met("资料自调取时起冻结", _RECORDS)


@rule("监控信号没有中断")
def camera_is_alive(last_beat: datetime | None, at: datetime, day: date) -> Finding:
    """Whether a camera of a sitting under way has been heard of lately; a gap of a minute is told from a day without any signal."""
    most = SILENT_AFTER.on(day)
    if last_beat is None:
        return unproven("没有收到该摄像头的信号", most.clause, ask_for="摄像头信号，或者现场说明和补录")
    silent = at - last_beat
    if silent > timedelta(minutes=most.value):
        return unmet(f"摄像头已{int(silent.total_seconds() // 60)}分钟没有信号", most.clause)
    return met("摄像头信号正常", most.clause)


@rule("专项督导有主题、范围和起止日期")
def campaign_is_defined(theme: str, items: Collection[str], period: Period, day: date) -> Finding:
    """Whether a special campaign says what it is about, which items, and until when; without an end it would be daily supervision."""
    if not theme.strip() or not items:
        return unproven("专项督导没有写明主题或者检查事项", LAW, ask_for="主题和检查事项")
    longest = LONGEST_CAMPAIGN.on(day)
    if period.until is None or period.until > add_months(period.since, longest.value):
        return unmet(f"专项督导应有截止日期，最长{longest.value}个月", longest.clause)
    return met(f"专项督导“{theme}”，{len(items)}个事项，至{period.until}前", LAW)


@rule("机构已完成问题回溯和责任追究")
def traced_back(source: Source, looked_into: Collection[str], accountable: int, day: date, nobody_because: str = "") -> Finding:
    """Whether a body looked into everything one bad thing touches and named who answers for it, or said why nobody does."""
    missing = [one for one in TOUCHES.on(day).value[source] if one not in looked_into]
    if missing:
        return unproven(f"{source.label}：还没有回溯{'、'.join(missing)}", ITSELF, ask_for="其余范围的回溯结果")
    if not accountable and nobody_because.strip():
        return met(f"已回溯{len(looked_into)}项，无人有责：{nobody_because.strip()}", ITSELF)
    if not accountable:
        return unproven("没有责任追究的结论", ITSELF, ask_for="责任人和处理，或者无人有责的理由")
    return met(f"已回溯{len(looked_into)}项，追究{accountable}人", ITSELF)
