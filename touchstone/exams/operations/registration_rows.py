"""成批报名: rows that a body's own system sends are registered together, each with an outcome of its own."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Candidate
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.registration_entry import Entered, Entry, enter
from touchstone.exams.operations.registration_gate import check_ground, check_open
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record_many
from touchstone.policy.eligibility.conditions import find_condition
from touchstone.policy.eligibility.levels import Level


@transaction.atomic
def register_candidates(
    *, plan_number: str, entries: Sequence[Entry], by: Actor, at: datetime, received_on: date | None = None
) -> list[Entered | Refusal]:
    """This function will register every row that can be and give what came of each, in order; one that is refused keeps back no other. The rows
    came in on `received_on` (today, when none is given): that day decides, however long they waited in the queue.

    :raises Refusal: when registration was closed on that day.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "register", plan)
    day = received_on or at.date()
    check_open(plan, day)
    found: list[Entered | Refusal | None] = [None] * len(entries)
    fit: list[int] = []
    for place, entry in enumerate(entries):
        try:
            check_ground(plan, entry.ground, entry.employment, day)
            find_condition(entry.condition, Level(plan.level), day)
        except Refusal as refusal:
            found[place] = refusal
        else:
            fit.append(place)
    came: list[Candidate] = []
    for place, entered in zip(fit, enter(plan, [entries[n] for n in fit], applied_on=day, by=by, at=at), strict=True):
        found[place] = entered
        if entered.new and entered.candidate is not None:
            came.append(entered.candidate)
    lines = [(one.number, {"candidate": one.number, "state": one.state, "findings": one.findings}) for one in came]
    record_many("candidate.registered", lines, by=by, at=at)
    return [one for one in found if one is not None]
