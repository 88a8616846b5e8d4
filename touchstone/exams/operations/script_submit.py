"""机考交卷: a script is handed in by its candidate, or by the clock when time is over; the hash over every change goes on record."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.exams import permissions
from touchstone.exams.models import Script
from touchstone.exams.operations.script_answers import Change, Saved, keep, locked_script
from touchstone.exams.queries.scripts import changes as changes_of
from touchstone.exams.queries.scripts import past_their_end, script_by_key
from touchstone.exams.states import SubmittedBy
from touchstone.ledger.operations import record


def submit_script(*, script_id: int, holder: int, changes: Sequence[Change], at: datetime) -> Saved:
    """This function will hand in a script with its last changes; asked again it changes nothing.

    What was too late stands in the outcome and does not hold up the rest. :raises NotAllowed: to another browser.
    """
    with transaction.atomic():
        script = locked_script(script_id)
        permissions.check_writes(script, holder)
        if script.submitted_at is not None:
            return Saved(script, [one.sequence for one in changes], {})
        saved = keep(script, changes, at)
        seat = script_by_key(script.pk).seat
        _end(script, SubmittedBy.CANDIDATE, permissions.seat_actor(seat), at)
        return saved


def submit_ended(*, by: Actor, at: datetime) -> int:
    """This function will hand in every script whose time and grace are over, and count them. For the platform."""
    permissions.check_may(by, "clock")
    return sum(_by_the_clock(key, at) for key in past_their_end(at))


@transaction.atomic
def _by_the_clock(key: int, at: datetime) -> bool:
    script = locked_script(key)
    if script.submitted_at is not None or key not in past_their_end(at):
        return False  # handed in, or given more time, since the list was read
    _end(script, SubmittedBy.CLOCK, PLATFORM, at)
    return True


def _end(script: Script, how: SubmittedBy, by: Actor, at: datetime) -> None:
    rows = list(changes_of(script).values_list("holder", "sequence", "position", "response", "said_at", "at", "spent_ms"))
    script.digest = digest_of(rows)
    script.submitted_at, script.submitted_by = at, how.value
    script.save(update_fields=["submitted_at", "submitted_by", "digest"])
    detail = {"how": how.value, "answered": script.answered, "changes": len(rows), "sha256": script.digest, "computers": script.holder}
    record("script.submitted", script.number, by=by, at=at, detail=detail)


def digest_of(rows: Sequence[tuple[object, ...]]) -> str:
    """This function will give the SHA-256 over the changes of a script in order."""
    plain = [[one.isoformat() if isinstance(one, datetime) else one for one in row] for row in rows]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
