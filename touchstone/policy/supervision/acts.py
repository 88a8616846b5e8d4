"""机构违纪违规情形: which acts of bodies are there, how grave is each, and what makes it graver?

`通知 三(四)2` names the tiers and leaves the acts open. The list is ours, by tier; an office may move an act to another tier from a day on. The day
that counts is that of the act; where a later list is milder, the milder one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated, NotInForce, Value
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default

SINCE = date(2024, 5, 1)
LADDER, OURS, REPEATED = notice("三(四)2"), our_default("机构违纪违规情形"), our_default("机构违纪违规从重情形")


class Tier(StrEnum):
    """How grave what a body did is, the lightest first. 违法 stands beside the others: it goes to whoever is competent."""

    NOT_YET = "not_yet"
    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"
    UNLAWFUL = "unlawful"

    @property
    def label(self) -> str:
        return {
            "not_yet": "尚未构成违纪违规",
            "minor": "一般违纪违规",
            "serious": "严重违纪违规",
            "grave": "特别严重违纪违规",
            "unlawful": "涉嫌违反法律法规",
        }[self.value]


class Authority(StrEnum):
    """To whom a matter is handed over."""

    POLICE = "police"
    MARKET = "market"
    CYBERSPACE = "cyberspace"
    COMPETENT = "competent"

    @property
    def label(self) -> str:
        return {"police": "公安机关", "market": "市场监管部门", "cyberspace": "网信部门", "competent": "其他主管部门"}[self.value]


@dataclass(frozen=True)
class BodyAct:
    """One act: its tier in our list, in words, whether the certificate data it touches is revoked, and to whom it is handed over besides."""

    tier: Tier
    words: str
    revokes: bool = False
    goes_to: Authority | None = None

    @property
    def label(self) -> str:
        more = ("，撤销所涉证书数据" if self.revokes else "") + (f"，移送{self.goes_to.label}" if self.goes_to else "")
        return f"{self.tier.label}：{self.words}{more}"


_N, _M, _S, _G, _U = Tier
_ACTS: Mapping[str, BodyAct] = {
    "late_report": BodyAct(_N, "计划、报表迟报，没有影响监管"),
    "missing_signature": BodyAct(_N, "记录漏签、错签，事实能够证明"),
    "small_archive_gap": BodyAct(_N, "档案个别材料缺漏，能够补齐"),
    "signs_missing": BodyAct(_N, "考场标识、公告公示内容不全"),
    "other_slight": BodyAct(_N, "其他轻微不规范，没有造成后果"),
    "plan_not_filed": BodyAct(_M, "没有按时报送认定计划，或者擅自变更计划"),
    "camera_gaps": BodyAct(_M, "视频监控有缺口，或者录像不能调取"),
    "facilities_lowered": BodyAct(_M, "场地、设备低于备案时的条件"),
    "assessors_too_few": BodyAct(_M, "监考、考评人员少于规定人数"),
    "no_recusal": BodyAct(_M, "考评人员轮换、回避执行不到位"),
    "archive_incomplete": BodyAct(_M, "档案不完整，不能证明评价过程"),
    "notice_too_short": BodyAct(_M, "成绩公示时间不足"),
    "no_internal_supervision": BodyAct(_M, "没有开展内部质量督导、问题回溯"),
    "rules_not_kept": BodyAct(_M, "不执行本机构已公布的管理制度"),
    "papers_off_standard": BodyAct(_M, "试题不依据现行标准，或者题库没有更新"),
    "fees_not_published": BodyAct(_M, "收费标准没有公布"),
    "records_late": BodyAct(_M, "没有按期提供调取的资料"),
    "not_corrected_at_once": BodyAct(_M, "要求立行立改的事项逾期没有改正"),
    "outside_venue": BodyAct(_S, "在备案的考核点以外组织考试"),
    "unqualified_assessors": BodyAct(_S, "使用不具备资格的考评人员"),
    "loose_eligibility": BodyAct(_S, "资格审核把关不严，放过较多不符合条件的人"),
    "leaks_papers": BodyAct(_S, "泄露试题、答案，或者试卷失密"),
    "changes_scores": BodyAct(_S, "擅自更改成绩、评分标准", revokes=True),
    "refuses_inspection": BodyAct(_S, "拒绝、阻挠监督检查，或者不提供真实资料"),
    "false_advertising": BodyAct(_S, "虚假、夸大宣传，承诺“包过”，假借行政机关名义", goes_to=Authority.MARKET),
    "repeated_minor": BodyAct(_S, "一年内再次发生一般违纪违规"),
    "wrong_data_kept": BodyAct(_S, "证书数据有错误，未按要求更正", revokes=True),
    "not_rectified": BodyAct(_S, "责令改正逾期没有改正"),
    "retaliates": BodyAct(_S, "打击报复投诉举报人、证人"),
    "out_of_scope_data": BodyAct(_G, "超出备案范围评价并上传证书数据", revokes=True),
    "sells_certificates": BodyAct(_G, "买卖、伪造、变造证书", revokes=True, goes_to=Authority.POLICE),
    "organises_cheating": BodyAct(_G, "组织、纵容作弊", revokes=True, goes_to=Authority.POLICE),
    "empty_exam": BodyAct(_G, "不考试、走过场直接发证，或者组织替考", revokes=True),
    "lends_filing": BodyAct(_G, "转包评价，出租、出借备案资质", revokes=True),
    "conceals": BodyAct(_G, "备案时隐瞒情况、提供虚假材料"),
    "refuses_correction": BodyAct(_G, "限期整改后拒不改正"),
    "issues_while_suspended": BodyAct(_G, "暂停评价期间组织评价、发证", revokes=True),
    "two_failed_years": BodyAct(_G, "连续两年年度考核不合格"),
    "evaluates_unfiled": BodyAct(_U, "未经备案以职业技能等级名义评价、发证", goes_to=Authority.COMPETENT),
    "misuses_state_name": BodyAct(_U, "违规使用国家机关名义、国徽或者国家证书字样", goes_to=Authority.MARKET),
    "unlawful_fees": BodyAct(_U, "收费违反价格法律法规", goes_to=Authority.MARKET),
    "leaks_personal_facts": BodyAct(_U, "泄露、出售考生个人信息", goes_to=Authority.POLICE),
    "other_unlawful": BodyAct(_U, "其他涉嫌违反法律法规的行为", goes_to=Authority.COMPETENT),
}
ACTS: Dated[Mapping[str, BodyAct]] = Dated("机构违纪违规情形", Value(SINCE, _ACTS, OURS), key="supervision.acts")
TIERS: Dated[Mapping[str, str]] = Dated(
    "机构违纪违规各情形的档次",
    Value(SINCE, {key: act.tier.value for key, act in _ACTS.items()}, OURS),
    key="supervision.act_tiers",
    changeable=True,
)
REPEAT_MONTHS = Dated(
    "再次发生一般情形按严重情形处理的期间", Value(SINCE, 12, REPEATED), key="supervision.repeat_months", unit="个月", changeable=True
)


def tier_on(act: str, day: date) -> Tier:
    """This function will give the tier of an act by the list of a day. :raises KeyError: for an act that is not listed. :raises NotInForce:"""
    own = ACTS.on(day).value[act].tier
    told = TIERS.on(day).value.get(act, own)
    return Tier(told) if told in set(Tier) else own


def tier_of(act: str, acted_on: date, day: date) -> Tier:
    """This function will give the tier of an act by the list of the day it was done, or by today's where that is milder (从旧兼从轻).

    :raises KeyError: for an act that is not listed. :raises NotInForce: for an act done before there was a list.
    """
    then = tier_on(act, acted_on)
    now = tier_on(act, max(acted_on, day)) if act in ACTS.on(max(acted_on, day)).value else then
    order = list(Tier)
    return then if Tier.UNLAWFUL in {then, now} else min(then, now, key=order.index)


@dataclass(frozen=True)
class Gravity:
    """What acts come to: the tier of the whole, why, by which clause; whether data is revoked; to whom it is handed over besides."""

    tier: Tier
    reason: str
    clause: Clause
    revokes: bool
    goes_to: tuple[Authority, ...]


def gravity_of(acts: Collection[str], acted_on: date, day: date, *, earlier_minor: Sequence[date] = ()) -> Gravity:
    """This function will give the tier of what a body did: its heaviest act's, and 严重 for a further 一般 within the months after an upheld one.

    `earlier_minor` are the days of upheld decisions about 一般 acts. :raises ValueError: where no act is named. :raises KeyError: :raises NotInForce:
    """
    if not acts:
        raise ValueError("at least one act")
    order, listed = list(Tier), ACTS.on(acted_on).value
    tiers = {act: tier_of(act, acted_on, day) for act in sorted(acts)}
    of_body = {act: tier for act, tier in tiers.items() if tier is not Tier.UNLAWFUL} or tiers
    heaviest = max(of_body, key=lambda act: order.index(of_body[act]))
    tier, reason, clause = of_body[heaviest], f"{listed[heaviest].words}，属{of_body[heaviest].label}", OURS
    months = REPEAT_MONTHS.on(acted_on)
    since = [one for one in earlier_minor if one <= acted_on < add_months(one, months.value)]
    if tier is Tier.MINOR and since:
        tier, clause = Tier.SERIOUS, REPEATED
        reason = f"{listed[heaviest].words}；{max(since)}已因一般违纪违规受处理，{months.value}个月内再次发生，按{tier.label}处理"
    named = (listed[act].goes_to for act in tiers)
    return Gravity(tier, reason, clause, any(listed[act].revokes for act in tiers), tuple(dict.fromkeys(one for one in named if one)))


@rule("情形在机构违纪违规情形之内")
def body_act_is_listed(act: str, acted_on: date) -> Finding:
    """Whether an act of a body was on the list on the day it was done. What was done before the notice is judged by what was law then."""
    try:
        found = ACTS.on(acted_on).value.get(act)
    except NotInForce:
        return unmet(f"{acted_on}早于通知施行之日，按当时的规定处理，不适用本清单", notice("四(一)"))
    if found is None:
        return unmet("所选情形不在机构违纪违规情形之内", OURS)
    return met(f"{found.words}，属{tier_on(act, acted_on).label}", OURS)
