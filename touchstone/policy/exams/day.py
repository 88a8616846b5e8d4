"""考试当日规则: when may a sitting be opened, who must be there, and how late may a candidate come?

Opening and lateness in minutes, and the documents that prove an identity, are our defaults; that somebody of the body supervises every
sitting is not (通知 三(三)1).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default

_SINCE = date(2018, 1, 1)
_OWN_SUPERVISION = notice("三(三)1")


def _minutes(key: str, meaning: str, minutes: int, topic: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, minutes, our_default(topic)), key=f"exams.{key}", unit="分钟", changeable=True)


OPENED_BEFORE = _minutes("opened_before", "场次最早可以在开始前几分钟开考登记", 60, "开考登记时间")
LATE_AFTER = _minutes("late_after", "考生迟到几分钟以后不得入场", 30, "迟到时间")
IDENTITY_PROOFS: Dated[Mapping[str, str]] = Dated(
    "入场时可以核验身份的证件和方式",
    Value(
        _SINCE,
        {
            "id_card": "居民身份证",
            "temporary_id_card": "临时居民身份证",
            "social_security_card": "社会保障卡",
            "passport": "护照或港澳台居民证件",
            "reader": "身份证阅读器或人脸核验",
        },
        our_default("入场身份核验"),
    ),
    key="exams.identity_proofs",
)


@rule("场次由内部质量督导员到场后开考")
def supervisor_is_there(where: str, supervisor: str, in_person: bool, identity: str, day: date) -> Finding:
    """Whether the named internal supervisor is at the sitting: signs in themselves, or is let in at the door, identity checked."""
    if not supervisor:
        return unmet(f"{where}没有指定内部质量督导员，不能开考", _OWN_SUPERVISION)
    if in_person:
        return met(f"{supervisor}本人到场签到", _OWN_SUPERVISION)
    proof = IDENTITY_PROOFS.on(day).value.get(identity)
    if proof is None:
        return unmet(f"{where}的内部质量督导员{supervisor}还没有核验身份、签到，不能开考", _OWN_SUPERVISION)
    return met(f"{supervisor}到场，已核验{proof}", _OWN_SUPERVISION)


@rule("在规定时间内开考")
def may_open_now(now: datetime, starts_at: datetime, ends_at: datetime, day: date) -> Finding:
    """Whether a sitting may be opened at this moment: not earlier than the minutes laid down, and before it ends."""
    before = OPENED_BEFORE.on(day)
    if now < starts_at - timedelta(minutes=before.value):
        return unmet(f"场次开始前{before.value}分钟起才能开考登记", before.clause)
    if now >= ends_at:
        return unmet("场次的时间已过，不能再开考", before.clause)
    return met(f"在场次开始前{before.value}分钟以内", before.clause)


@rule("考生没有迟到过久")
def in_time_to_enter(now: datetime, starts_at: datetime, day: date) -> Finding:
    """Whether a candidate may still be let in at this moment."""
    late = LATE_AFTER.on(day)
    minutes = int((now - starts_at).total_seconds() // 60)
    if minutes > late.value or (minutes == late.value and now > starts_at + timedelta(minutes=late.value)):
        return unmet(f"迟到{minutes}分钟，超过{late.value}分钟，不得入场", late.clause)
    return met("在允许入场的时间内", late.clause)


@rule("入场核验了身份")
def identity_is_checked(identity: str, day: date) -> Finding:
    """Whether somebody was let in on one of the proofs of identity laid down."""
    proofs = IDENTITY_PROOFS.on(day)
    if identity not in proofs.value:
        return unmet("没有选择核验身份的证件或方式", proofs.clause)
    return met(f"已核验{proofs.value[identity]}", proofs.clause)


INCIDENT_KINDS: Dated[Mapping[str, str]] = Dated(
    "考场情况的类别",
    Value(
        _SINCE,
        {
            "misconduct": "考生违纪",
            "staff": "考务人员违规",
            "identity": "身份或证件有疑问",
            "late": "迟到或提前离场",
            "papers": "试卷差错或密封异常",
            "equipment": "设备、材料或网络故障",
            "interruption": "停电、火警等中断",
            "health": "考生身体不适或受伤",
            "order": "其他影响秩序的情况",
        },
        our_default("考场情况类别"),
    ),
    key="exams.incident_kinds",
)
HAND_OVER_STEPS: Dated[Mapping[str, str]] = Dated(
    "试卷交接的环节",
    Value(_SINCE, {"received": "领取", "opened": "启封", "collected": "收回"}, our_default("试卷交接")),
    key="exams.hand_over_steps",
)


@rule("考场情况的类别在规定之内")
def incident_is_of_a_kind(kind: str, day: date) -> Finding:
    """Whether what is reported of a sitting is of a kind laid down."""
    kinds = INCIDENT_KINDS.on(day)
    if kind not in kinds.value:
        return unmet("没有选择考场情况的类别", kinds.clause)
    return met(f"类别为{kinds.value[kind]}", kinds.clause)


@rule("试卷由两人交接")
def handed_over_by_two(first: str, second: str, day: date) -> Finding:
    """Whether two different people sign for the papers of a sitting."""
    clause = HAND_OVER_STEPS.on(day).clause
    if not second:
        return unmet("试卷交接须有两人签字，还缺一人", clause)
    if first == second:
        return unmet(f"{first}不能自己与自己交接", clause)
    return met(f"由{first}和{second}两人签字", clause)


@rule("试卷份数与人数相符、密封完好")
def papers_add_up(step: str, sheets: int, people: int, intact: bool, day: date) -> Finding:
    """Whether the papers of a sitting are enough (received, opened: everyone seated) or all there (collected: everyone present), seals unbroken."""
    clause = HAND_OVER_STEPS.on(day).clause
    if not intact and step != "collected":
        return unmet("密封有异常", clause)
    if step == "collected" and sheets != people:
        return unmet(f"到考{people}人，收回{sheets}份", clause)
    if step != "collected" and sheets < people:
        return unmet(f"应到{people}人，试卷只有{sheets}份", clause)
    return met(f"{sheets}份，{people}人", clause)
