"""接收入库: the rows of a reviewed batch are accepted, certificates the register did not know come into it, and all wait for the national query."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import enter_people
from touchstone.accounts.people import Identity
from touchstone.certificates.operations import Award, ToldCertificate, enter_told
from touchstone.certificates.queries import with_numbers
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.operations import record
from touchstone.policy.certificates.receiving import sample_is_looked_at
from touchstone.policy.exams.parts import Part
from touchstone.tasks.operations import close_tasks
from touchstone.uploads import permissions
from touchstone.uploads.models import Batch, Entry
from touchstone.uploads.operations._case import locked, opened
from touchstone.uploads.operations._graded import taken
from touchstone.uploads.states import MOVES, REVIEW, BatchState, EntryState, National


@transaction.atomic
def accept(*, number: str, by: Actor, at: datetime) -> Batch:
    """This function will accept a batch whose drawn rows were looked at: its certificates are in the register from now on, and go to the
    national query.

    :raises Refusal: while a row is pointed out as wrong, or a drawn one was not looked at.
    """
    batch = locked(number)
    permissions.check_may(by, "accept", batch)
    state = MOVES.check("accept", BatchState(batch.state))
    objected = batch.entries.filter(state=EntryState.OBJECTED).count()
    if objected:
        raise Refusal(f"有{objected}行指出有误，不能接收。", REVIEW, "请退回更正，或在该行改为无误。")
    drawn = batch.entries.filter(drawn=True, state=EntryState.PASSED)
    many, seen, day = drawn.count(), drawn.filter(looked_at__isnull=False).count(), localtime(at).date()
    must(sample_is_looked_at(many, seen, day), "请看过抽中的行再接收。")
    must(taken(batch, many == seen, day), "请看过抽中的行再接收。")
    batch.decided_at, batch.decided_by_id, batch.due_on = at, by.user_id, None
    batch.move_to(state)
    _into_register(batch, by=by, at=at)
    close_tasks(case=number, by=by, at=at, outcome="已接收")
    return batch


def accept_at_once(batch: Batch, *, by: Actor, at: datetime) -> None:
    """This function will accept a batch of a body whose grade allows it before anybody looked (先收后查), within the caller's transaction; the task
    of looking at the drawn rows stays open."""
    state = MOVES.check("accept", BatchState(batch.state))
    batch.decided_at, batch.due_on = at, None
    batch.move_to(state)
    _into_register(batch, by=by, at=at)


def accept_existing(batch: Batch, *, by: Actor, at: datetime) -> None:
    """This function will accept existing certificates that an office loads after a dry run, within the caller's transaction."""
    batch.decided_at, batch.decided_by_id = at, batch.received_by_id
    batch.move_to(BatchState.ACCEPTED)
    _into_register(batch, by=by, at=at)


def _into_register(batch: Batch, *, by: Actor, at: datetime) -> None:
    passed = list(batch.entries.filter(state=EntryState.PASSED).order_by("row_number"))
    known = set(with_numbers(one.number for one in passed).values_list("number", flat=True))
    # whose certificate is in the register is entered already, there under the name of before where the certificate was put right
    rows = [one for one in passed if one.number not in known]
    people = enter_people(identities=[_identity(one) for one in rows], case=batch.number, by=by, at=at)
    kept = [one for one in passed if one.number in known]
    told: list[ToldCertificate] = []
    for one, person in zip(rows, people, strict=True):
        if isinstance(person, Refusal):
            one.state, one.link, one.sentence = EntryState.REFUSED, "identity", str(person)[:600]
            one.save(update_fields=["state", "link", "sentence"])
            continue
        kept.append(one)
        told.append(_told(one, person.pk))
    entered = enter_told(body=batch.body, told=told, case=batch.number, by=by.with_key(""), at=at)
    Entry.objects.filter(pk__in=[one.pk for one in kept]).update(state=EntryState.ACCEPTED, national=National.WAITING)
    detail = {"accepted": len(kept), "entered": entered, "not_entered": len(passed) - len(kept)}
    record("certificate_batch.accepted", batch.number, by=by, at=at, detail=detail)


def _identity(one: Entry) -> Identity:
    return Identity(one.name, opened(one), "", one.id_kind)


def _told(one: Entry, holder: int) -> ToldCertificate:
    marks = {Part.THEORY: one.theory, Part.PRACTICAL: one.practical, Part.PANEL: one.panel}
    scores = {part: mark for part, mark in marks.items() if mark is not None}
    basis = {"batch": one.batch.number, "plan": one.plan_number}
    award = Award(one.candidate_number or one.number, holder, one.name, scores, basis)
    assert one.issued_on is not None
    occupation = (one.occupation_code, one.occupation_name, one.trade_name)
    return ToldCertificate(one.number, award, occupation, one.issued_on, one.plan_number)
