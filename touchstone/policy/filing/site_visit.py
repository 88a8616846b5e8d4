"""现场踏勘: what of what was filed is looked at in a venue, and is what two people saw enough to go by?

`通知 三(二)5` names what a body has to have in place: 机构设置、管理制度、场地、人员、设施设备（含视频监控系统）.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default

_SINCE = date(2024, 5, 1)
_VISIT = our_default("现场踏勘")


class Subject(StrEnum):
    """What is compared with what was filed."""

    ORGANISATION = "organisation"
    SYSTEMS = "systems"
    VENUE = "venue"
    STAFF = "staff"
    EQUIPMENT = "equipment"
    VIDEO = "video"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Subject.ORGANISATION: "机构设置",
    Subject.SYSTEMS: "管理制度",
    Subject.VENUE: "场地",
    Subject.STAFF: "人员",
    Subject.EQUIPMENT: "设施设备",
    Subject.VIDEO: "视频监控",
}


class Seen(StrEnum):
    """How what was seen stands to what was filed."""

    AS_FILED = "as_filed"
    DIFFERENT = "different"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        return {"as_filed": "与填报一致", "different": "与填报不一致", "absent": "现场没有"}[self.value]


LOOKED_AT: Dated[tuple[Subject, ...]] = Dated(
    "现场踏勘逐项核对的内容", Value(_SINCE, tuple(Subject), notice("三(二)5")), key="filing.visit_subjects"
)


@dataclass(frozen=True)
class Look:
    """What one visit says of one subject, and in which words."""

    seen: Seen
    words: str = ""


@rule("现场逐项核对与填报一致")
def venue_is_as_filed(venue: str, looks: Mapping[Subject, Look], day: date) -> Finding:
    """Whether every subject was looked at in a venue, and found as it was filed."""
    wanted = LOOKED_AT.on(day)
    open_ones = [subject.label for subject in wanted.value if subject not in looks]
    if open_ones:
        return unproven(f"{venue}尚未核对{'、'.join(open_ones)}", wanted.clause, ask_for="逐项核对的踏勘记录")
    unlike = [(subject.label, looks[subject]) for subject in wanted.value if looks[subject].seen is not Seen.AS_FILED]
    if other := [f"{label}{look.seen.label}（{look.words}）" for label, look in unlike]:
        return unmet(f"{venue}：{'；'.join(other)}", wanted.clause)
    return met(f"{venue}{'、'.join(subject.label for subject in wanted.value)}均与填报一致", wanted.clause)


@rule("踏勘由两人到场并互相确认")
def seen_by_two(venue: str, recorded_by: str, confirmed_by: str, day: date) -> Finding:
    """Whether a visit recorded by one assessor was confirmed by another."""
    if not recorded_by or not confirmed_by:
        return unproven(f"{venue}还没有经两人确认的踏勘记录", _VISIT, ask_for="另一名评估员的确认")
    if recorded_by == confirmed_by:
        return unmet(f"{venue}的踏勘记录由{recorded_by}一人记录并确认", _VISIT)
    return met(f"{venue}由{recorded_by}记录、{confirmed_by}确认", _VISIT)
