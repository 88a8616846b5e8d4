"""队伍类别: as what may somebody of the corps judge or watch, up to which level, and whose office recognises them?

`通知 三(二)2` names the people and leaves the rest open; the two ranks of assessors and how high each judges are the trade's custom.
"""

from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import OfficeKind

SINCE = date(2024, 5, 1)
CORPS = notice("三(二)2")


class MemberKind(StrEnum):
    """What a member of the corps may be qualified as."""

    ASSESSOR = "assessor"
    SENIOR_ASSESSOR = "senior_assessor"
    INTERNAL_SUPERVISOR = "internal_supervisor"
    CITY_SUPERVISOR = "city_supervisor"
    DISTRICT_SUPERVISOR = "district_supervisor"

    @property
    def label(self) -> str:
        return {
            "assessor": "考评员",
            "senior_assessor": "高级考评员",
            "internal_supervisor": "内部质量督导员",
            "city_supervisor": "市级外部质量督导员",
            "district_supervisor": "区级外部质量督导员",
        }[self.value]

    @property
    def judges(self) -> bool:
        """Whether this kind scores candidates, so that its qualification names an occupation and a level."""
        return self in {MemberKind.ASSESSOR, MemberKind.SENIOR_ASSESSOR}

    @property
    def recognised_by(self) -> OfficeKind:
        """The kind of office that recognises such members: the centre the assessors and the city's own supervisors (`三(二)2` 业务指导和综合管理),
        the district those it manages day by day."""
        district = self in {MemberKind.INTERNAL_SUPERVISOR, MemberKind.DISTRICT_SUPERVISOR}
        return OfficeKind.DISTRICT_BUREAU if district else OfficeKind.CITY_CENTRE


def _highest(key: str, meaning: str, level: Level) -> Dated[int]:
    return Dated(meaning, Value(SINCE, int(level), our_default("考评等级范围")), key=f"experts.{key}", unit="级", changeable=True)


HIGHEST_OF_ASSESSOR = _highest("highest_of_assessor", "考评员可考评的最高等级", Level.THREE)
HIGHEST_OF_SENIOR = _highest("highest_of_senior", "高级考评员可考评的最高等级", Level.ONE)


@rule("申请的考评等级在该类人员可考评范围内")
def level_within_kind(kind: MemberKind, highest_level: int | None, day: date) -> Finding:
    """Whether somebody of this kind may judge up to the level asked for (1 is the highest)."""
    if not kind.judges:
        return met(f"{kind.label}不评分，不区分等级", CORPS)
    highest = (HIGHEST_OF_SENIOR if kind is MemberKind.SENIOR_ASSESSOR else HIGHEST_OF_ASSESSOR).on(day)
    if highest_level is None:
        return unmet("没有写明可考评的最高等级", highest.clause)
    if highest_level < highest.value:
        return unmet(f"{kind.label}最高可考评{Level(highest.value).label}，申请的是{Level(highest_level).label}", highest.clause)
    return met(f"{kind.label}可以考评到{Level(highest_level).label}", highest.clause)
