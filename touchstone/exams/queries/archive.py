"""档案查询: which archives are owed, late, sealed, and need not be kept any longer?"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams.models import Archive, ArchiveOpening, ArchiveSet, ArchiveVolume, Plan
from touchstone.exams.states import ArchiveState
from touchstone.kernel.rules import Finding
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.documents import notice
from touchstone.policy.exams.archive import Carrier, Volume, sealed_in_time

if TYPE_CHECKING:
    from touchstone.ledger.models import Entry

_READ = ("plan__body__office", "plan__occupation", "plan__trade", "asked_by__person", "sealed_by__person")


def archives(actor: Actor) -> ArchiveSet:
    """This function will give the archives an actor may see, those due last first."""
    return Archive.objects.visible_to(actor).select_related("plan__body", "plan__occupation", "plan__trade").order_by("-due_on", "-id")


def archive(number: str, actor: Actor) -> Archive:
    """This function will give an archive with what its page shows. :raises NotAllowed: when it is not the actor's to see, or there is none."""
    found = Archive.objects.visible_to(actor).select_related(*_READ).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这份评价档案，或者它不在您的管辖范围内。", notice("三(二)4"), "请核对档号，或返回档案列表查找。")
    return found


def archives_of(plan: Plan) -> QuerySet[Archive]:
    """This function will give a plan's archive and what was added to it, the first version first."""
    return Archive.objects.filter(plan=plan).order_by("version")


def volumes_now(archive: Archive) -> list[ArchiveVolume]:
    """This function will give the volumes of the last compilation, in order."""
    found = ArchiveVolume.objects.filter(archive=archive, compilation=archive.compilation).select_related("attachment")
    return sorted(found, key=lambda one: Volume(one.volume).place)


def openings(archive: Archive) -> QuerySet[ArchiveOpening]:
    """This function will give who looked into an archive, newest first."""
    return ArchiveOpening.objects.filter(archive=archive).select_related("office").order_by("-id")


def timeline(archive: Archive) -> QuerySet["Entry"]:
    """This function will give what happened to an archive, oldest first."""
    return history(archive.number)


def timeliness(archive: Archive, day: date) -> Finding:
    """This function will find whether an archive was sealed in time, or still may be."""
    sealed_on = localtime(archive.sealed_at).date() if archive.sealed_at else None
    return sealed_in_time(counted_from(archive), sealed_on, calendar(), day)


def counted_from(archive: Archive) -> date:
    """This function will give the day from which the days until sealing count: the exam's, or, of what is added, the day it was begun."""
    return archive.plan.exam_on if archive.version == 1 else localtime(archive.begun_at).date()


def late(found: ArchiveSet, day: date) -> ArchiveSet:
    """This function will narrow archives to those that should have been sealed before `day` and are not."""
    return found.exclude(state=ArchiveState.SEALED).filter(due_on__lt=day)


def late_and_not_told(day: date) -> list[str]:
    """This function will give the archives that should have been sealed before `day`, are not, and about which nobody was told."""
    rows = late(Archive.objects.all(), day).filter(reminded_at__isnull=True)
    return list(rows.order_by("due_on").values_list("number", flat=True)[:500])


def ended(found: ArchiveSet, day: date, carrier: Carrier) -> ArchiveSet:
    """This function will narrow archives to those that need not be kept any longer on one carrier, and about which nothing was decided yet."""
    return found.filter(**{f"{carrier.value}_until__lte": day}).exclude(destructions__carrier=carrier)


def unfinished(before: datetime) -> list[str]:
    """This function will give the archives that are being bound since before a moment."""
    found = Archive.objects.filter(state=ArchiveState.COMPILING, asked_at__lt=before).order_by("asked_at")
    return list(found.values_list("number", flat=True))
