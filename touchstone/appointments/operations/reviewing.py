"""评审: an odd panel judges; who is close to somebody steps back; votes, minutes and who is carried are put down at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.appointments import permissions
from touchstone.appointments.models import Nomination, PanelMember, Recusal, Round
from touchstone.appointments.operations._case import locked
from touchstone.appointments.states import LAW, MOVES, Standing, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.kernel.rules import Outcome, all_met, records
from touchstone.ledger.operations import record
from touchstone.policy.appointments.panel import (
    Ballot,
    ballot_adds_up,
    carried,
    chosen_of,
    members_are_not_nominees,
    panel_is_odd_and_large_enough,
    within_the_posts,
)


@dataclass(frozen=True)
class Member:
    """A member of the panel as the minutes name them."""

    name: str
    unit: str
    rank: str
    outsider: bool = False


@dataclass(frozen=True)
class Vote:
    """How the panel voted on one person: for, against, and who stepped back for which reason (by the member's name)."""

    votes_for: int
    votes_against: int
    recused: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def record_review(
    *, number: str, panel: Sequence[Member], votes: Mapping[str, Vote], minutes: str, reviewed_on: date, by: Actor, at: datetime
) -> Round:
    """This function will put down the review: panel, recusals, votes by number of the nomination, minutes; who is carried is chosen for the posts.

    When nobody is carried the round is over.

    :raises Refusal: for a panel that may not judge, votes that do not add up, a tie for the last post, or without minutes.
    """
    found = locked(number)
    permissions.check_may(by, "review", found)
    state, day = MOVES.check("review", State(found.state)), localtime(at).date()
    if not found.applications_until < reviewed_on <= day:
        raise Refusal("评审日期应在申报截止之后，且不晚于今天。", LAW, "请按会议日期填写。")
    if not minutes.strip():
        raise Refusal("请填写评审纪要。", LAW, "写明业绩评审、现场答辩的情况和评审意见。")
    people = list(found.nominations.filter(standing=Standing.QUALIFIED).select_related("person").order_by("id"))
    by_name = {member.name.strip(): member for member in panel}
    both = sorted({name_key(name) for name in by_name} & {one.name_key for one in people})
    named = [one.person.name for one in people if one.name_key in both]
    checks = [
        panel_is_odd_and_large_enough(len(panel), sum(1 for member in panel if member.outsider), reviewed_on),
        members_are_not_nominees(named, reviewed_on),
    ]
    if len(by_name) != len(panel):
        raise Refusal("评委中有重名，无法区分谁回避。", LAW, "请在姓名后注明，例如“王伟（技术部）”。")
    missing = [one.person.name for one in people if one.number not in votes]
    if missing:
        raise Refusal(f"没有登记{'、'.join(missing)}的表决结果。", LAW, "每名符合条件的人选都要表决。")
    ballots = {one.number: _ballot(one, len(panel), votes[one.number], set(by_name)) for one in people}
    checks += [ballot_adds_up(ballot, reviewed_on) for ballot in ballots.values()]
    all_met(checks, "请按实际评审情况更正后再登记。")
    outcomes = {key: carried(ballot, reviewed_on) for key, ballot in ballots.items()}
    winners = [(key, ballots[key].votes_for) for key, one in outcomes.items() if one.outcome is Outcome.MET]
    chosen = set(chosen_of(winners, found.posts))
    fits = within_the_posts(len(chosen), found.posts, reviewed_on)
    all_met([fits], "请就票数相同的人选复投，按复投票数登记。")
    members = {
        name: PanelMember.objects.create(round=found, name=name, unit=member.unit.strip(), rank=member.rank.strip(), outsider=member.outsider)
        for name, member in by_name.items()
    }
    for one in people:
        vote = votes[one.number]
        one.votes_for, one.votes_against = vote.votes_for, vote.votes_against
        one.vote_findings = records([outcomes[one.number]])
        one.standing = Standing.CHOSEN if one.number in chosen else Standing.PASSED_OVER
        for name, reason in vote.recused.items():
            Recusal.objects.create(member=members[name], nomination=one, reason=reason.strip())
    Nomination.objects.bulk_update(people, ["votes_for", "votes_against", "vote_findings", "standing"])
    found.reviewed_on, found.minutes, found.review_findings = reviewed_on, minutes.strip(), records([*checks, fits])
    found.move_to(state)
    told = {one.number: [one.votes_for, one.votes_against, sorted(votes[one.number].recused)] for one in people}
    detail = {"panel": sorted(members), "votes": told, "chosen": sorted(chosen), "findings": found.review_findings}
    record("appointment.reviewed", number, by=by, at=at, reason=found.minutes, detail=detail)
    if not chosen:
        end_empty(found, "评审后没有人选得到足够的赞成票", by=by.with_key(""), at=at)
    return found


def end_empty(found: Round, reason: str, *, by: Actor, at: datetime) -> None:
    """This function will end a round in which nobody is left to appoint."""
    found.ended_because = reason
    found.move_to(MOVES.check("end_empty", State(found.state)))
    record("appointment.ended_empty", found.number, by=by, at=at, reason=reason)


def _ballot(one: Nomination, seats: int, vote: Vote, names: set[str]) -> Ballot:
    strangers = sorted(set(vote.recused) - names)
    if strangers:
        raise Refusal(f"回避的“{'、'.join(strangers)}”不是评委。", LAW, "请按评委名单填写回避人。")
    if any(not reason.strip() for reason in vote.recused.values()):
        raise Refusal(f"{one.person.name}：请写明评委回避的原因。", LAW, "例如：师徒关系、亲属关系。")
    return Ballot(one.person.name, seats, len(vote.recused), vote.votes_for, vote.votes_against)
