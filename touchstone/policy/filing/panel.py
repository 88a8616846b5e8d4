"""专家复核: how many experts, who must stand aside, and what do their opinions come to?

`通知 三(一)3`: 市职鉴中心 has experts look again. Numbers and majority are ours until the city lays them down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default

_SINCE = date(2024, 5, 1)
_TOPIC = our_default("专家复核")
LAW = notice("三(一)3")

LEAST_EXPERTS = Dated("专家复核的最少人数", Value(_SINCE, 3, _TOPIC), key="filing.least_experts", unit="人", changeable=True)


@dataclass(frozen=True)
class Tie:
    """What is known of one expert and the applicant."""

    name: str
    serves_applicant: bool = False
    assessed_it: bool = False


@rule("专家与申请单位没有应当回避的关系")
def expert_is_free(tie: Tie, day: date) -> Finding:
    """Whether an expert may sit: not of the applicant's people, and not one who assessed it before."""
    if tie.serves_applicant:
        return unmet(f"{tie.name}在申请单位任职，应当回避", _TOPIC)
    if tie.assessed_it:
        return unmet(f"{tie.name}参加过本次申请的技术评估，应当回避", _TOPIC)
    return met(f"{tie.name}未见应当回避的关系", _TOPIC)


@rule("专家组人数为不少于规定人数的单数")
def panel_is_odd(count: int, day: date) -> Finding:
    """Whether a panel is large enough and odd, so that it cannot be divided evenly."""
    least = LEAST_EXPERTS.on(day)
    if count < least.value or count % 2 == 0:
        return unmet(f"现为{count}人，应为不少于{least.value}人的单数", least.clause)
    return met(f"专家组{count}人", least.clause)


@rule("专家复核多数同意")
def panel_agrees(votes: Sequence[bool | None], day: date) -> Finding:
    """Whether more than half of the panel agree; open until everybody has spoken."""
    silent = sum(vote is None for vote in votes)
    if silent:
        return unproven(f"还有{silent}名专家没有提交意见", LAW, ask_for="其余专家的复核意见")
    yes = sum(vote is True for vote in votes)
    if yes * 2 > len(votes):
        return met(f"{len(votes)}名专家中{yes}名同意", LAW)
    return unmet(f"{len(votes)}名专家中只有{yes}名同意", LAW)
