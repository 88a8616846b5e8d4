"""年度考核与期满评估: on what is a body assessed each year and at the end of its filing, by whom, and what follows?

`通知 三(三)3`: 定期开展评价机构年度考核和备案期满评估，及时公布评估结果. District first, city second. The sheet, the bands and the days are ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar, add_months
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import SINCE, Tier

LAW, OURS, _CLOCK = notice("三(三)3"), our_default("年度考核办法"), our_default("年度考核期限")


class Band(StrEnum):
    """What a year comes to."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASSED = "passed"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {"excellent": "优秀", "good": "良好", "passed": "合格", "failed": "不合格"}[self.value]


@dataclass(frozen=True)
class Heading:
    """One heading of the sheet: title, weight, whether the platform fills it in from what it knows, and what the body reports besides."""

    key: str
    title: str
    weight: int
    known: bool
    evidence: str

    @property
    def label(self) -> str:
        return f"{self.title}（{self.weight}分）"


SHEET: Dated[tuple[Heading, ...]] = Dated(
    "评价机构年度考核表",
    Value(
        SINCE,
        (
            Heading("conditions", "备案条件保持：机构、人员、场地、设备", 15, True, "变动说明"),
            Heading("activity", "评价开展：计划执行、场次、人数与备案范围相称", 10, True, "工作总结"),
            Heading("process", "组织实施：资格审核、考务、回避、监控、公示", 20, True, "自查报告"),
            Heading("people", "考评和督导人员：培训、派遣、考核", 10, True, "培训记录"),
            Heading("papers", "题库建设和更新", 10, True, "更新说明"),
            Heading("entries", "证书数据：及时、准确", 15, True, "差错说明"),
            Heading("internal", "内部督导、问题回溯、责任追究", 10, False, "督导和追责记录"),
            Heading("service", "收费、投诉办理和服务质量", 5, True, "投诉办理记录"),
            Heading("archive", "档案和录像", 5, True, "抽查结果"),
        ),
        OURS,
    ),
    key="supervision.assessment_sheet",
)


def _number(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, _CLOCK if unit in {"个工作日", "月"} else OURS), key=f"supervision.{key}", unit=unit, changeable=True)


EXCELLENT_FROM = _number("excellent_from", "年度考核优秀的最低分", 90, "分")
GOOD_FROM = _number("good_from", "年度考核良好的最低分", 75, "分")
PASSED_FROM = _number("passed_from", "年度考核合格的最低分", 60, "分")
EXCELLENT_AT_MOST = _number("excellent_at_most", "年度考核优秀的最高比例", 20, "%")
EXPERTS_SAMPLE = _number("experts_sample", "市级专家抽查复核的比例", 10, "%")
LARGEST_GAP = _number("assessment_gap", "区初评和市复评相差多少分须说明", 10, "分")
FAILURES_END = _number("failures_end", "连续几年年度考核不合格按特别严重情形处理", 2, "年")
OPEN_UNTIL_MONTH = _number("assessment_reported_by", "机构应在次年几月底前提交自评", 2, "月")
REMINDED_BEFORE = _number("assessment_reminded", "自评截止前几个工作日起提醒机构", 10, "个工作日")
DISTRICT_WITHIN = _number("assessment_district_within", "区人社局初评的期限", 20, "个工作日")
CITY_WITHIN = _number("assessment_city_within", "市职鉴中心复评的期限", 20, "个工作日")
OBJECTED_WITHIN = _number("assessment_objected_within", "机构对拟定结果提出异议的期限", 5, "个工作日")
PUBLISHED_WITHIN = _number("assessment_published_within", "结果确定后公布的期限", 10, "个工作日")
EVALUATED_BEFORE = _number("evaluated_before", "备案期满前几个月开始期满评估", 3, "个月")


