"""复核查询: which scores are looked at again, how, and what has come of it?"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchstone.exams.models import ComputerExam, Marker, Remark, ScoreEntry, Seat
from touchstone.exams.queries.marking import SECOND, may_mark
from touchstone.exams.states import RemarkWay

if TYPE_CHECKING:
    from datetime import datetime

    from touchstone.accounts.models import User
    from touchstone.exams.models import Candidate, Plan


def remarks(plan: "Plan") -> QuerySet[Remark]:
    """This function will give the re-marks of a plan, newest first."""
    rows = Remark.objects.filter(seat__sitting__plan=plan).order_by("-id")
    return rows.select_related("seat__candidate", "seat__sitting", "asked_by__person", "assigned_to__person", "closed_by__person")


def open_of(plan: "Plan") -> QuerySet[Remark]:
    """This function will give the re-marks of a plan that are not over."""
    return remarks(plan).filter(closed_at__isnull=True)


def remarks_of(candidate: "Candidate") -> QuerySet[Remark]:
    """This function will give one candidate's re-marks in order, for the candidate and the clerk."""
    return Remark.objects.filter(seat__candidate=candidate).select_related("seat__sitting", "closed_by__person").order_by("id")


def of_objections(numbers: Collection[str]) -> dict[str, list[Remark]]:
    """This function will give the re-marks asked for by objections, by the number of the objection."""
    found: dict[str, list[Remark]] = {}
    for one in Remark.objects.filter(objection__in=list(numbers)).exclude(objection="").select_related("seat__candidate", "seat__sitting"):
        found.setdefault(one.objection, []).append(one)
    return found


def own_scripts(exam: ComputerExam, user_id: int | None) -> list[Remark]:
    """This function will give the scripts of a sitting that somebody is to mark anew."""
    rows = Remark.objects.filter(way=RemarkWay.SCRIPT, assigned_to=user_id or 0, closed_at__isnull=True, seat__script__exam=exam)
    return list(rows.select_related("seat__script__exam", "seat__candidate").order_by("seat__script__seed"))


def computer_exam_of(plan: "Plan") -> ComputerExam | None:
    """This function will give the theory of a plan that was written at the computer, if one was."""
    return ComputerExam.objects.filter(sitting__plan=plan).select_related("sitting__plan__body__office").first()


def may_mark_again(exam: ComputerExam, at: "datetime") -> "list[User]":
    """This function will give who may mark a script anew: everybody of the body but the two who marked first."""
    first = set(Marker.objects.filter(exam=exam, turn__lte=SECOND).values_list("user", flat=True))
    return [one for one in may_mark(exam.sitting.plan, at) if one.pk not in first]


def seats_to_ask(plan: "Plan") -> list[Seat]:
    """This function will give the seats whose score can be looked at again: it stands, and no re-mark is under way."""
    standing = set(ScoreEntry.objects.filter(candidate__plan=plan, replaced_at__isnull=True).values_list("candidate", "part"))
    busy = set(open_of(plan).values_list("seat", flat=True))
    rows = Seat.objects.filter(sitting__plan=plan, present=True).select_related("candidate", "sitting")
    rows = rows.order_by("candidate__ticket_number", "sitting__part")
    return [one for one in rows if (one.candidate_id, one.sitting.part) in standing and one.pk not in busy]


def score_history(candidate: "Candidate") -> list[ScoreEntry]:
    """This function will give every score of a candidate there ever was, part by part in order, each with the one it replaced as `former`."""
    return _with_former(ScoreEntry.objects.filter(candidate=candidate))


def changed_scores(plan: "Plan") -> list[ScoreEntry]:
    """This function will give the scores of a plan that replaced others, each with the one it replaced as `former`."""
    changed = set(ScoreEntry.objects.filter(candidate__plan=plan, replaced_at__isnull=False).values_list("candidate", flat=True))
    found = _with_former(ScoreEntry.objects.filter(candidate__in=changed)) if changed else []
    return [one for one in found if one.former is not None]  # type: ignore[attr-defined]


def _with_former(rows: QuerySet[ScoreEntry]) -> list[ScoreEntry]:
    found = list(rows.select_related("candidate", "entered_by__person").order_by("candidate__ticket_number", "part", "id"))
    before: dict[tuple[int, str], ScoreEntry] = {}
    for one in found:
        one.former = before.get((one.candidate_id, one.part))  # type: ignore[attr-defined]
        before[one.candidate_id, one.part] = one
    return found
