"""双随机抽查规则: what is inspected by chance, at what rate, who may be sent, and is the draw out of everybody's hands?

`通知 三(三)3` names 双随机、一公开 and leaves items, rates and procedure open; they are ours, dated, and the office may change the numbers. Whom an
office inspects stands in `supervision/who`, how many of a kind and grade are drawn in a year in `supervision/treatment`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import comb, log2

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.grade import Grade
from touchstone.policy.supervision.items import Answer

_SINCE = date(2024, 5, 1)
LAW, SUPERVISED = notice("三(三)3"), notice("三(三)1")
_CHANCE, _RECUSAL, _PLAN = our_default("双随机公共随机数"), our_default("双随机检查人员回避"), our_default("双随机年度抽查计划")


def _number(key: str, meaning: str, value: int, unit: str, topic: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, value, our_default(topic)), key=f"inspections.{key}", unit=unit, changeable=True)


INSPECTORS_A_BODY = _number("inspectors_a_body", "每家被抽查机构的检查人员人数", 2, "名", "双随机检查人员")
MOST_VISITS = _number("most_visits", "每名检查人员在一次抽查中最多承担的家数", 8, "家", "双随机检查人员")
FORMER_EMPLOYER_YEARS = _number("former_employer_years", "离开评价机构后仍须回避的年数", 3, "年", "双随机检查人员回避")
LEAD_HOURS = _number("lead_hours", "公告须早于公共随机数产生的小时数", 2, "小时", "双随机公共随机数")
CHANCE_BITS = _number("chance_bits", "公共随机数合计最少的位数", 64, "位", "双随机公共随机数")
REVEAL_HOUR = _number("reveal_hour", "检查当日向检查人员揭晓被检查机构的时点", 8, "时", "双随机任务保密")


_BEFORE_GRADES = {"clean": "近一年没有发现问题", "found": "近一年发现过问题"}
"""How strata were named until bodies had grades; draws of that time keep theirs."""


def stratum_label(stratum: str) -> str:
    """This function will give the words for a stratum."""
    kind, _, rest = stratum.partition("-")
    graded = _BEFORE_GRADES.get(rest) or (Grade.NONE if rest == "none" else Grade(rest)).label
    return f"{BodyKind(kind).label}，{graded}"


def share_of_draw(in_year: int, drawn_before: int, draws_left: int) -> int:
    """This function will say how many one draw takes of those a year asks for: what is left of them, spread over the draws that are left."""
    return max(0, -(-(in_year - drawn_before) // max(1, draws_left)))


class Ground(StrEnum):
    """Why an inspector is not sent to a body (回避事由)."""

    FORMER_EMPLOYER = "former_employer"
    RELATIVE = "relative"
    DECLARED = "declared"

    @property
    def label(self) -> str:
        return {"former_employer": "曾在该机构任职或兼职", "relative": "近亲属在该机构任职", "declared": "其他可能影响公正的关系"}[self.value]


@rule("检查人员与被检查机构没有应当回避的关系")
def inspector_is_free(ties: Sequence[str]) -> Finding:
    """Whether nothing ties an inspector to a body."""
    if ties:
        return unmet(f"应当回避：{'、'.join(dict.fromkeys(ties))}", _RECUSAL)
    return met("没有登记或申报应当回避的关系", _RECUSAL)


@rule("每家机构都有足够的检查人员可以派")
def inspectors_suffice(fewest: int, drawn: int, capacity: int, day: date) -> Finding:
    """Whether a roster of inspectors can serve a draw: at each body enough who need not recuse, and altogether enough visits."""
    each = INSPECTORS_A_BODY.on(day)
    if fewest < each.value:
        return unmet(f"有的机构除去回避只剩{fewest}名检查人员可以派，每家须{each.value}名", each.clause)
    if capacity < drawn * each.value:
        return unmet(f"将抽取{drawn}家，须派{drawn * each.value}人次，检查人员合计只能承担{capacity}人次", MOST_VISITS.on(day).clause)
    return met(f"每家至少有{fewest}名检查人员可以派，合计可承担{capacity}人次，须{drawn * each.value}人次", each.clause)


class Source(StrEnum):
    """A public event whose outcome nobody can steer or know beforehand (公共随机数来源)."""

    UNION = "union"
    SUPER = "super"
    SEVEN = "seven"
    HAPPY8 = "happy8"
    BALLS = "balls"

    @property
    def label(self) -> str:
        return {"union": "双色球", "super": "超级大乐透", "seven": "七星彩", "happy8": "快乐8", "balls": "公证摇号"}[self.value]

    @property
    def how(self) -> str:
        """How its outcome is written down."""
        return {
            "union": "6个红球、1个蓝球，例如 03 08 11 19 27 33 + 05",
            "super": "前区5个、后区2个，例如 04 12 18 25 33 + 03 11",
            "seven": "7个数字，例如 3 5 0 9 1 7 12",
            "happy8": "20个号码",
            "balls": "公证员监督摇号机依次摇出的20个数字",
        }[self.value]

    @property
    def bits(self) -> int:
        """How many bits of chance its outcome holds."""
        ways = {
            "union": comb(33, 6) * 16,
            "super": comb(35, 5) * comb(12, 2),
            "seven": 10**6 * 15,
            "happy8": comb(80, 20),
            "balls": 10**20,
        }
        return int(log2(ways[self.value]))


_PARTS: Mapping[Source, tuple[tuple[int, int, int], ...]] = {
    # (how many, the least, the greatest) in each part; the order of balls of a lottery says nothing, they are put in order
    Source.UNION: ((6, 1, 33), (1, 1, 16)),
    Source.SUPER: ((5, 1, 35), (2, 1, 12)),
    Source.HAPPY8: ((20, 1, 80),),
}


def outcome_written(source: Source, text: str) -> str:
    """This function will write an outcome in the one form that enters the seed. :raises ValueError: with a sentence, where it cannot be one."""
    numbers = [int(one) for one in re.findall(r"\d+", text)]
    if source is Source.BALLS:
        digits = re.sub(r"\D", "", text)
        if len(digits) != 20:
            raise ValueError(f"{source.label}应是20个数字，填写了{len(digits)}个。")
        return digits
    if source is Source.SEVEN:
        if len(numbers) != 7 or any(one > 9 for one in numbers[:6]) or numbers[6] > 14:
            raise ValueError(f"{source.label}应是7个数字，前6个为0至9，最后一个为0至14，以空格隔开。")
        return " ".join(str(one) for one in numbers)
    parts, rest = [], numbers
    for count, least, greatest in _PARTS[source]:
        part, rest = sorted(rest[:count]), rest[count:]
        if len(part) != count or len(set(part)) != count or part[0] < least or part[-1] > greatest:
            raise ValueError(f"{source.label}的号码不对：应为{source.how}。")
        parts.append(" ".join(f"{one:02d}" for one in part))
    if rest:
        raise ValueError(f"{source.label}的号码多了：应为{source.how}。")
    return "+".join(parts)


@rule("公告早于随机数产生")
def announced_before_chance(announced_at: datetime, drawn_at: Sequence[datetime]) -> Finding:
    """Whether a draw was announced before any of its public numbers existed, with hours to spare."""
    lead = LEAD_HOURS.on(announced_at.date())
    if not drawn_at:
        return unmet("没有写明公共随机数的来源", _CHANCE)
    if min(drawn_at) < announced_at + timedelta(hours=lead.value):
        return unmet(f"最早的开奖时间离公告不足{lead.value}小时", lead.clause)
    return met(f"公告比最早的开奖时间早{lead.value}小时以上", lead.clause)


@rule("公共随机数足够多")
def chance_suffices(sources: Sequence[Source], day: date) -> Finding:
    """Whether the public sources together hold so much chance that nobody can try all outcomes."""
    least, held = CHANCE_BITS.on(day), sum(one.bits for one in sources)
    if held < least.value:
        return unmet(f"来源合计只有{held}位随机，至少{least.value}位", least.clause)
    return met(f"来源合计{held}位随机，不少于{least.value}位", least.clause)


@rule("随机数由另一人独立复核")
def attested_by_another(entered_by: int | None, attested_by: int | None, same: bool) -> Finding:
    """Whether somebody else than who put the numbers down put down the same."""
    if entered_by == attested_by:
        return unmet("复核的人与录入的人是同一人", _CHANCE)
    if not same:
        return unmet("复核的号码与录入的不一致", _CHANCE)
    return met("两人分别录入，号码一致", _CHANCE)


class VisitOutcome(StrEnum):
    """What a visit came to (抽查结果)."""

    CLEAN = "clean"
    CORRECTED = "corrected"
    TO_RECTIFY = "to_rectify"
    OBSTRUCTED = "obstructed"
    NOT_HELD = "not_held"

    @property
    def label(self) -> str:
        return {
            "clean": "未发现问题",
            "corrected": "发现问题，已改正",
            "to_rectify": "发现问题，待后续处理",
            "obstructed": "不配合检查",
            "not_held": "未能实施检查",
        }[self.value]

    @property
    def found_something(self) -> bool:
        return self not in {VisitOutcome.CLEAN, VisitOutcome.NOT_HELD}

    @property
    def hinders(self) -> bool:
        """Whether it is why the questions could not be put."""
        return self in {VisitOutcome.OBSTRUCTED, VisitOutcome.NOT_HELD}


def outcome_of(answers: Mapping[str, Answer]) -> VisitOutcome:
    """This function will give what a visit came to, from what was answered: nobody types it."""
    return VisitOutcome.TO_RECTIFY if Answer.NO in answers.values() else VisitOutcome.CLEAN


@rule("抽查依据已经公布的年度计划")
def plan_is_public(approved_on: date | None, year: int, months: Sequence[int], visits_from: date, day: date) -> Finding:
    """Whether a draw rests on an approved plan that foresees it."""
    if approved_on is None or approved_on > day:
        return unmet("年度抽查计划还没有批准公布", LAW)
    if visits_from.year != year or visits_from.month not in months:
        return unmet(f"计划在{year}年{'、'.join(str(one) for one in months)}月抽查，不含{visits_from.year}年{visits_from.month}月", LAW)
    return met(f"{year}年度抽查计划已于{approved_on}公布，含{visits_from.month}月", LAW)


@rule("检查结果由另一名检查人员确认")
def confirmed_by_the_other(reported_by: int | None, confirmed_by: int | None) -> Finding:
    """Whether the other inspector of a remote inspection confirms what the first put down."""
    if reported_by == confirmed_by:
        return unmet("填写结果的人不能自己确认", INSPECTORS_A_BODY.values[0].clause)
    return met("两名检查人员分别填写和确认", INSPECTORS_A_BODY.values[0].clause)


@rule("计划由编制人以外的负责人批准")
def plan_approved_by_another(made_by: int | None, approved_by: int | None) -> Finding:
    """Whether somebody else than who made a plan approves it."""
    if made_by == approved_by:
        return unmet("编制计划的人不能批准自己的计划", _PLAN)
    return met("由编制人以外的人批准", _PLAN)
