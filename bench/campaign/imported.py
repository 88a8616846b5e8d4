"""导入的样子: what stands after an import, so that two imports can be compared, and what is lost or doubled in one?"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Imported:
    """An import when it is done: a fingerprint of everything that must be the same, and the counts behind it."""

    fingerprint: str
    counts: dict[str, int]


def committed(number: str) -> dict[int, str]:
    """This function will give the rows that are committed now: row number → candidate number ("" where refused)."""
    from touchstone.exams.models import UploadRow

    rows = UploadRow.objects.filter(upload__number=number).values_list("row_number", "candidate__number")
    return {row: candidate or "" for row, candidate in rows}


def doubled(number: str) -> int:
    """This function will count what is there more than once: outcomes of a row, candidacies of a person, numbers."""
    from touchstone.exams.models import Candidate, Upload, UploadRow

    plan = Upload.objects.get(number=number).plan_id
    lists = (
        UploadRow.objects.filter(upload__number=number).values_list("row_number", flat=True),
        Candidate.objects.filter(plan=plan).values_list("person_id", flat=True),
        Candidate.objects.filter(plan=plan).values_list("number", flat=True),
    )
    return sum(len(one) - len(set(one)) for one in lists)


def imported(number: str) -> Imported:
    """This function will describe an import. Numbers of plan, upload and identity, which differ between two plans, are left out."""
    from touchstone.exams.models import Candidate, Upload, UploadRow
    from touchstone.ledger.models import Entry

    upload = Upload.objects.select_related("plan").get(number=number)
    digits = upload.plan.number[2:]

    def plain(value: Any) -> str:
        return repr(value).replace(digits, "*")

    fields = ("number", "name", "state", "condition", "claims", "satisfied_condition", "findings", "employer", "person__birthday", "person__sex")
    people = [plain(one) for one in Candidate.objects.filter(plan=upload.plan).order_by("number").values_list(*fields)]
    columns = ("row_number", "name", "accepted", "sentences", "candidate__number")
    rows = [plain(one) for one in UploadRow.objects.filter(upload=upload).order_by("row_number").values_list(*columns)]
    events = Counter(Entry.objects.filter(subject__in=[upload.plan.number, number]).values_list("event", flat=True))
    counts = {"考生": len(people), "行": len(rows), **{f"存证 {event}": events[event] for event in sorted(events)}}
    whole = [upload.state, upload.total, upload.cursor, upload.accepted, upload.refused, upload.returned is not None]
    text = "\n".join([*people, *rows, repr(counts), repr(whole)])
    return Imported(hashlib.sha256(text.encode()).hexdigest(), counts)
