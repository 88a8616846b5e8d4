"""人员安排查询: whom of its roster may a body put into a sitting, who is needed elsewhere or kept away, and who served before?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from touchstone.accounts.queries import finding_of, restrictions_on
from touchstone.exams.models import Plan, Sitting
from touchstone.exams.queries.sittings import booked_elsewhere, staff
from touchstone.exams.states import Part
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.violations.acts import Party

_EARLIER = 8


@dataclass(frozen=True)
class Booked:
    """That somebody serves in a sitting of the body that day; `supervises`: as its internal supervisor, who may watch several at once."""

    sitting: str
    starts_at: datetime
    ends_at: datetime
    words: str
    supervises: bool = False

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """This method will say whether it falls into the same time."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True)
class Available:
    """One of the roster on the day of an exam: kept away by a case (`kept_away`) or not, and where they serve already."""

    member: Any
    kept_away: Finding | None
    booked: tuple[Booked, ...]

    def why_not(self, starts_at: datetime, ends_at: datetime, apart_from: str = "") -> str:
        """This method will give the sentence why they cannot serve from one moment to another; empty when they can."""
        if self.kept_away is not None:
            return self.kept_away.reason
        watches = self.member.duty == "internal_supervisor"
        others = (one for one in self.booked if one.sitting != apart_from and not (watches and one.supervises))
        met = next((one for one in others if one.meets(starts_at, ends_at)), None)
        return f"同一时间已安排在{met.words}" if met is not None else ""


def availability(plan: Plan) -> list[Available]:
    """This function will give the body's roster on the day of a plan's exam, each with what keeps them from a sitting; three queries for all."""
    members = list(staff(plan, plan.exam_on))
    booked = _booked(plan)
    standing = restrictions_on([one.person_id for one in members], Party.STAFF, plan.exam_on)
    found = []
    for one in members:
        finding = finding_of(standing.get(one.person_id), Party.STAFF, plan.exam_on)
        found.append(Available(one, None if finding.outcome is Outcome.MET else finding, tuple(booked.get(one.person.number, ()))))
    return found


def _booked(plan: Plan) -> dict[str, list[Booked]]:
    """Where everybody serves already on the day, by the number of the person."""
    found: dict[str, list[Booked]] = {}
    for one in booked_elsewhere(plan).select_related("plan", "supervisor").order_by("starts_at"):
        hours = f"{localtime(one.starts_at):%H:%M}至{localtime(one.ends_at):%H:%M}"
        words = f"“{one.plan.title}”的{Part(one.part).label}（{hours}）"
        for person in one.invigilators:
            found.setdefault(person["number"], []).append(Booked(one.number, one.starts_at, one.ends_at, words))
        if one.supervisor is not None:
            found.setdefault(one.supervisor.number, []).append(Booked(one.number, one.starts_at, one.ends_at, words, supervises=True))
    return found


def earlier_sittings(plan: Plan, parts: Iterable[Part]) -> QuerySet[Sitting]:
    """This function will give the latest sittings of the body with people of its own in these parts, whose staffing may be copied."""
    own = Sitting.objects.filter(plan__body_id=plan.body_id, part__in=list(parts), starts_at__date__lte=plan.exam_on)
    named = own.filter(~Q(invigilators=[]) | Q(supervisor__isnull=False)).exclude(plan__state="cancelled")
    return named.select_related("plan", "room", "supervisor").order_by("-starts_at", "-pk")[:_EARLIER]
