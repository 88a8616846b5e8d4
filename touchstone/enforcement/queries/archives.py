"""案卷查询: which archives may somebody find, and who looked into one?"""

from django.db.models import QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.enforcement.models import ArchiveOpening, Case, CaseArchive
from touchstone.enforcement.states import LAW


def archives(actor: Actor) -> QuerySet[CaseArchive]:
    """This function will give the index of the sealed archives of cases the actor may see, the latest first."""
    seen = Case.objects.visible_to(actor).order_by().values("pk")
    return CaseArchive.objects.filter(case__in=seen).select_related("case__office").order_by("-sealed_at", "-id")


def archive(number: str, actor: Actor) -> CaseArchive:
    """This function will give one archive from the index. :raises NotAllowed:"""
    found = archives(actor).select_related("case__body", "sealed_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这份案卷，或者它不归您查看。", LAW, "请从“案卷”列表中打开。")
    return found


def openings_of(found: CaseArchive) -> QuerySet[ArchiveOpening]:
    """This function will give who asked to look into an archive, and who did, the latest first."""
    return ArchiveOpening.objects.filter(archive=found).select_related("approved_by__person").order_by("-id")


def leave_of(found: CaseArchive, actor: Actor) -> ArchiveOpening | None:
    """This function will give the leave the actor has to look into an archive and has not used."""
    rows = ArchiveOpening.objects.filter(archive=found, opened_by_id=actor.user_id, approved_by__isnull=False, opened_at__isnull=True)
    return rows.order_by("-id").first()
