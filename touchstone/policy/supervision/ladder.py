"""分类处理: what follows from which tier, what does the platform propose, and may an officer decide otherwise?

`通知 三(四)2`. The measures of a tier are the notice's; how long each lasts is ours, dated (`terms`). Not less than the tier asks for, never more;
and whoever leaves one out or adds a milder one says why.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import LADDER, SINCE, Gravity, Tier

DEVIATES = our_default("偏离处理建议")


class Measure(StrEnum):
    """What is decided about a body, from the mildest on. The last two go beside the others."""

    AT_ONCE = "at_once"
    SUMMONS = "summons"
    ORDER = "order"
    WARNING = "warning"
    RECTIFY = "rectify"
    SUSPEND = "suspend"
    TERMINATE = "terminate"
    HAND_OVER = "hand_over"
    REVOKE = "revoke"

    @property
    def label(self) -> str:
        return _MEASURES[self][0]

    @property
    def effect(self) -> str:
        """What the platform does when the decision takes effect."""
        return _MEASURES[self][1]


_MEASURES = {
    Measure.AT_ONCE: ("立行立改", "检查记录列明问题和改正日期，机构报告改正情况，检查人员核对后销号；不立案、不影响等级"),
    Measure.SUMMONS: ("约谈提醒", "发约谈通知书，机构负责人到场，约谈记录双方签字后归档"),
    Measure.ORDER: ("责令改正", "发责令改正通知书，写明事项和期限；到期未报告改正的提醒办理人，逾期按严重情形处理"),
    Measure.WARNING: ("警告", "发警告决定书并公开，记入机构档案，影响等级、示范资格和政策支持名单"),
    Measure.RECTIFY: ("限期整改", "发限期整改通知书，机构报整改方案和报告，两人复查合格后销案"),
    Measure.SUSPEND: ("暂停评价", "备案或者所涉范围自决定之日起暂停，不能安排新的评价；整改复查合格后决定恢复"),
    Measure.TERMINATE: ("终止备案", "责令终止备案，未完成的计划转由其他机构评价，档案移交，期限内不得再申请备案"),
    Measure.HAND_OVER: ("移送有关部门", "移送书、案卷目录和证据副本送有关部门，取得回执并跟踪结果"),
    Measure.REVOKE: ("撤销违规证书数据", "所涉证书数据立撤销案件，逐本告知持证人、听取陈述后决定"),
}

MEASURES: Dated[Mapping[Tier, tuple[Measure, ...]]] = Dated(
    "对评价机构分类处理的措施",
    Value(
        SINCE,
        {
            Tier.NOT_YET: (Measure.AT_ONCE,),
            Tier.MINOR: (Measure.SUMMONS, Measure.ORDER),
            Tier.SERIOUS: (Measure.WARNING, Measure.RECTIFY, Measure.SUSPEND),
            Tier.GRAVE: (Measure.TERMINATE,),
            Tier.UNLAWFUL: (Measure.HAND_OVER,),
        },
        LADDER,
    ),
    key="supervision.measures",
)
BESIDE = frozenset({Measure.HAND_OVER, Measure.REVOKE})
"""Measures that go with any tier, where the act calls for them."""


@dataclass(frozen=True)
class Proposal:
    """What the platform proposes: the measures with the clause of each, and why."""

    tier: Tier
    measures: tuple[tuple[Measure, Clause], ...]
    reason: str

    @property
    def names(self) -> tuple[Measure, ...]:
        return tuple(one for one, _ in self.measures)


def proposed(found: Gravity, day: date) -> Proposal:
    """This function will propose all measures of the tier, with handing over and revocation where an act calls for them, from the mildest on."""
    wanted = dict.fromkeys((*MEASURES.on(day).value[found.tier], *beside(found)), LADDER)
    measures = tuple((one, wanted[one]) for one in Measure if one in wanted)
    return Proposal(found.tier, measures, f"{found.reason}，{'、'.join(one.label for one, _ in measures)}")


def beside(found: Gravity) -> tuple[Measure, ...]:
    """This function will give the measures that the acts call for whatever their tier: `通知 三(四)2` makes both a duty."""
    handed_over = (Measure.HAND_OVER,) if found.goes_to or found.tier is Tier.UNLAWFUL else ()
    return (*handed_over, *((Measure.REVOKE,) if found.revokes else ()))


@rule("处理措施与档次相当")
def measures_fit(found: Gravity, measures: Collection[Measure], reason: str, day: date) -> Finding:
    """Whether what is decided is what the tier asks for.

    Nothing heavier, something of its own, whatever the acts call for besides, and a reason wherever it is not what was proposed.
    """
    proposal, own = proposed(found, day), MEASURES.on(day).value[found.tier]
    order, chosen = list(Measure), set(measures)
    heaviest = max((order.index(one) for one in own if one not in BESIDE), default=-1)
    heavier = [one for one in order if one in chosen - BESIDE and order.index(one) > heaviest]
    if heavier:
        return unmet(f"{found.tier.label}不得予以{'、'.join(one.label for one in heavier)}：处理重于档次", LADDER)
    if not chosen & set(own):
        names = "、".join(one.label for one in own)
        return unmet(f"{found.tier.label}应予以{names}；只作较轻处理的，须先重新认定情形和档次", LADDER)
    missing = [one for one in beside(found) if one not in chosen]
    if missing:
        return unmet(f"依规定必须{'、'.join(one.label for one in missing)}", LADDER)
    uncalled = [one for one in order if one in chosen & BESIDE and one not in proposal.names]
    if uncalled:
        return unmet(f"认定的情形不涉及{'、'.join(one.label for one in uncalled)}", LADDER)
    if chosen != set(proposal.names) and not reason.strip():
        return unproven("与处理建议不同，没有写明理由", DEVIATES, ask_for="偏离处理建议的理由")
    return met(f"{found.tier.label}，{'、'.join(one.label for one in order if one in chosen)}", LADDER)


@rule("违规证书数据撤销")
def revoked_where_called_for(found: Gravity, certificates: int, has_case: bool, day: date) -> Finding:
    """Whether certificate data out of scope or wrong goes to a case of revocation: that is a duty, not a choice."""
    if not found.revokes or not certificates:
        return met("没有应当撤销的证书数据", LADDER)
    if not has_case:
        return unmet(f"有{certificates}本证书的数据违规，尚未立撤销案件", LADDER)
    return met(f"{certificates}本证书已立撤销案件，视情节处理责任机构", LADDER)


@rule("由有权的人社部门作出处理")
def office_may_decide(filed_by: str | None, place: str, inspects: bool, measures: Collection[Measure], day: date) -> Finding:
    """Whether an office (a district's code, empty for the city centre) may decide this.

    What touches the filing, whoever filed it; what does not, whoever inspects. Somebody never filed is handled where they are.
    """
    clause = our_default("机构案件管辖")
    heavy = [one for one in Measure if one in measures and one not in _LIGHT]
    if heavy and filed_by is not None and filed_by != place:
        return unmet(f"{'、'.join(one.label for one in heavy)}由备案的人社部门决定，请移交并附处理建议", clause)
    if not inspects:
        return unmet("不在本单位的监管职责之内", notice("三(四)1"))
    return met("属本单位的处理职责", notice("三(四)1"))


_LIGHT = frozenset({Measure.AT_ONCE, Measure.SUMMONS, Measure.ORDER, Measure.HAND_OVER, Measure.REVOKE})
