"""备案填报内容: what does an application say about the body, as the rules read it?

Frozen facts, made by the app that keeps drafts. `通知 三(二)5`: organisation, venues, people, equipment, rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from touchstone.policy.filing.scope import ScopeItem
from touchstone.policy.roles import BodyKind


class RoomPurpose(StrEnum):
    """What a room serves for; the values are those of the bodies' tables."""

    THEORY = "theory"
    PRACTICAL = "practical"
    PANEL = "panel"
    SECRECY = "secrecy"


class Duty(StrEnum):
    """What a person does for a body; the values are those of the bodies' tables."""

    MANAGER = "manager"
    ASSESSOR = "assessor"
    INTERNAL_SUPERVISOR = "internal_supervisor"
    INVIGILATOR = "invigilator"


@dataclass(frozen=True)
class RoomFacts:
    """A room: what it serves for, its seats, its cameras."""

    name: str
    purpose: RoomPurpose
    seats: int
    cameras: int


@dataclass(frozen=True)
class VenueFacts:
    """A venue: its district (empty outside the city), whether owned, and until when it is leased."""

    name: str
    district: str
    owned: bool
    leased_until: date | None
    rooms: tuple[RoomFacts, ...]


@dataclass(frozen=True)
class StaffFacts:
    """A person in one duty; `person` tells people apart, `occupation` is the code an assessor assesses."""

    person: str
    duty: Duty
    full_time: bool = True
    occupation: str = ""


@dataclass(frozen=True)
class DraftFacts:
    """A whole draft. `paper_sets` counts the sets of papers by `(occupation code, level)`; `evidence` names what is attached.

    `wanted` names what must be attached where that is not the whole list of a new filing.
    """

    kind: BodyKind
    uscc: str
    district: str
    venues: tuple[VenueFacts, ...] = ()
    staff: tuple[StaffFacts, ...] = ()
    scope: tuple[ScopeItem, ...] = ()
    systems: frozenset[str] = frozenset()
    paper_sets: Mapping[tuple[str, int], int] = field(default_factory=dict)
    evidence: frozenset[str] = frozenset()
    wanted: tuple[str, ...] | None = None
