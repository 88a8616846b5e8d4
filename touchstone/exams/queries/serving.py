"""当班查询: as what does somebody serve in a sitting, and which sittings are theirs today?"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import make_aware

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Sitting
from touchstone.experts.queries.dispatch import cases_sent_to, request_for, sent_now

if TYPE_CHECKING:
    from touchstone.accounts.models import User


class Duty(StrEnum):
    """As what somebody serves in a sitting."""

    SUPERVISES = "supervises"
    WATCHES = "watches"
    JUDGES = "judges"

    @property
    def label(self) -> str:
        return {"supervises": "内部质量督导员", "watches": "监考或考评人员", "judges": "派遣的考评人员"}[self.value]


def duties(sitting: Sitting, user: "User | None") -> frozenset[Duty]:
    """This function will say as what the person behind a log-in serves in a sitting; nothing where they do not."""
    person = user.person if user is not None else None
    if person is None:
        return frozenset()
    found = set()
    if sitting.supervisor_id == person.pk:
        found.add(Duty.SUPERVISES)
    if any(one["number"] == person.number for one in sitting.invigilators):
        found.add(Duty.WATCHES)
    asked = request_for(sitting.number)
    if asked is not None and any(one.member.person_id == person.pk for one in sent_now(asked)):
        found.add(Duty.JUDGES)
    return frozenset(found)


def held_sitting(number: str) -> Sitting:
    """This function will give a sitting with its plan, body, room and people. :raises Sitting.DoesNotExist:"""
    rows = Sitting.objects.select_related("plan__body", "plan__venue", "plan__occupation", "plan__trade", "room", "supervisor", "opened_by__person")
    return rows.get(number=number)


def counted_sittings() -> QuerySet[Sitting]:
    """This function will give sittings with how many are seated, present, absent and not yet noted."""
    return Sitting.objects.annotate(
        seated=Count("seats"),
        present=Count("seats", filter=Q(seats__present=True)),
        absent=Count("seats", filter=Q(seats__present=False)),
        unnoted=Count("seats", filter=Q(seats__present__isnull=True)),
    )


def on_days(first: date, last: date) -> Q:
    """This function will narrow sittings to those that start from one day to another, both included."""
    starts: datetime = make_aware(datetime.combine(first, time()))
    return Q(starts_at__gte=starts, starts_at__lt=make_aware(datetime.combine(last, time())) + timedelta(days=1))


def sittings_of_person(user: "User | None", first: date, last: date) -> QuerySet[Sitting]:
    """This function will give the settled sittings in which somebody serves from one day to another, in order of time."""
    rows = counted_sittings().filter(on_days(first, last)).exclude(plan__state__in=["drafted", "reported", "reviewed", "cancelled"])
    rows = rows.select_related("plan__body", "plan__venue", "room", "supervisor").order_by("starts_at", "number")
    person = user.person if user is not None else None
    if person is None:
        return rows.none()
    mine = Q(supervisor=person) | Q(invigilators__contains=[{"number": person.number}]) | Q(number__in=cases_sent_to(person.pk))
    return rows.filter(mine)


def sittings_of_body(actor: Actor, first: date, last: date) -> QuerySet[Sitting]:
    """This function will give the settled sittings of the actor's body from one day to another, in order of time."""
    rows = counted_sittings().filter(on_days(first, last), plan__body__office_id=actor.office_id)
    rows = rows.exclude(plan__state__in=["drafted", "reported", "reviewed", "cancelled"])
    return rows.select_related("plan__body", "plan__venue", "room", "supervisor").order_by("starts_at", "number")
