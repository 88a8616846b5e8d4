"""聘任: the leader appoints those chosen for a term; each gets a certificate of the post, and the offices are told."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.appointments import permissions
from touchstone.appointments.models import Appointment, Nomination, Round, Term
from touchstone.appointments.operations._case import locked, tell_offices
from touchstone.appointments.queries import standing_of
from touchstone.appointments.states import LAW, MOVES, Standing, State
from touchstone.bodies.queries import worker_on
from touchstone.catalogue.queries import codes_of
from touchstone.certificates.operations import Award, issue
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_years
from touchstone.kernel.rules import Finding, all_met, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.appointments.conditions import CHIEF, SPECIAL
from touchstone.policy.appointments.term import Ending, term_is_in_bounds
from touchstone.policy.eligibility.levels import SeniorPost
from touchstone.policy.roles import BodyKind
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def appoint_chosen(*, number: str, since: date, words: str, by: Actor, at: datetime) -> list[Appointment]:
    """This function will appoint those chosen, from `since` for the term announced, and issue a certificate of the post to each.

    Somebody who has left since, or holds a certificate of the post already, is told apart: an appointment stands without a new certificate.

    :raises Refusal: for a term out of bounds, without the leader's words, or when nobody is left in post.
    """
    found = locked(number)
    permissions.check_may(by, "appoint", found)
    state, day = MOVES.check("appoint", State(found.state)), localtime(at).date()
    if not words.strip():
        raise Refusal("请填写聘任意见。", LAW, "例如：经研究，同意聘任。")
    if since < day:
        raise Refusal("聘期起始日不能早于今天。", LAW, "请按聘任文件填写。")
    term = term_is_in_bounds(since, add_years(since, found.term_years), day)
    all_met([term], "请更正起始日或聘期。")
    chosen = list(found.nominations.filter(standing=Standing.CHOSEN).select_related("person").order_by("id"))
    here = [one for one in chosen if worker_on(found.body, one.person_id, day) is not None]
    if not here:
        raise Refusal("拟聘人选都已离岗，没有可以聘任的人。", LAW, "请核对在岗职工登记。")
    made = [_appoint(found, one, since, words.strip(), term, at=at) for one in here]
    _certify(found, made, by=by, at=at)
    for one in chosen:
        one.standing = Standing.APPOINTED if one in here else Standing.STRUCK
        one.closing_words = "" if one in here else "聘任前已离岗"
    Nomination.objects.bulk_update(chosen, ["standing", "closing_words"])
    found.move_to(state)
    for held in made:
        days = {"since": str(held.since), "until": str(held.until)}
        detail = {"round": number, "person": held.person.number, "certificate": held.certificate_number} | days
        record("appointment.made", held.number, by=by.with_key(""), at=at, reason=words.strip(), detail=detail)
        _end_lower_post(held, by=by, at=at)
    record("appointment.appointed", number, by=by, at=at, reason=words.strip(), detail={"appointed": [held.number for held in made]})
    close_tasks(case=number, by=by, at=at, outcome="已聘任")
    names = "、".join(held.person.name for held in made)
    tell_offices(found, f"聘任{found.get_post_display()}：{found.body.name}", f"聘任{names}，聘期{found.term_years}年。", by=by, at=at)
    return made


def _appoint(found: Round, one: Nomination, since: date, words: str, term: Finding, *, at: datetime) -> Appointment:
    until = add_years(since, found.term_years)
    made = Appointment.objects.create(
        number=f"PR{at:%Y}{next_serial(f'appointment-{at:%Y}'):05d}",
        nomination=one,
        body=found.body,
        person=one.person,
        name_key=one.name_key,
        post=found.post,
        occupation_code=found.occupation_code,
        occupation_name=found.occupation_name,
        trade_name=found.trade_name,
        since=since,
        until=until,
        appointed_at=at,
    )
    Term.objects.create(appointment=made, since=since, until=until, words=words, findings=records([term]), decided_at=at)
    return made


def _certify(found: Round, made: list[Appointment], *, by: Actor, at: datetime) -> None:
    awards = [
        Award(
            candidate_number=one.nomination.number,
            holder_id=one.person_id,
            holder_name=one.person.name,
            scores={},
            basis={"round": found.number, "appointment": one.number, "held": one.nomination.held_number, "notice": found.notice_number},
        )
        for one in made
    ]
    outcomes = issue(
        body=found.body,
        kind=BodyKind(found.body.kind),
        occupation_code=found.occupation_code,
        occupation_name=found.occupation_name,
        trade_name=found.trade_name,
        level=SeniorPost(found.post),
        plan_number=found.number,
        awards=awards,
        by=by.with_key(""),
        at=at,
    )
    for one, issued in zip(made, outcomes, strict=True):
        one.certificate_number, one.no_certificate = issued.certificate_number, issued.sentence
    Appointment.objects.bulk_update(made, ["certificate_number", "no_certificate"])


def _end_lower_post(one: Appointment, *, by: Actor, at: datetime) -> None:
    """Whoever becomes 首席技师 leaves the post of 特级技师 with the same enterprise."""
    if one.post != CHIEF:
        return
    for lower in standing_of(one.person_id, one.body_id, codes_of(one.occupation_code)).filter(post=SPECIAL):
        lower.end(ended_on=localtime(at).date(), ending=Ending.RAISED, ended_because=f"改聘首席技师（{one.number}）")
        record("appointment.ended", lower.number, by=by.with_key(""), at=at, reason=lower.ended_because, detail={"ending": Ending.RAISED})
