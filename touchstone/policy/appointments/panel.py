"""评审组与表决: is the panel such that it may judge, who must step back, and who is carried by its votes?

No document of the city lays down the panel of a 评聘; the numbers are ours, modelled on the panel of 综合评审 (odd, at least three).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.appointments.conditions import SINCE
from touchstone.policy.documents import our_default

_OURS = our_default("评聘评审组")
PANEL_LEAST: Dated[int] = Dated("评聘评审组的最少人数", Value(SINCE, 5, _OURS), key="appointments.panel_least", unit="人", changeable=True)
OUTSIDERS_LEAST: Dated[int] = Dated(
    "评聘评审组中外单位专家的最少人数", Value(SINCE, 1, _OURS), key="appointments.outsiders_least", unit="人", changeable=True
)
VOTES_OF_THREE: Dated[int] = Dated(
    "评聘通过所需的赞成票（占有表决权评委的三分之几）", Value(SINCE, 2, our_default("评聘表决")), key="appointments.votes_of_three", changeable=True
)
OBJECTION_DAYS: Dated[int] = Dated(
    "评聘结果公示的工作日数", Value(SINCE, 5, our_default("评聘公示期")), key="appointments.notice_days", unit="个工作日", changeable=True
)


@dataclass(frozen=True)
class Ballot:
    """How the panel voted on one person: of `seats` members, some stepped back; the rest voted for or against."""

    name: str
    seats: int
    recused: int
    votes_for: int
    votes_against: int


@rule("评审组人数为奇数且足够")
def panel_is_odd_and_large_enough(members: int, outsiders: int, day: date) -> Finding:
    """Whether the panel has an odd number of members, enough of them, some from outside."""
    least, outside = PANEL_LEAST.on(day), OUTSIDERS_LEAST.on(day)
    if members < least.value:
        return unmet(f"评审组{members}人，应不少于{least.value}人", least.clause)
    if members % 2 == 0:
        return unmet(f"评审组{members}人，应为奇数", least.clause)
    if outsiders < outside.value:
        return unmet(f"评审组有外单位专家{outsiders}人，应不少于{outside.value}人", outside.clause)
    return met(f"评审组{members}人，其中外单位专家{outsiders}人", least.clause)


@rule("评委不参评")
def members_are_not_nominees(both: Sequence[str], day: date) -> Finding:
    """Whether nobody judges in a round in which they are put forward themselves (`both`: names that stand in both lists)."""
    clause = PANEL_LEAST.on(day).clause
    if both:
        return unmet(f"{'、'.join(both)}参加本次评聘，不能担任评委", clause)
    return met("评委都不参加本次评聘", clause)


@rule("票数与到会评委相符，回避的不投票")
def ballot_adds_up(ballot: Ballot, day: date) -> Finding:
    """Whether as many votes were cast as there are members who did not step back, and more than half of the panel voted."""
    clause = VOTES_OF_THREE.on(day).clause
    voting = ballot.seats - ballot.recused
    cast = ballot.votes_for + ballot.votes_against
    if cast != voting:
        return unmet(f"{ballot.name}：评委{ballot.seats}人，回避{ballot.recused}人，应有{voting}票，登记了{cast}票", clause)
    if voting * 2 <= ballot.seats:
        return unmet(f"{ballot.name}：回避{ballot.recused}人后只有{voting}人表决，不到评审组的半数以上", clause)
    return met(f"{ballot.name}：{cast}票与{voting}名表决评委相符", clause)


@rule("得到足够的赞成票")
def carried(ballot: Ballot, day: date) -> Finding:
    """Whether enough of those who voted are for the person."""
    share = VOTES_OF_THREE.on(day)
    voting = ballot.seats - ballot.recused
    needed = -(-voting * share.value // 3)
    if ballot.votes_for < needed:
        return unmet(f"{ballot.name}得{ballot.votes_for}票，应得{needed}票", share.clause)
    return met(f"{ballot.name}得{ballot.votes_for}票，达到{needed}票", share.clause)


@rule("拟聘人数不超过岗位数")
def within_the_posts(chosen: int, posts: int, day: date) -> Finding:
    """Whether not more people are put forward for appointment than posts were announced."""
    clause = VOTES_OF_THREE.on(day).clause
    if chosen > posts:
        return unmet(f"票数相同的有{chosen}人，岗位只有{posts}个，须复投", clause)
    return met(f"拟聘{chosen}人，岗位{posts}个", clause)


def chosen_of(votes: Sequence[tuple[str, int]], posts: int) -> list[str]:
    """This function will give, of those carried (number, votes for), whom the posts go to: most votes first, with all who tie for the last."""
    ranked = sorted(votes, key=lambda pair: -pair[1])
    if len(ranked) <= posts:
        return [name for name, _ in ranked]
    last = ranked[posts - 1][1]
    return [name for name, count in ranked if count >= last]
