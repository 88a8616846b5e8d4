"""本人要办的: what about their own certificates waits for a person, and until when?"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.revocations.models import HolderRequest, RevocationRow
from touchstone.revocations.queries.cases import own_rows, requests
from touchstone.revocations.states import EXECUTED, AppealState, RequestState, RowState, State

SHOWN_FOR = timedelta(days=30)
"""What was answered stays before the person so long: nobody notes when they have read it."""


@dataclass(frozen=True)
class Matter:
    """One thing: to state one's case, to accept or appeal against a decision, or to see what was answered. `until` is the last day, where there is
    one; `row` or `asked` is what it is about."""

    what: str
    until: date | None
    row: RevocationRow | None = None
    asked: HolderRequest | None = None


def own_matters(actor: Actor, day: date) -> list[Matter]:
    """This function will give what waits for a person about their own certificates, what ends first at the top; two queries."""
    lately = day - SHOWN_FOR
    to_state = Q(state=RowState.EXAMINED, case__state=State.NOTIFIED, statement="")
    decided = Q(state__in=[RowState.ORDERED, *EXECUTED], appeal_state=AppealState.NONE, case__appeal_until__gte=day)
    answered = Q(appeal_state__in=[AppealState.DISMISSED, AppealState.GRANTED], answered_at__date__gte=lately)
    found = [_of_row(one, day) for one in own_rows(actor).filter(to_state | decided | answered)]
    ended = requests(actor).filter(state__in=[RequestState.GRANTED, RequestState.REFUSED], decided_at__date__gte=lately)
    found += [Matter("answered", None, asked=one) for one in ended]
    return sorted(found, key=lambda one: (one.until is None, one.until or day))


def _of_row(row: RevocationRow, day: date) -> Matter:
    if row.state == RowState.EXAMINED:
        late = row.case.heard_until is not None and row.case.heard_until < day  # still taken until it is sent up, and no day to name
        return Matter("state", None if late else row.case.heard_until, row)
    if row.appeal_state == AppealState.NONE:
        return Matter("decided", row.case.appeal_until, row)
    return Matter("appeal_answered", None, row)

