"""线索台账查询: which leads may somebody see, to whom may one go, who may verify it, and what was a body asked?"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import make_aware

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import offices, people_with
from touchstone.bodies.queries import NAMED_AT_ONCE, search
from touchstone.complaints.models import BodyWord, Lead, LeadSet
from touchstone.complaints.states import CLERKS, OPEN, State
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.complaints import LAW, Verdict

if TYPE_CHECKING:
    from touchstone.accounts.models import Office, Person


def leads(actor: Actor) -> LeadSet:
    """This function will give the leads the actor may see, newest first."""
    return Lead.objects.visible_to(actor).select_related("office", "body").order_by("-id")


def lead(number: str, actor: Actor) -> Lead:
    """This function will give a lead the actor may see. :raises NotAllowed: for another's, and where there is none."""
    found = leads(actor).select_related("joined_to", "concluded_by__person", "confirmed_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件线索，或者它不归您查看。", LAW, "请从线索清单中打开。")
    return found


def named(text: str) -> Q:
    """This function will give the condition by which a lead is about a body of this name (or number, credit code), or somebody told by it. The keys
    of the bodies are read first: with them both halves have an index, and where most rows fit the newest are simply read."""
    bodies = list(search(text).values_list("pk", flat=True)[:NAMED_AT_ONCE])
    return Q(body__in=bodies) | Q(about__holds=text.strip())


def counts(actor: Actor, day: date) -> dict[str, int]:
    """This function will count the open leads of the actor's office: all, overdue, to decide about, and to answer."""
    own = Lead.objects.filter(office_id=actor.office_id, state__in=OPEN)
    return own.aggregate(
        open=Count("state"),
        overdue=Count("due_on", filter=Q(due_on__lt=day)),
        received=Count("state", filter=Q(state=State.RECEIVED)),
        verified=Count("state", filter=Q(state=State.VERIFIED)),
    )


def takers(found: Lead, day: date) -> "list[Office]":
    """This function will give the offices a lead may be passed on to: the centre and the districts, but for the one that has it."""
    return [one for one in offices(OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU, day=day) if one.pk != found.office_id]


def may_verify(office: "Office", day: date) -> "dict[int, Person]":
    """This function will give, by log-in, the people of an office who may verify its leads."""
    found: dict[int, Person] = {}
    for role in sorted(CLERKS):
        for person in people_with(role, office, day).filter(user__is_active=True).select_related("user").order_by("number"):
            found.setdefault(person.user.pk, person)
    return found


def could_join(found: Lead, actor: Actor) -> LeadSet:
    """This function will give the leads of the same office with which one could be joined: open, and about the same."""
    same = Q(body=found.body_id) if found.body_id else Q(about=found.about)
    return leads(actor).filter(same, office_id=found.office_id, state__in=OPEN).exclude(pk=found.pk)


def own_words(actor: Actor) -> QuerySet[BodyWord]:
    """This function will give what the actor's body was asked to say, newest first."""
    return BodyWord.objects.filter(body__office_id=actor.office_id).select_related("office", "body").order_by("-id")


def own_word(number: str, actor: Actor) -> BodyWord:
    """This function will give one thing the actor's body was asked to say. :raises NotAllowed:"""
    found = own_words(actor).filter(number=number).first() if actor.office_kind is OfficeKind.ASSESSMENT_BODY else None
    if found is None:
        raise NotAllowed("没有这件说明，或者没有请您所在的机构说明。", LAW, "请从核实说明清单中打开。")
    return found


def due_for_reminder(until: date) -> LeadSet:
    """This function will give the open leads whose day comes until `until` and of which nobody was reminded for that day."""
    found = Lead.objects.filter(state__in=OPEN, due_on__lte=until).exclude(reminded_for=F("due_on"))
    return found.select_related("office").order_by("due_on", "id")


def overdue(day: date) -> LeadSet:
    """This function will give the open leads whose day has passed and which were not put before a leader for that day."""
    found = Lead.objects.filter(state__in=OPEN, due_on__lt=day).exclude(escalated_for=F("due_on"))
    return found.select_related("office").order_by("due_on", "id")


def upheld_about(bodies: Iterable[int], since: date, until: date) -> list[tuple[int, str]]:
    """This function will give (key of the body, number) of the leads about some bodies that two people found true, or partly, from `since` to the day
    before `until`."""
    first, last = (make_aware(datetime.combine(day, time())) for day in (since, until))
    rows = Lead.objects.filter(body__in=list(bodies), verdict__in=[Verdict.TRUE, Verdict.PARTLY], verified_at__gte=first, verified_at__lt=last)
    return [(body, number) for body, number in rows.order_by("verified_at", "pk").values_list("body_id", "number") if body is not None]
