"""队伍准入: what must somebody show to be trained and examined as an assessor or a supervisor?

`通知 三(二)2` asks for 资格认定 and leaves its conditions open: they are ours, after what provinces commonly ask for, dated and open to change.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.periods import add_years
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import our_default
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.experts.kinds import CORPS, SINCE, MemberKind, level_within_kind

SKILL, PRACTICE, RECOMMENDATION = "技能等级或职称证书", "工作经历证明", "所在机构推荐意见"
EVIDENCE = (SKILL, PRACTICE, RECOMMENDATION)
"""The labels under which an applicant hands in proof."""


class Title(StrEnum):
    """A professional title (专业技术职称) of the field."""

    NONE = ""
    JUNIOR = "junior"
    MIDDLE = "middle"
    SENIOR = "senior"

    @property
    def label(self) -> str:
        return {"": "无", "junior": "初级", "middle": "中级", "senior": "高级"}[self.value]


_RANK = {Title.NONE: 0, Title.JUNIOR: 1, Title.MIDDLE: 2, Title.SENIOR: 3}


def _number(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, our_default("队伍准入条件")), key=f"experts.{key}", unit=unit, changeable=True)


CERTIFICATE_OF_ASSESSOR = _number("certificate_of_assessor", "申请考评员应有的技能等级（不低于）", int(Level.THREE), "级")
CERTIFICATE_OF_SENIOR = _number("certificate_of_senior", "申请高级考评员应有的技能等级（不低于）", int(Level.ONE), "级")
YEARS_AS_ASSESSOR = _number("years_as_assessor", "申请高级考评员应有的考评员年限", 1, "年")
SUPERVISOR_WORK_YEARS = _number("supervisor_work_years", "申请质量督导员应有的评价管理工作年限", 2, "年")
SUPERVISOR_ASSESSOR_YEARS = _number("supervisor_assessor_years", "申请质量督导员可以代替管理工作年限的考评员年限", 3, "年")
BARRED_YEARS = _number("barred_years", "取消资格后不得再次申请的年限", 3, "年")
TITLE_OF_ASSESSOR = Dated(
    "申请考评员可以代替技能等级的职称", Value(SINCE, Title.MIDDLE, our_default("队伍准入条件")), key="experts.title_of_assessor"
)
TITLE_OF_SENIOR = Dated(
    "申请高级考评员可以代替技能等级的职称", Value(SINCE, Title.SENIOR, our_default("队伍准入条件")), key="experts.title_of_senior"
)


@dataclass(frozen=True)
class Entrant:
    """What somebody claims and shows. `assessor_years` are those of our own register, `claimed_assessor_years` with those elsewhere; `proofs` are
    the labels under which something was handed in; `removed_on` the day of the last removal."""

    kind: MemberKind
    highest_level: int | None = None
    certificate_level: int | None = None
    title: Title = Title.NONE
    assessor_years: int = 0
    claimed_assessor_years: int = 0
    work_years: int = 0
    proofs: frozenset[str] = frozenset()
    recommended: bool = False
    removed_on: date | None = None
    suspended: bool = False


@rule("具备考评的技能等级或职称")
def skilled_enough(entrant: Entrant, day: date) -> Finding:
    """Whether an applicant's certificate or title in the field is high enough to judge others."""
    senior = entrant.kind is MemberKind.SENIOR_ASSESSOR
    wanted = (CERTIFICATE_OF_SENIOR if senior else CERTIFICATE_OF_ASSESSOR).on(day)
    title = (TITLE_OF_SENIOR if senior else TITLE_OF_ASSESSOR).on(day)
    by_certificate = entrant.certificate_level is not None and entrant.certificate_level <= wanted.value
    by_title = _RANK[entrant.title] >= _RANK[title.value]
    if not (by_certificate or by_title):
        held = Level(entrant.certificate_level).label if entrant.certificate_level else "没有技能等级证书"
        needed = f"{Level(wanted.value).label}及以上或{title.value.label}及以上职称"
        return unmet(f"{held}，{entrant.title.label if entrant.title else '没有'}职称；应有{needed}", wanted.clause)
    shown = Level(entrant.certificate_level).label if by_certificate and entrant.certificate_level else f"{entrant.title.label}职称"
    if SKILL not in entrant.proofs:
        return unproven(f"填报为{shown}，没有上传证书", wanted.clause, ask_for=SKILL)
    return met(f"{shown}，已上传证书", wanted.clause)


