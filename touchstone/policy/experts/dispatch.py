"""派遣规则: how many people does a sitting need, who must not be sent there, and is the choice fair?

`通知 三(二)2` asks for 派遣管理 and leaves the numbers open. Rotation (at most three times in a row at one body, a third changed each time) and the
grounds of recusal are the trade's custom; ours, dated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default
from touchstone.policy.experts.kinds import CORPS, SINCE, MemberKind

_ROTATION, _RECUSAL, _LOAD, _HOURS = (our_default(name) for name in ("考评人员轮换", "考评人员回避", "考评人员承担次数", "派遣名单公开和签到"))
_WATCH = our_default("外部质量督导派遣")


def _number(key: str, meaning: str, value: int, unit: str, clause: Clause) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, clause), key=f"experts.{key}", unit=unit, changeable=True)


MOST_IN_A_ROW = _number("most_in_a_row", "考评人员在同一机构连续承担的最多次数", 3, "次", _ROTATION)
CHANGED_ONE_IN = _number("changed_one_in", "每次考评组成员至少更换几分之一", 3, "分之一", _ROTATION)
OWN_STAFF_AT_MOST = _number("own_staff_at_most", "同一场次中被评价机构本单位考评人员的最多人数", 0, "人", _RECUSAL)
MOST_A_MONTH = _number("most_a_month", "考评人员每月承担派遣的最多次数（本人另有申报的从其申报）", 8, "次", _LOAD)
REVEAL_BEFORE = _number("reveal_before", "派遣名单在开考前多少小时向评价机构公开", 12, "小时", _HOURS)
SIGN_IN_BEFORE = _number("sign_in_before", "考评、督导人员最早在开始前多少分钟签到", 120, "分钟", _HOURS)
REPORT_WITHIN = _number("report_within", "派遣任务结束后提交报告的期限", 2, "个工作日", _HOURS)
HIGHEST_CHANCE = _number("highest_chance", "任一考评人员被派往任一场次的最高概率", 25, "%", _LOAD)

SUPERVISORS_A_SITTING = _number("supervisors_a_sitting", "一场考试派出的外部质量督导员人数", 1, "名", _WATCH)


@dataclass(frozen=True)
class Wanted:
    """People of one kind that a sitting needs: the slot's key, the kinds that serve, how many, and why."""

    slot: str
    kinds: tuple[MemberKind, ...]
    count: int
    why: str
    clause: Clause


def assessors_wanted(candidates: int, per_assessor: int, least: int, clause: Clause) -> Wanted:
    """This function will say how many assessors a sitting needs: one for each `per_assessor` candidates, never fewer than `least`, an odd number."""
    count = max(least, -(-candidates // per_assessor))
    count += 1 - count % 2
    why = f"{candidates}名考生，每{per_assessor}人至少1名，不少于{least}名且为单数"
    return Wanted("assessor", (MemberKind.ASSESSOR, MemberKind.SENIOR_ASSESSOR), count, why, clause)


def supervisors_wanted(kind: MemberKind, day: date) -> Wanted:
    """This function will say how many external supervisors of an office's corps watch a sitting that it chooses to have watched."""
    count = SUPERVISORS_A_SITTING.on(day)
    return Wanted("supervisor", (kind,), count.value, f"{kind.label}，每场{count.value}名", count.clause)


def tickets(*, seldom_sent: bool, near: bool) -> int:
    """This function will give how many tickets somebody has in a draw: two for who was sent less than most or lives in the venue's district, so that
    load and travel even out, and never more: nobody may become twice as likely as chance would have it."""
    return 2 if seldom_sent or near else 1


@rule("与被评价机构和考生没有应当回避的关系")
def may_judge(relations: Sequence[str]) -> Finding:
    """Whether nothing ties somebody to the body or to the candidates of a sitting."""
    if relations:
        return unmet(f"应当回避：{'、'.join(dict.fromkeys(relations))}", _RECUSAL)
    return met("没有申报或登记应当回避的关系", _RECUSAL)


@rule("没有在同一机构连续承担过多")
def turn_has_come(in_a_row: int, day: date) -> Finding:
    """Whether somebody may go to a body once more after so many times in a row."""
    most = MOST_IN_A_ROW.on(day)
    if in_a_row >= most.value:
        return unmet(f"在该机构已连续承担{in_a_row}次，最多连续{most.value}次", most.clause)
    return met(f"在该机构连续承担{in_a_row}次", most.clause)


@rule("当月承担次数未满")
def month_not_full(sent: int, own_limit: int, day: date) -> Finding:
    """Whether somebody can be sent once more this month; `own_limit` is the person's own (0: none)."""
    most = MOST_A_MONTH.on(day)
    limit = min(own_limit, most.value) if own_limit else most.value
    if sent >= limit:
        return unmet(f"当月已派{sent}次，最多{limit}次", most.clause)
    return met(f"当月已派{sent}次", most.clause)


@rule("当时可以承担")
def is_free(away: bool, engaged: bool) -> Finding:
    """Whether somebody is free at the time of a sitting."""
    if away:
        return unmet("本人登记当日不能承担", CORPS)
    if engaged:
        return unmet("同一时间已被派往其他场次", CORPS)
    return met("当时没有其他任务", CORPS)


@rule("可派人员足够")
def enough_can_come(wanted: int, qualified: int, can_come: int, left_out: Mapping[str, int]) -> Finding:
    """Whether as many can be sent as are wanted; if not, what keeps how many of the qualified away."""
    if can_come >= wanted:
        return met(f"需要{wanted}名，符合资格{qualified}名，可派{can_come}名", CORPS)
    causes = "、".join(f"{cause}{count}名" for cause, count in sorted(left_out.items(), key=lambda one: (-one[1], one[0])))
    return unmet(f"需要{wanted}名，符合资格{qualified}名，可派{can_come}名{f'，其余{causes}' if causes else ''}", CORPS)


@rule("考评组成员有更换")
def panel_changed(count: int, kept: int, day: date) -> Finding:
    """Whether enough of a panel was not in the panel that went to this body before."""
    least = CHANGED_ONE_IN.on(day)
    if kept > kept_at_most(count, day):
        return unmet(f"{count}人中有{kept}人上次也在该机构考评，至少应更换{least.value}分之一", least.clause)
    return met(f"{count}人中更换{count - kept}人", least.clause)


def kept_at_most(count: int, day: date) -> int:
    """This function will give how many of a panel may have been in the one before: where a third changes, two of three, three of five."""
    return count - -(-count // CHANGED_ONE_IN.on(day).value)


def chance_at_most(count: int, eligible: int, day: date) -> float:
    """This function will give the highest chance anybody may have to be sent to a sitting that needs `count` of so many who can be sent."""
    return max(HIGHEST_CHANCE.on(day).value / 100, 2 * count / eligible) if eligible else 0.0
