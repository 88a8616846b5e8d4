"""公告: an enterprise says how many posts it fills, of which kind and occupation, by which criteria, until when one may apply; or calls it off."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.appointments import permissions
from touchstone.appointments.models import Round
from touchstone.appointments.operations._case import locked, tell_offices
from touchstone.appointments.states import LAW, MOVES, State
from touchstone.bodies.queries import own_body
from touchstone.catalogue.queries import codes_of, levels_of, occupation, trade
from touchstone.filings.queries import scope_in_force
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import all_met, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.appointments.conditions import appointed_by_enterprise, filed_high_enough, occupation_has_level_1
from touchstone.policy.appointments.term import TERM_LONGEST
from touchstone.policy.eligibility.levels import SeniorPost
from touchstone.policy.roles import BodyKind
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


@dataclass(frozen=True)
class Announcement:
    """What is announced: the post, the occupation (by code) with its trade, how many posts, the criteria, until when one may apply, the term."""

    post: SeniorPost
    occupation_code: str
    posts: int
    criteria: str
    applications_until: date
    term_years: int
    trade_name: str = ""


@transaction.atomic
def announce_round(*, announced: Announcement, by: Actor, at: datetime) -> Round:
    """This function will announce a round of the actor's enterprise and tell the offices that look on.

    :raises Refusal: for another kind of body, an occupation without 高级技师 or not filed so far, or terms that cannot be.
    """
    permissions.check_may(by, "announce")
    body, day = own_body(by), localtime(at).date()
    trade_of = occupation(announced.occupation_code, day)
    if trade_of is None:
        raise Refusal("目录中没有这个职业。", LAW, "请从本机构已备案的职业中选择。")
    under = trade(trade_of, announced.trade_name, day) if announced.trade_name else None
    found = [
        appointed_by_enterprise(BodyKind(body.kind), day),
        occupation_has_level_1(trade_of.name, tuple(levels_of(trade_of, under, day)), day),
        filed_high_enough(trade_of.name, _filed_levels(body, trade_of.code, announced.trade_name, day), day),
    ]
    all_met(found, "请先办理备案或备案变更。")
    _check_terms(announced, day)
    made = Round.objects.create(
        number=f"PP{at:%Y}{next_serial(f'appointment-round-{at:%Y}'):05d}",
        body=body,
        post=announced.post,
        occupation_code=trade_of.code,
        occupation_name=trade_of.name,
        trade_name=announced.trade_name,
        posts=announced.posts,
        criteria=announced.criteria.strip(),
        applications_until=announced.applications_until,
        term_years=announced.term_years,
        findings=records(found),
        announced_at=at,
        announced_by_id=by.user_id,
    )
    detail = {"post": made.post, "occupation": made.occupation_code, "posts": made.posts, "until": str(made.applications_until)}
    record("appointment.announced", made.number, by=by, at=at, detail=detail | {"findings": made.findings})
    tell_offices(made, f"评聘公告：{body.name}{made.title}", f"岗位{made.posts}个，申报到{made.applications_until}为止。", by=by, at=at)
    return made


@transaction.atomic
def cancel_round(*, number: str, reason: str, by: Actor, at: datetime) -> Round:
    """This function will call a round off before its result stands before the public. :raises Refusal: without a reason."""
    found = locked(number)
    permissions.check_may(by, "cancel", found)
    state = MOVES.check("cancel", State(found.state))
    if not reason.strip():
        raise Refusal("请写明取消的原因。", LAW, "原因告知已申报的职工。")
    found.ended_because = reason.strip()
    found.move_to(state)
    record("appointment.cancelled", number, by=by, at=at, reason=found.ended_because)
    close_tasks(case=number, by=by, at=at, outcome="评聘已取消")
    return found


def _filed_levels(body: "Body", code: str, trade_name: str, day: date) -> tuple[int, ...]:
    """Give the levels of an occupation (and trade) for which a body is filed on `day`."""
    lines = scope_in_force(day, body).filter(occupation__code__in=codes_of(code))
    return tuple(sorted({one.level for one in lines if (one.trade.name if one.trade else "") in {"", trade_name}}))


def _check_terms(announced: Announcement, day: date) -> None:
    longest = TERM_LONGEST.on(day)
    if announced.posts < 1:
        raise Refusal("岗位数至少为1个。", LAW, "请按企业岗位设置填写。")
    if not announced.criteria.strip():
        raise Refusal("请写明评聘条件和办法。", LAW, "例如：业绩要求、评审方式、待遇。")
    if announced.applications_until < day:
        raise Refusal("申报截止日已经过去。", LAW, "请给职工留出申报的时间。")
    if not 1 <= announced.term_years <= longest.value:
        raise Refusal(f"聘期应在1至{longest.value}年之间。", longest.clause, "期满可以续聘。")
