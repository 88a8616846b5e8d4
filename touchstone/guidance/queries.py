"""技术指导查询: which questions, papers, notices and visits does a person see?"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from touchstone.accounts import queries as accounts
from touchstone.accounts.actor import Actor
from touchstone.guidance import permissions
from touchstone.guidance.models import Attendance, GuidanceNotice, GuidanceVisit, Inquiry, NoticeReading, Paper, Training, of_ground
from touchstone.guidance.states import State
from touchstone.policy.guidance import adviser_of
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership

if TYPE_CHECKING:
    from touchstone.accounts.models import Office, Person, User
    from touchstone.bodies.models import Body


def adviser(body: "Body | None", day: date) -> "Office":
    """This function will give the office that advises a body (a member of the corps is advised by the centre)."""
    if body is None or adviser_of(BodyKind(body.kind), Ownership(body.ownership), day) is OfficeKind.CITY_CENTRE:
        return accounts.city_centre()
    return accounts.district_bureau(body.district)


def inquiries(actor: Actor) -> QuerySet[Inquiry]:
    """This function will give the questions an actor sees, newest first."""
    return Inquiry.objects.visible_to(actor).select_related("office", "asked_from", "body").order_by("-asked_at", "-id")


def inquiry(number: str, actor: Actor) -> Inquiry:
    """This function will give a question. :raises Inquiry.DoesNotExist: :raises NotAllowed:"""
    found = Inquiry.objects.select_related("office", "asked_from", "body", "published_by").get(number=number)
    permissions.check_may_see_inquiry(actor, found)
    return found


def answers(actor: Actor) -> QuerySet[Inquiry]:
    """This function will give the published answers open to an actor, newest first."""
    return Inquiry.objects.published_to(actor).select_related("published_by").order_by("-published_at", "-id")


def may_take(inquiry: Inquiry, day: date) -> "list[Office]":
    """This function will give the offices a question may be passed on to: the centre, the body's district, and the authorities of its field."""
    body = inquiry.body
    found = [accounts.city_centre()]
    if body is not None:
        found.append(accounts.district_bureau(body.district))
        found += [*accounts.industry_authorities(body.industry, body.district), *accounts.industry_authorities(body.industry)]
    else:
        found += list(accounts.city_authorities(day))
    return [office for office in dict.fromkeys(found) if office.pk != inquiry.office_id]


def overdue(day: date) -> list[str]:
    """This function will give the questions past their day of which nobody has been reminded."""
    late = Inquiry.objects.filter(state=State.WAITING, due_on__lt=day, reminded_at__isnull=True)
    return list(late.order_by("id").values_list("number", flat=True))


def papers(actor: Actor) -> QuerySet[Paper]:
    """This function will give the papers open to an actor, newest first."""
    return Paper.objects.visible_to(actor).select_related("office", "replaced_by", "replaces").order_by("-published_at", "-id")


def replaceable(actor: Actor, day: date) -> QuerySet[Paper]:
    """This function will give the papers of an office that stand and are not replaced yet."""
    standing = Paper.objects.filter(Q(until__isnull=True) | Q(until__gt=day), office_id=actor.office_id)
    return standing.filter(replaced_by__isnull=True).order_by("title")


def notices(actor: Actor) -> QuerySet[GuidanceNotice]:
    """This function will give the notices an actor sees, each with how many bodies it went to and how many have read it."""
    counted = {"sent": Count("readings"), "read": Count("readings", filter=Q(readings__read_at__isnull=False))}
    seen = GuidanceNotice.objects.filter(pk__in=GuidanceNotice.objects.visible_to(actor).values("pk"))
    return seen.select_related("office").annotate(**counted).order_by("-sent_at", "-id")


def readings(notice: GuidanceNotice, actor: Actor) -> QuerySet[NoticeReading]:
    """This function will give whom a notice went to, as far as the actor sees them, those who have not read it first."""
    found = NoticeReading.objects.filter(notice=notice).select_related("body", "read_by__person")
    return found.filter(_shared_with(notice, actor)).order_by("read_at", "body__name_key", "id")


def _shared_with(notice: GuidanceNotice, actor: Actor) -> Q:
    """Whom a notice went to, and what came of it, another authority sees on its own ground only."""
    another = actor.office_kind in {OfficeKind.DISTRICT_BUREAU, OfficeKind.INDUSTRY_AUTHORITY} and notice.office_id != actor.office_id
    return of_ground(actor, "body__") if another else Q()


def training_of(notice: GuidanceNotice) -> Training | None:
    """This function will give the training that a notice calls to; None for a notice without one."""
    return Training.objects.filter(notice=notice).annotate(taken=Count("people")).first()


def people_of(training: Training, actor: Actor) -> QuerySet[Attendance]:
    """This function will give who is signed up, as far as the actor sees them: a body its own, another authority those on its ground."""
    found = Attendance.objects.filter(training=training).select_related("body", "noted_by__person")
    if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
        found = found.filter(body__office_id=actor.office_id)
    return found.filter(_shared_with(training.notice, actor)).order_by("body__name_key", "id")


def own_readings(actor: Actor) -> QuerySet[NoticeReading]:
    """This function will give what was sent to the actor's own body, newest first."""
    found = NoticeReading.objects.filter(body__office_id=actor.office_id)
    return found.select_related("notice__office", "read_by__person").order_by("-notice__sent_at", "-id")


def visits(actor: Actor) -> QuerySet[GuidanceVisit]:
    """This function will give the visits an actor sees, newest first."""
    people = ("first_officer", "second_officer", "confirmed_by__person")
    found = GuidanceVisit.objects.visible_to(actor).select_related("body", "venue", "office", *people)
    return found.order_by("-visited_on", "-id")


def officers(actor: Actor, day: date) -> "list[Person]":
    """This function will give the actor's colleagues of the office, who may go along on a visit."""
    office = accounts.offices().filter(pk=actor.office_id).first()
    if office is None:
        return []
    people = [user.person for user in accounts.users_of(office, day) if user.person is not None and user.pk != actor.user_id]
    return sorted(people, key=lambda one: one.number)


def told_of(case: str) -> "list[Office]":
    """This function will give the offices of the bodies that a line about guidance concerns."""
    if case.startswith("TW"):
        return [Inquiry.objects.select_related("asked_from").get(number=case).asked_from]
    if case.startswith("TZ"):
        return list(accounts.offices().filter(pk__in=NoticeReading.objects.filter(notice__number=case).values("body__office_id")))
    return [GuidanceVisit.objects.select_related("body__office").get(number=case).body.office]


def asker(case: str) -> "User | None":
    """This function will give who asked a question, where it was a member of the corps and not a body."""
    found = Inquiry.objects.select_related("asked_by").get(number=case)
    return found.asked_by if found.body_id is None else None


def person_acting(actor: Actor) -> "Person | None":
    """This function will give the person behind an actor."""
    return accounts.people_with_log_in().filter(user__pk=actor.user_id).first() if actor.user_id else None