@rule("具备相应的工作年限")
def practised_long_enough(entrant: Entrant, day: date) -> Finding:
    """Whether a senior assessor has judged, and a supervisor has administered or judged, for long enough."""
    if entrant.kind is MemberKind.ASSESSOR:
        return met("考评员不要求考评年限", YEARS_AS_ASSESSOR.on(day).clause)
    if entrant.kind is MemberKind.SENIOR_ASSESSOR:
        needed = YEARS_AS_ASSESSOR.on(day)
        return _years("担任考评员", entrant.assessor_years, entrant.claimed_assessor_years, needed.value, entrant, needed.clause)
    work, judged = SUPERVISOR_WORK_YEARS.on(day), SUPERVISOR_ASSESSOR_YEARS.on(day)
    if entrant.assessor_years >= judged.value:
        return met(f"在本平台担任考评员{entrant.assessor_years}年", judged.clause)
    if entrant.claimed_assessor_years >= judged.value and entrant.work_years < work.value:
        return _years("担任考评员", entrant.assessor_years, entrant.claimed_assessor_years, judged.value, entrant, judged.clause)
    return _years("从事评价管理工作", 0, entrant.work_years, work.value, entrant, work.clause, f"，或者担任考评员满{judged.value}年")


def _years(what: str, known: int, claimed: int, needed: int, entrant: Entrant, clause: Clause, otherwise: str = "") -> Finding:
    if known >= needed:
        return met(f"在本平台{what}{known}年", clause)
    if claimed < needed:
        return unmet(f"{what}{claimed}年，应满{needed}年{otherwise}", clause)
    if PRACTICE not in entrant.proofs:
        return unproven(f"填报{what}{claimed}年，没有上传证明", clause, ask_for=PRACTICE)
    return met(f"{what}{claimed}年，已上传证明", clause)


@rule("内部质量督导员由所在评价机构推荐")
def recommended_by_own_body(entrant: Entrant) -> Finding:
    """Whether an internal supervisor is put forward by the body they will watch."""
    if entrant.kind is not MemberKind.INTERNAL_SUPERVISOR:
        return met(f"{entrant.kind.label}不要求机构推荐", CORPS)
    if not entrant.recommended:
        return unmet("内部质量督导员应由所在评价机构提出申请", CORPS)
    return met("由所在评价机构推荐", CORPS)


@rule("没有被暂停或取消资格")
def not_barred(entrant: Entrant, day: date) -> Finding:
    """Whether an applicant is neither suspended nor removed too short a time ago."""
    barred = BARRED_YEARS.on(day)
    if entrant.suspended:
        return unmet("资格正在暂停之中", barred.clause)
    if entrant.removed_on is not None and day < (free := add_years(entrant.removed_on, barred.value)):
        return unmet(f"{entrant.removed_on}被取消资格，{free}以前不得再次申请", barred.clause)
    return met("没有暂停或取消资格的记录" if entrant.removed_on is None else f"取消资格已满{barred.value}年", barred.clause)


def examine(entrant: Entrant, day: date) -> tuple[Finding, ...]:
    """This function will give what every rule on entry finds for an applicant, in the order they are shown."""
    found = [not_barred(entrant, day)]
    if entrant.kind.judges:
        found += [skilled_enough(entrant, day), level_within_kind(entrant.kind, entrant.highest_level, day)]
    if entrant.kind is not MemberKind.ASSESSOR:
        found.append(practised_long_enough(entrant, day))
    if entrant.kind is MemberKind.INTERNAL_SUPERVISOR:
        found.append(recommended_by_own_body(entrant))
    return tuple(found)
