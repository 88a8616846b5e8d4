"""公示与消息查询: what stands before the public, and what has a person been told?"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.notices.models import Announcement, Message, Objection, PublicNotice
from touchstone.policy.roles import OfficeKind

if TYPE_CHECKING:
    from touchstone.accounts.models import User


def notice(number: str) -> PublicNotice:
    """This function will give a public notice. :raises PublicNotice.DoesNotExist:"""
    return PublicNotice.objects.select_related("office").get(number=number)


def notices() -> QuerySet[PublicNotice]:
    """This function will give all public notices, newest first."""
    return PublicNotice.objects.select_related("office").defer("rows").order_by("-opened_on", "-id")


def of_case(case: str) -> QuerySet[PublicNotice]:
    """This function will give the notices of a case, newest first."""
    return notices().filter(case=case)


def ready_to_close(day: date) -> QuerySet[PublicNotice]:
    """This function will give the notices whose days are over and whose objections are all answered."""
    open_objections = Count("objections", filter=Q(objections__answered_at__isnull=True))
    return PublicNotice.objects.filter(closed_at__isnull=True, closes_on__lte=day).annotate(unanswered=open_objections).filter(unanswered=0)


def objections_of(case: str) -> QuerySet[Objection]:
    """This function will give the objections made to any notice of a case, oldest first."""
    return Objection.objects.filter(notice__case=case).select_related("notice", "answered_by__person").order_by("id")


def objection(number: str) -> Objection:
    """This function will give an objection. :raises Objection.DoesNotExist:"""
    return Objection.objects.select_related("notice__office").get(number=number)


def announcements() -> QuerySet[Announcement]:
    """This function will give the announcements that stand, newest first."""
    return Announcement.objects.filter(withdrawn_at__isnull=True).select_related("office").order_by("-published_at")


def messages_to(user: "User") -> QuerySet[Message]:
    """This function will give a person's messages, newest first."""
    return Message.objects.filter(to=user).order_by("-id")


def count_unread(user: "User") -> int:
    """This function will count a person's unread messages."""
    return Message.objects.filter(to=user, read_at__isnull=True).count()


def find_objection(number: str) -> Objection | None:
    """This function will give an objection, if there is one of this number."""
    return Objection.objects.select_related("notice__office").filter(number=number).first()


def open_objections(matter: str) -> QuerySet[Objection]:
    """This function will give the unanswered objections to notices of one matter."""
    return Objection.objects.filter(notice__matter=matter, answered_at__isnull=True).order_by("notice__case")


def notices_on_ground(actor: Actor) -> QuerySet[PublicNotice]:
    """This function will give the notices of the offices on an authority's ground, newest first, each with its objections counted."""
    found = notices().annotate(objected=Count("objections"), unanswered=Count("objections", filter=Q(objections__answered_at__isnull=True)))
    kind = actor.office_kind
    if actor.is_platform or kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}:
        return found
    if kind is OfficeKind.DISTRICT_BUREAU:
        return found.filter(office__district=actor.district)
    if kind is OfficeKind.INDUSTRY_AUTHORITY:
        field = found.filter(office__industry=actor.industry)
        return field.filter(office__district=actor.district) if actor.district else field
    return found.filter(office_id=actor.office_id)


def objections_to(notice_number: str) -> QuerySet[Objection]:
    """This function will give the objections to one notice, oldest first."""
    return Objection.objects.filter(notice__number=notice_number).select_related("answered_by__person").order_by("id")


def last_days(matter: str, cases: Iterable[str]) -> dict[str, date]:
    """This function will give, by case, the last day on which its latest notice of a matter stood before the public."""
    found = PublicNotice.objects.filter(matter=matter, case__in=list(cases)).order_by("closes_on").values_list("case", "closes_on")
    return {case: closes_on - timedelta(days=1) for case, closes_on in found}
