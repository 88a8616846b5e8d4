"""未经备案的评价: who evaluates without a filing, what may an association or a firm do of its own, and under which words?

`通知 三(三)2(4)`: 未经备案的职业技能评价机构（含自行开展能力水平评价活动的行业协会学会等社会组织和企事业单位）. What must not stand on a certificate
follows the clean-up of counterfeit certificates; the list is ours, dated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import SINCE, Authority

LAW, FILED, OURS = notice("三(三)2(4)"), notice("一"), our_default("能力评价的用语和标志")

WORDS_NOT_TO_USE: Dated[tuple[str, ...]] = Dated(
    "自行开展的能力评价不得使用的字样",
    Value(SINCE, ("中华人民共和国", "中国", "国家", "全国", "职业资格", "人员资格", "职业技能等级", "执业", "岗位合格"), OURS),
    key="supervision.words_not_to_use",
    changeable=True,
)


class Claim(StrEnum):
    """As what somebody evaluates."""

    LEVEL = "level"
    ABILITY = "ability"

    @property
    def label(self) -> str:
        return {"level": "职业技能等级认定", "ability": "自行开展的能力水平评价"}[self.value]


@dataclass(frozen=True)
class Seen:
    """What was seen of an evaluator: as what it evaluates, the title of its certificate, an emblem or seal of the State, promises, whether its filing
    covers it on that day (None: not looked up)."""

    name: str
    claim: Claim
    title: str = ""
    emblem: bool = False
    promises: bool = False
    filed: bool | None = None


@rule("以职业技能等级名义评价的已经备案")
def evaluator_is_filed(seen: Seen, day: date) -> Finding:
    """Whether somebody who evaluates levels is filed for it; an ability evaluation of one's own needs no filing, and is no level certificate."""
    if seen.claim is Claim.ABILITY:
        return met(f"{seen.claim.label}不需要备案，其证书不是职业技能等级证书", LAW)
    if seen.filed is None:
        return unproven(f"尚未核对{seen.name}的备案", FILED, ask_for="按机构名称、职业和日期核对备案名录")
    if not seen.filed:
        return unmet(f"{seen.name}没有相应的备案，不得开展职业技能等级认定、发放证书", LAW)
    return met(f"{seen.name}已备案", FILED)


@rule("能力评价证书没有使用国家证书的字样和标志")
def certificate_words_are_clean(seen: Seen, day: date) -> Finding:
    """Whether the certificate of an ability evaluation cannot be taken for one of the State's."""
    if seen.claim is Claim.LEVEL:
        return met("不是自行开展的能力水平评价", LAW)
    if not seen.title.strip():
        return unproven("没有证书样本", LAW, ask_for="证书正面的照片")
    used = [word for word in WORDS_NOT_TO_USE.on(day).value if word in seen.title]
    if used:
        return unmet(f"证书名称使用了“{'”“'.join(used)}”", OURS)
    return unmet("证书使用了国徽等国家标志", OURS) if seen.emblem else met("用语、标志没有混淆", OURS)


@rule("能力评价没有虚假宣传")
def evaluator_promises_nothing(seen: Seen, day: date) -> Finding:
    """Whether nothing is promised that is not so: 包过, 国家认可, 享受补贴."""
    if seen.promises:
        return unmet("承诺“包过”、国家认可或者可以享受补贴，涉嫌虚假宣传", LAW)
    return met("没有发现虚假宣传", LAW)


WHO_HANDLES: Dated[Mapping[str, Authority]] = Dated(
    "未经备案的评价由哪个部门处理",
    Value(
        SINCE,
        {
            "unfiled.evaluator_is_filed": Authority.COMPETENT,
            "unfiled.certificate_words_are_clean": Authority.MARKET,
            "unfiled.evaluator_promises_nothing": Authority.MARKET,
        },
        our_default("未经备案评价的移送"),
    ),
    key="supervision.unfiled_handled_by",
)


def check_evaluator(seen: Seen, day: date) -> tuple[Finding, ...]:
    """This function will try what was seen of an evaluator against every rule; what is unmet is made public and handed over."""
    return evaluator_is_filed(seen, day), certificate_words_are_clean(seen, day), evaluator_promises_nothing(seen, day)


def handled_by(findings: tuple[Finding, ...], day: date) -> tuple[Authority, ...]:
    """This function will give to whom the matter goes, for every rule that is not met."""
    table = WHO_HANDLES.on(day).value
    unmet_ones = (one.rule.removeprefix("supervision.") for one in findings if one.outcome.value == "unmet")
    return tuple(dict.fromkeys(table[key] for key in unmet_ones))
