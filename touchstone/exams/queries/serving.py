"""当班查询: as what does somebody serve in a sitting, and which sittings are theirs today?"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import make_aware

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import user_behind
from touchstone.exams.models import HandOver, Incident, Plan, Seat, Sitting
from touchstone.exams.states import PlanState
from touchstone.experts.queries.dispatch import cases_sent_to, request_for, sent_now
from touchstone.policy.documents import notice

if TYPE_CHECKING:
    from touchstone.accounts.models import User

UNSETTLED = (PlanState.DRAFTED, PlanState.REPORTED, PlanState.REVIEWED, PlanState.CANCELLED)
"""Plans whose sittings may still change, or will never be held."""
_READ = ("plan__body", "plan__venue", "room", "supervisor")


class Duty(StrEnum):
    """As what somebody serves in a sitting."""

    SUPERVISES = "supervises"
    WATCHES = "watches"
    JUDGES = "judges"
    LOOKS_ON = "looks_on"

    @property
    def label(self) -> str:
        labels = {"supervises": "内部质量督导员", "watches": "监考或考评人员", "judges": "派遣的考评人员", "looks_on": "外部质量督导员"}
        return labels[self.value]


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
    elif cases_sent_to(person.pk).filter(request__case=sitting.number).exists():
        found.add(Duty.LOOKS_ON)
    return frozenset(found)


def held_sitting(number: str, actor: Actor) -> Sitting:
    """This function will give a settled sitting that the actor may look at: of their body, on their ground, or where they serve.

    :raises NotAllowed: for another's, and where there is none.
    """
    filed = ("plan__scope_item__filing__body", "plan__scope_item__filing__root__body")
    rows = _settled().select_related("plan__occupation", "plan__trade", "opened_by__person", *filed)
    found = rows.filter(number=number).first()
    seen = found is not None and (
        Plan.objects.visible_to(actor).filter(pk=found.plan_id).exists() or bool(duties(found, user_behind(actor)))
    )
    if found is None or not seen:
        raise NotAllowed("没有这个场次，或者它不归您查看。", notice("三(三)1"), "请从今日场次中选择；当班人员以考务编排为准。")
    return found


def _settled() -> QuerySet[Sitting]:
    """Sittings of settled plans in order of time, with how many are seated, present, absent and not yet noted."""
    # Counted for each sitting that is shown: joined, the seats of the whole city would be counted first.
    counted = Sitting.objects.annotate(
        seated=_seats(),
        present=_seats(present=True),
        absent=_seats(present=False),
        unnoted=_seats(present__isnull=True),
    )
    return counted.exclude(plan__state__in=UNSETTLED).select_related(*_READ).order_by("starts_at", "number")


def _seats(**narrowed: bool) -> Coalesce:
    own = Seat.objects.filter(sitting=OuterRef("pk"), **narrowed).order_by().values("sitting").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(own), 0)


def count_seats(rows: QuerySet[Sitting]) -> dict[str, int]:
    """This function will count who is seated in sittings, `all` of them and those `present`."""
    own = Seat.objects.filter(sitting__in=rows.order_by().values("pk"))
    return own.aggregate(all=Count("pk"), present=Count("pk", filter=Q(present=True)))


def on_days(first: date, last: date) -> Q:
    """This function will narrow sittings to those that start from one day to another, both included."""
    starts: datetime = make_aware(datetime.combine(first, time()))
    return Q(starts_at__gte=starts, starts_at__lt=make_aware(datetime.combine(last, time())) + timedelta(days=1))


def sittings_of_person(user: "User | None", first: date, last: date) -> QuerySet[Sitting]:
    """This function will give the settled sittings in which somebody serves from one day to another, in order of time."""
    rows = _settled().filter(on_days(first, last))
    person = user.person if user is not None else None
    if person is None:
        return rows.none()
    mine = Q(supervisor=person) | Q(invigilators__contains=[{"number": person.number}]) | Q(number__in=cases_sent_to(person.pk))
    return rows.filter(mine)


def sittings_of_body(actor: Actor, first: date, last: date) -> QuerySet[Sitting]:
    """This function will give the settled sittings of the actor's body from one day to another, in order of time."""
    return _settled().filter(on_days(first, last), plan__body__office_id=actor.office_id)


def sittings_on_ground(actor: Actor, first: date, last: date) -> QuerySet[Sitting]:
    """This function will give the settled sittings on the actor's ground from one day to another, with how many incidents were told."""
    rows = _settled().filter(on_days(first, last), plan__in=Plan.objects.visible_to(actor))
    told = Incident.objects.filter(sitting=OuterRef("pk")).order_by().values("sitting").annotate(count=Count("pk")).values("count")
    return rows.annotate(incidents_told=Coalesce(Subquery(told), 0))


def under_way(at: datetime, day: date) -> QuerySet[Sitting]:
    """This function will give the sittings that are open, opened on a day or the one before it, in order."""
    rows = Sitting.objects.filter(on_days(day - timedelta(days=1), day), opened_at__isnull=False, opened_at__lte=at, closed_at__isnull=True)
    return rows.select_related("plan__body", "plan__venue", "plan__scope_item__filing", "room").order_by("pk")


def incidents_of(sitting: Sitting) -> QuerySet[Incident]:
    """This function will give what was told of a sitting, newest first."""
    return Incident.objects.filter(sitting=sitting).select_related("candidate").order_by("-id")


def hand_overs_of(sitting: Sitting) -> QuerySet[HandOver]:
    """This function will give how the papers of a sitting changed hands, in order."""
    return HandOver.objects.filter(sitting=sitting).order_by("id")
