"""附件查询: which files lie under a case?"""

from collections.abc import Iterable

from django.db.models import QuerySet

from touchstone.files.models import Attachment
from touchstone.files.storage import read


def of_case(case: str, label: str = "") -> QuerySet[Attachment]:
    """This function will give the files of a case (of one label, when named), oldest first."""
    found = Attachment.objects.filter(case=case, withdrawn_at__isnull=True).order_by("id")
    return found.filter(label=label) if label else found


def content(attachment: Attachment) -> bytes:
    """This function will read the bytes of a file. :raises SealBroken: when they were changed on disk."""
    return read(attachment.sha256)


def cases_with_files(cases: Iterable[str]) -> frozenset[str]:
    """This function will give those of `cases` under which any file lies."""
    found = Attachment.objects.filter(case__in=list(cases), withdrawn_at__isnull=True)
    return frozenset(found.order_by().values_list("case", flat=True).distinct())


def of_cases(cases: Iterable[str]) -> QuerySet[Attachment]:
    """This function will give the files of several cases, case by case, oldest first."""
    return Attachment.objects.filter(case__in=list(cases), withdrawn_at__isnull=True).order_by("case", "id")


def latest_of_cases(cases: Iterable[str], label: str) -> dict[str, Attachment]:
    """This function will give, by case, the latest file of one label."""
    found = Attachment.objects.filter(case__in=list(cases), label=label, withdrawn_at__isnull=True).order_by("id")
    return {one.case: one for one in found}


def fingerprints(cases: Iterable[str], label: str) -> dict[str, str]:
    """This function will give, by case, the SHA-256 of the latest file of one label."""
    found = Attachment.objects.filter(case__in=list(cases), label=label, withdrawn_at__isnull=True).order_by("id")
    return dict(found.values_list("case", "sha256"))
