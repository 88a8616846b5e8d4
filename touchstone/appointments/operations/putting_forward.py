"""申报和推荐: a worker applies or is put forward, evidence is handed in and checked, every condition is found, and the list is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import not_restricted, person_behind
from touchstone.appointments import permissions
from touchstone.appointments.models import Nomination, Round
from touchstone.appointments.operations._case import locked
from touchstone.appointments.queries import first_appointed, standing_of
from touchstone.appointments.states import LAW, MOVES, Standing, State
from touchstone.bodies.queries import worker_on
from touchstone.catalogue.queries import codes_of
from touchstone.certificates.queries import held_by_people
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.kernel.rules import Finding, Outcome, records, weakest
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.appointments.conditions import CHIEF, Nominee, conditions_of
from touchstone.policy.eligibility.levels import SeniorPost
from touchstone.policy.roles import Role
from touchstone.policy.violations.acts import Party

if TYPE_CHECKING:
    from touchstone.accounts.models import Person

EVIDENCE = ("证书或聘书", "业绩材料", "其他")
_OUTCOMES = {Outcome.MET: Standing.QUALIFIED, Outcome.UNMET: Standing.UNQUALIFIED, Outcome.UNPROVEN: Standing.ENTERED}


@dataclass(frozen=True)
class Claim:
    """What somebody says for themselves: achievements, and, where our register does not hold it, since when they have had the rank below."""

    achievements: str
    held_since: date | None = None
    held_number: str = ""


@transaction.atomic
def apply_for_post(*, number: str, claim: Claim, by: Actor, at: datetime) -> Nomination:
    """This function will take the application of the worker who acts. :raises Refusal: as `put_forward`."""
    permissions.check_may_apply(by)
    person = person_behind(by)
    if person is None:
        raise Refusal("没有找到您的身份信息。", LAW, "请联系本单位经办人代为申报。")
    return _enter(locked(number), person, claim, by_self=True, by=by, at=at)


@transaction.atomic
def put_forward(*, number: str, person: "Person", claim: Claim, by: Actor, at: datetime) -> Nomination:
    """This function will put a worker of the enterprise forward.

    :raises Refusal: after the last day, for somebody not in post, or put forward already.
    """
    found = locked(number)
    permissions.check_may(by, "nominate", found)
    return _enter(found, person, claim, by_self=False, by=by, at=at)


@transaction.atomic
def add_evidence(*, number: str, label: str, name: str, content: bytes, by: Actor, at: datetime) -> Nomination:
    """This function will keep a paper under an application while the list is open: by the worker or by the enterprise.

    :raises Refusal: after the list was closed. :raises FileRefused: for a file that cannot be kept.
    """
    one = _held(number)
    _check_theirs(one, by)
    _check_open(one.round)
    attach(case=number, label=label if label in EVIDENCE else EVIDENCE[-1], name=name, content=content, by=by, at=at)
    return one


@transaction.atomic
def check_nomination(*, number: str, held: bool, achievements: bool, remark: str, by: Actor, at: datetime) -> Nomination:
    """This function will put down what the enterprise has checked against the papers, and find every condition anew.

    :raises Refusal: after the list was closed, or without a word on what was seen.
    """
    one = _held(number)
    permissions.check_may(by, "check", one.round)
    _check_open(one.round)
    if not remark.strip():
        raise Refusal("请写明核对情况。", LAW, "例如：核对高级技师证书原件、获奖证书原件。")
    one.held_checked, one.achievements_checked, one.remark = held, achievements, remark.strip()
    _find(one, localtime(at).date())
    one.save()
    detail = {"standing": one.standing, "findings": one.findings}
    record("appointment.checked", number, by=by, at=at, reason=one.remark, detail=detail)
    return one


@transaction.atomic
def withdraw_nomination(*, number: str, reason: str, by: Actor, at: datetime) -> Nomination:
    """This function will take an application back while the list is open. :raises Refusal: without a reason, or later."""
    one = _held(number)
    _check_theirs(one, by)
    _check_open(one.round)
    if not reason.strip():
        raise Refusal("请写明撤回的原因。", LAW, "撤回后在截止日前可以重新申报。")
    one.standing, one.closing_words = Standing.WITHDRAWN, reason.strip()
    one.save(update_fields=["standing", "closing_words"])
    record("appointment.withdrawn", number, by=by, at=at, reason=one.closing_words)
    return one


@transaction.atomic
def close_nominations(*, number: str, by: Actor, at: datetime) -> Round:
    """This function will close the list once everybody's conditions are found; those who meet them go before the panel.

    :raises Refusal: while the last day is not over, somebody is still unproven, or nobody qualifies.
    """
    found = locked(number)
    permissions.check_may(by, "close_nominations", found)
    state = MOVES.check("close_nominations", State(found.state))
    if localtime(at).date() <= found.applications_until:
        raise Refusal(f"申报到{found.applications_until}为止，尚未截止。", LAW, "截止日次日起办理。")
    entered = list(found.nominations.filter(standing=Standing.ENTERED).select_related("person"))
    if entered:
        names = "、".join(one.person.name for one in entered[:5])
        raise Refusal(f"还有{len(entered)}人的条件没有核对清楚（{names}）。", LAW, "请逐人登记核对情况；材料不齐的请本人补充或撤回。")
    qualified = found.nominations.filter(standing=Standing.QUALIFIED).count()
    if not qualified:
        raise Refusal("没有符合条件的人选。", LAW, "可以取消本次评聘，另行公告。")
    found.move_to(state)
    record("appointment.nominations_closed", number, by=by, at=at, detail={"qualified": qualified, "put_forward": found.nominations.count()})
    return found


def _enter(found: Round, person: "Person", claim: Claim, *, by_self: bool, by: Actor, at: datetime) -> Nomination:
    day = localtime(at).date()
    _check_open(found)
    if day > found.applications_until:
        raise Refusal(f"申报已于{found.applications_until}截止。", LAW, "请关注企业下一次评聘公告。")
    worker = worker_on(found.body, person.pk, day)
    if worker is None:
        raise Refusal(f"在岗职工登记中没有{person.name}，只能评聘本单位在岗职工。", LAW, "漏登记的，请企业先在“评价对象”登记为在岗职工。")
    if found.nominations.filter(person=person).exclude(standing=Standing.WITHDRAWN).exists():
        raise Refusal(f"{person.name}已在本次评聘的申报名单中。", LAW, "请在原申报中补充材料。")
    if not claim.achievements.strip():
        raise Refusal("请填写业绩。", LAW, "例如：解决的技术难题、获奖、革新成果、带徒情况。")
    one = Nomination(
        number=f"PS{at:%Y}{next_serial(f'appointment-nomination-{at:%Y}'):06d}",
        round=found,
        person=person,
        name_key=name_key(person.name),
        by_self=by_self,
        work_post=worker.post,
        achievements=claim.achievements.strip(),
        held_since=claim.held_since,
        held_number=claim.held_number.strip(),
        entered_at=at,
    )
    _look_up(one)
    _find(one, day)
    one.save()
    detail = {"person": person.number, "round": found.number, "by_self": by_self, "findings": one.findings}
    record("appointment.put_forward", one.number, by=by, at=at, detail=detail)
    return one


def _look_up(one: Nomination) -> None:
    """What our own registers hold of the rank below goes before what was claimed."""
    codes = codes_of(one.round.occupation_code)
    if one.round.post == CHIEF:
        first = first_appointed(one.person_id, SeniorPost.SPECIAL_TECHNICIAN, codes)
        if first is not None:
            one.held_since, one.held_number, one.registered = first.since, first.number, True
        return
    held = [row for row in held_by_people([one.person_id], *codes) if row.level == "1"]
    if held:
        earliest = min(held, key=lambda row: row.issued_on)
        one.held_since, one.held_number, one.registered = earliest.issued_on, earliest.number, True


def _find(one: Nomination, day: date) -> None:
    codes = codes_of(one.round.occupation_code)
    nominee = Nominee(
        post=SeniorPost(one.round.post),
        in_post=worker_on(one.round.body, one.person_id, day) is not None,
        held_since=one.held_since,
        shown=one.registered or one.held_checked,
        achievements=bool(one.achievements),
        evidenced=one.achievements_checked,
        serving=standing_of(one.person_id, one.round.body_id, codes).filter(post=one.round.post).exists(),
    )
    found: Sequence[Finding] = (*conditions_of(nominee, day), not_restricted(one.person_id, Party.CANDIDATE, day))
    one.findings = records(found)
    one.standing = _OUTCOMES[weakest(found)]


def _held(number: str) -> Nomination:
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("round__body__office", "person")
    return rows.get(number=number)


def _check_theirs(one: Nomination, by: Actor) -> None:
    """The worker acts on their own application, the enterprise on all of its round."""
    person = person_behind(by)
    if by.office_id and person is not None and person.pk == one.person_id and by.has(Role.CANDIDATE):
        return
    permissions.check_may(by, "nominate", one.round)


def _check_open(found: Round) -> None:
    if found.state != State.ANNOUNCED:
        raise Refusal(f"本次评聘当前为“{State(found.state).label}”，不再接受申报和材料。", LAW, "请关注企业下一次评聘公告。")
