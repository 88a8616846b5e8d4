"""调取资料事实: in which capacity does an office supervise a body today, what does the platform hold of what is called for, and has it changed?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import venues_of
from touchstone.exams.queries.held import Held, digest, held_archive, held_roster, held_scores, held_sitting
from touchstone.filings.queries import filings_in_force
from touchstone.filings.queries.supervised import watched_body
from touchstone.inspections.models import RecordsItem
from touchstone.inspections.states.records import RecordsKind
from touchstone.kernel.rules import Finding, Outcome
from touchstone.ledger.queries import history
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.records import records_left_alone
from touchstone.policy.supervision.who import office_supervises
from touchstone.uploads.queries import rows_held

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

CHANGES_SHOWN = 200
_LOOKED_AT = (".opened", ".exported", ".printed", ".viewed", ".read")
"""Lines that tell of a look, not of a change."""


def supervises(actor: Actor, body: "Body", day: date) -> Finding:
    """This function will find whether the actor's office supervises a body on a day, by any of its filings in force, or as one never filed."""
    venues = list(venues_of(body))
    known = [watched_body(body, one, venues, day) for one in filings_in_force(day, body)] or [watched_body(body, None, venues, day)]
    kind = actor.office_kind or OfficeKind.ASSESSMENT_BODY
    place = actor.industry if kind is OfficeKind.INDUSTRY_AUTHORITY else actor.district if kind is OfficeKind.DISTRICT_BUREAU else ""
    found = [office_supervises(kind, place, it, day) for it in known]
    return next((one for one in found if one.outcome is Outcome.MET), found[0])


def held_now(kind: RecordsKind, reference: str, body: "Body") -> Held | None:
    """This function will give what the platform holds of something a body reported, as it is now; None where it has nothing under this number."""
    if kind is RecordsKind.BATCH:
        rows = rows_held(reference, body)
        return Held(f"证书数据批次 {reference}", reference, {key: digest(facts) for key, facts in rows.items()}) if rows is not None else None
    ways = {
        RecordsKind.ARCHIVE: held_archive,
        RecordsKind.ROSTER: held_roster,
        RecordsKind.SCORES: held_scores,
        RecordsKind.SITTING: held_sitting,
    }
    return ways[kind](reference, body) if kind in ways else None


@dataclass(frozen=True)
class Change:
    """A part of what was frozen that is not as it was: which, and in what way."""

    part: str
    how: str


@dataclass(frozen=True)
class LeftAlone:
    """Whether what was frozen is as it was: the finding, what changed (as many as are shown), how many in all, and since when."""

    finding: Finding
    changes: list[Change]
    count: int
    changed_at: datetime | None


def left_alone(item: RecordsItem, at: datetime) -> LeftAlone | None:
    """This function will find whether what was frozen has been left alone until a moment; None for what the platform does not hold."""
    if not item.fingerprint:
        return None
    call, day = item.call, localtime(at).date()
    now = held_now(RecordsKind(item.kind), item.reference, call.body)
    parts = now.parts if now is not None else {}
    changed = sorted(key for key in {*item.frozen, *parts} if item.frozen.get(key) != parts.get(key))
    since = _changed_at(item, changed, at) if changed else None
    told = [Change(key, "增加" if key not in item.frozen else "消失" if key not in parts else "改动") for key in changed[:CHANGES_SHOWN]]
    return LeftAlone(records_left_alone(call.called_at, since, day), told, len(changed), since)


def _changed_at(item: RecordsItem, changed: list[str], at: datetime) -> datetime:
    """The first line after the call on what changed; where the ledger names none, the moment it was seen."""
    subjects = {item.reference, *(key.split(" ")[0] for key in changed[:CHANGES_SHOWN])}
    for line in history(*subjects).filter(pk__gt=item.call.position):
        if not line.event.endswith(_LOOKED_AT):
            return line.at
    return at
