"""审题: by how many is a question judged, on what, and may these people judge it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

_SINCE = date(2024, 5, 1)
OURS = our_default("审题办法")
REVIEWERS = Dated("每道试题的审题人数", Value(_SINCE, 2, OURS), key="questions.reviewers", unit="人", changeable=True)


@dataclass(frozen=True)
class Item:
    """One thing a reviewer judges."""

    key: str
    title: str


ITEMS: Dated[tuple[Item, ...]] = Dated(
    "审题要点",
    Value(
        _SINCE,
        (
            Item("standard", "与标准的等级、鉴定点相符，不超纲"),
            Item("science", "内容科学准确，没有知识性错误"),
            Item("answer", "答案或评分点唯一、正确、可操作"),
            Item("words", "表述清楚，没有歧义和提示"),
            Item("fair", "没有地域、企业、性别等不公平因素"),
            Item("difficulty", "预估难度适当"),
        ),
        OURS,
    ),
    key="questions.review_items",
)


@dataclass(frozen=True)
class ReviewFacts:
    """The review of one version: who wrote it, who was asked, and what those who are done found."""

    author: int | None
    reviewers: tuple[int, ...]
    passes: tuple[bool, ...] = ()


@rule("审题人数足够，且都不是命题人")
def judged_by_others(review: ReviewFacts, day: date) -> Finding:
    """Whether enough people, all different and none of them the author, are asked to judge a question."""
    needed = REVIEWERS.on(day)
    if review.author in review.reviewers:
        return unmet("命题人不能审自己命的题", needed.clause)
    if len(set(review.reviewers)) != len(review.reviewers):
        return unmet("同一人不能审两次", needed.clause)
    if len(review.reviewers) < needed.value:
        return unmet(f"只有{len(review.reviewers)}名审题人，应有{needed.value}名", needed.clause)
    return met(f"{len(review.reviewers)}名审题人", needed.clause)


@rule("审题人全部通过")
def passed_by_all(review: ReviewFacts, day: date) -> Finding:
    """Whether all who were asked have judged the question, and all let it pass."""
    waiting = len(review.reviewers) - len(review.passes)
    if waiting > 0:
        return unmet(f"还有{waiting}名审题人没有提出意见", OURS)
    against = sum(not one for one in review.passes)
    return unmet(f"{against}名审题人要求修改", OURS) if against else met("审题人全部通过", OURS)


def tally(passes: Sequence[bool | None], day: date) -> bool | None:
    """This function will give the outcome of a review: None while somebody is still to judge, else whether all let it pass."""
    return None if any(one is None for one in passes) else all(passes)