def reported_until(year: int, day: date) -> date:
    """This function will give the last day on which a body hands in its own report of a year."""
    month = OPEN_UNTIL_MONTH.on(day).value
    return date(year + 1 + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def points_of(scores: Mapping[str, float], day: date) -> float | None:
    """This function will add up the scores (each out of its heading's weight) to points out of 100; None while a heading has no score."""
    sheet = SHEET.on(day).value
    if any(one.key not in scores for one in sheet):
        return None
    return round(sum(min(one.weight, max(0.0, scores[one.key])) for one in sheet) * 100 / sum(one.weight for one in sheet), 1)


def band_of(points: float, upheld: Sequence[Tier], day: date) -> Band:
    """This function will give the band of a year's points; 严重 is never above 合格, and 特别严重 fails."""
    if Tier.GRAVE in upheld or points < PASSED_FROM.on(day).value:
        return Band.FAILED
    if Tier.SERIOUS in upheld or points < GOOD_FROM.on(day).value:
        return Band.PASSED
    return Band.EXCELLENT if points >= EXCELLENT_FROM.on(day).value and Tier.MINOR not in upheld else Band.GOOD


def consequence_of(bands: Sequence[Band], day: date) -> str:
    """This function will say what follows from a body's bands, the oldest first: nothing, a rectification, or a case for failing year after year."""
    if not bands or bands[-1] is not Band.FAILED:
        return ""
    years = FAILURES_END.on(day).value
    return "two_failed_years" if len(bands) >= years and all(one is Band.FAILED for one in bands[-years:]) else "rectify"


@rule("机构按期提交自评")
def reported_in_time(year: int, reported_on: date | None, day: date) -> Finding:
    """Whether a body handed in its own report of a year in time, or still may."""
    month, last = OPEN_UNTIL_MONTH.on(day), reported_until(year, day)
    if reported_on is None and day <= last:
        return unproven(f"{year}年度自评应在{last}前提交", month.clause, ask_for="年度自评报告")
    if reported_on is None or reported_on > last:
        return unmet(f"{year}年度自评应在{last}前提交{'，实际于' + str(reported_on) if reported_on else '，已经逾期'}", month.clause)
    return met(f"{year}年度自评于{reported_on}提交", month.clause)


@rule("先由区初评，再由市复评")
def district_then_city(district: float | None, city: float | None, explained: bool, day: date) -> Finding:
    """Whether the district has assessed first and the city after it, and a wide gap between the two is explained."""
    gap = LARGEST_GAP.on(day)
    if district is None:
        return unproven("区人社局尚未初评", LAW, ask_for="区初评意见")
    if city is None:
        return unproven(f"区初评{district}分，市职鉴中心尚未复评", LAW, ask_for="市复评意见")
    if abs(district - city) > gap.value and not explained:
        return unproven(f"区初评{district}分，市复评{city}分，相差超过{gap.value}分", gap.clause, ask_for="复评与初评不同的理由")
    return met(f"区初评{district}分，市复评{city}分", LAW)


@rule("优秀的比例不超过上限")
def excellence_is_rare(assessed: int, excellent: int, day: date) -> Finding:
    """Whether not more bodies than laid down are named excellent; of equal points the city decides with reasons."""
    most = EXCELLENT_AT_MOST.on(day)
    if excellent * 100 > assessed * most.value:
        return unmet(f"{assessed}家中评优秀{excellent}家，超过{most.value}%", most.clause)
    return met(f"{assessed}家中评优秀{excellent}家", most.clause)


@rule("专家抽查达到比例")
def experts_looked_at_enough(assessed: int, looked_at: int, day: date) -> Finding:
    """Whether experts looked again at as many drawn bodies as laid down."""
    share = EXPERTS_SAMPLE.on(day)
    wanted = -(-assessed * share.value // 100)
    if looked_at < wanted:
        return unmet(f"{assessed}家应由专家抽查{wanted}家，已抽查{looked_at}家", share.clause)
    return met(f"{assessed}家由专家抽查{looked_at}家", share.clause)


@rule("考核评估结果及时公布")
def assessment_is_published(settled_on: date, published_on: date | None, day: date, calendar: Calendar) -> Finding:
    """Whether results were published in time (及时), or still may be: after the time to object."""
    days = OBJECTED_WITHIN.on(settled_on).value + PUBLISHED_WITHIN.on(settled_on).value
    last = calendar.add_working_days(settled_on, days)
    if (published_on or day) > last:
        return unmet(f"结果应在{last}前公布{'，实际于' + str(published_on) if published_on else '，已经逾期'}", LAW)
    return met(f"结果于{published_on}公布" if published_on else f"结果应在{last}前公布", LAW)


@dataclass(frozen=True)
class TermFacts:
    """What an expiry evaluation looks at: the end of the filing (exclusive), the bands of its years, what is open, how many certificates."""

    until: date
    bands: tuple[Band, ...] = ()
    open_cases: int = 0
    open_corrections: int = 0
    suspended: bool = False
    certificates: int = 0


@rule("已到期满评估的时间")
def evaluation_is_due(term: TermFacts, day: date) -> Finding:
    """Whether a filing's end is near enough for it to be evaluated as a whole."""
    months = EVALUATED_BEFORE.on(day)
    first = add_months(term.until, -months.value)
    return unmet(f"备案至{term.until}前有效，{first}起开展期满评估", months.clause) if day < first else met(f"自{first}起开展期满评估", months.clause)


@rule("期满评估合格")
def term_was_good(term: TermFacts, day: date) -> Finding:
    """Whether a whole term is good enough for a renewal to rest on it."""
    if term.suspended:
        return unmet("备案处于暂停状态", LAW)
    if term.open_cases or term.open_corrections:
        return unproven(f"有{term.open_cases}件案件、{term.open_corrections}项整改没有办结", OURS, ask_for="案件和整改的结论")
    if term.bands and term.bands[-1] is Band.FAILED:
        return unmet("最近一年年度考核不合格", OURS)
    failed = sum(one is Band.FAILED for one in term.bands)
    if failed * 2 > len(term.bands):
        return unmet(f"{len(term.bands)}个年度中{failed}个不合格", OURS)
    if not term.certificates:
        return unproven("备案期内没有核发证书", OURS, ask_for="没有开展评价的原因和今后的计划")
    return met(f"{len(term.bands)}个年度考核，核发证书{term.certificates}本", LAW)
