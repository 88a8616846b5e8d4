"""现场踏勘: what was seen at a venue, and does the second assessor confirm it?

A record may have been written on a phone without a line: it carries the phone's own key, so that sending it twice keeps it once, and whoever
changes or confirms it says which version they saw.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.files import operations as files
from touchstone.files.queries import of_case
from touchstone.filings import permissions
from touchstone.filings.models import AssessorSheet, Filing, SiteVisit, TechnicalAssessment
from touchstone.filings.operations._case import NothingToDo, bureau, locked, note, owes, words
from touchstone.filings.operations.appoint import check_under_review
from touchstone.filings.operations.sight import CLAUSE, Sight, check_sight, says_the_same, write
from touchstone.kernel.law import Refusal
from touchstone.policy.filing.site_visit import Subject
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

MOST_PHOTOS = 60


class VisitChanged(Refusal):
    """The record was changed since it was shown here; what was written there stands, and what is written here is not lost."""

    visit_id = 0


def _changed(visit: SiteVisit) -> VisitChanged:
    refusal = VisitChanged("这条踏勘记录在您打开之后又被修改过，您的内容没有覆盖它。", CLAUSE, "请对照最新内容后再办理。")
    refusal.visit_id = visit.pk
    return refusal


def photo_label(visit: SiteVisit, subject: Subject | None = None) -> str:
    """This function will name the photos of a visit (of one subject of it) among the filing's files."""
    return f"现场踏勘照片 {visit.pk}{f'·{subject.label}' if subject else ''}"


def _open(number: str, by: Actor) -> tuple[Filing, TechnicalAssessment, AssessorSheet]:
    filing = locked(number)
    permissions.check_may(by, "assess", filing)
    check_under_review(filing, "technical_assessment", "办理现场踏勘")
    assessment = filing.assessments.get(round=filing.round, superseded_at__isnull=True)
    return filing, assessment, assessment.sheets.select_related("assessor").get(assessor__user__pk=by.user_id or 0)


def _unconfirmed(assessment: TechnicalAssessment, visit_id: int, revision: int | None) -> SiteVisit:
    rows = assessment.visits.select_for_update(of=("self",)).select_related("venue", "recorded_by")
    visit = rows.filter(pk=visit_id).first()
    if visit is None or visit.confirmed_at is not None:
        raise NothingToDo("这条踏勘记录已经确认，或已不在本次评估中，不能再改。", CLAUSE, "请刷新页面查看最新记录；需要补充的，可以另行填写一条。")
    if revision is not None and revision != visit.revision:
        raise _changed(visit)
    return visit


@transaction.atomic
def record_visit(
    *, number: str, sight: Sight, client_key: str = "", noted_at: datetime | None = None, by: Actor, at: datetime
) -> SiteVisit:
    """This function will note a visit to a venue of the scope by the assessors; the other one confirms it. The record of one `client_key` is
    kept once: sent again, the one that was kept is given back. `noted_at` is when the phone says it was written.

    :raises VisitChanged: when the record of this key says something else. :raises Refusal: as `check_sight`; when the key is another's.
    """
    filing, assessment, sheet = _open(number, by)
    kept = assessment.visits.filter(client_key=client_key).first() if client_key else None
    if kept is not None:
        if kept.recorded_by_id != sheet.assessor_id:
            raise Refusal("这条记录由另一名评估员在本机填写，不能以您的名义同步。", CLAUSE, "请由填写的人登录后同步。")
        if not says_the_same(kept, sight):
            raise _changed(kept)
        return kept
    check_sight(filing, sight, at)
    visit = write(SiteVisit(assessment=assessment, recorded_by=sheet.assessor, client_key=client_key), sight)
    visit.noted_at = min(noted_at, at) if noted_at else at
    visit.save()
    _ask_to_confirm(filing, assessment, visit, by, at)
    note("filing.visit_recorded", filing, by=by, at=at, reason=visit.observations, note=visit.venue.name, visit=visit.pk, checks=visit.checks)
    return visit


def _ask_to_confirm(filing: Filing, assessment: TechnicalAssessment, visit: SiteVisit, by: Actor, at: datetime) -> None:
    matter, title = f"filing.confirm_visit_{visit.pk}", f"请确认{visit.recorded_by.name}的踏勘记录"
    owes(filing, matter, title, office=bureau(filing), role=Role.TECHNICAL_ASSESSOR, by=by, at=at, due_on=assessment.due_on)


@transaction.atomic
def revise_visit(*, number: str, visit_id: int, revision: int, sight: Sight, by: Actor, at: datetime) -> SiteVisit:
    """This function will write an unconfirmed record over; `revision` is the version that was opened.

    :raises VisitChanged: when another device has written since. :raises Refusal: for another's record, a confirmed one, or as `check_sight`.
    """
    filing, assessment, sheet = _open(number, by)
    visit = _unconfirmed(assessment, visit_id, None)
    if visit.recorded_by_id != sheet.assessor_id:
        raise Refusal("踏勘记录由填写的评估员修改。", CLAUSE, "有不同意见的，请写明异议，由填写人修改。")
    visit = _unconfirmed(assessment, visit_id, revision)
    check_sight(filing, sight, at)
    write(visit, sight)
    visit.revision, visit.objection = visit.revision + 1, ""
    visit.save()
    close_tasks(case=number, matter=f"filing.revise_visit_{visit.pk}", by=by, at=at, outcome="已修改")
    _ask_to_confirm(filing, assessment, visit, by, at)
    note("filing.visit_revised", filing, by=by, at=at, reason=visit.observations, note=visit.venue.name, visit=visit.pk, checks=visit.checks)
    return visit


@transaction.atomic
def confirm_visit(*, number: str, visit_id: int, revision: int | None = None, by: Actor, at: datetime) -> SiteVisit:
    """This function will confirm what the other assessor noted; `revision` is the version that was read.

    :raises VisitChanged: when it was changed since. :raises Refusal: for one's own record, or a confirmed one.
    """
    filing, assessment, sheet = _open(number, by)
    visit = _unconfirmed(assessment, visit_id, revision)
    _check_other(visit, sheet)
    visit.confirmed_by, visit.confirmed_at, visit.objection = sheet.assessor, at, ""
    visit.save(update_fields=["confirmed_by", "confirmed_at", "objection"])
    for matter in ("confirm", "revise"):
        close_tasks(case=number, matter=f"filing.{matter}_visit_{visit.pk}", by=by, at=at, outcome="已确认")
    note("filing.visit_confirmed", filing, by=by, at=at, note=visit.venue.name, visit=visit.pk)
    return visit


@transaction.atomic
def object_to_visit(*, number: str, visit_id: int, objection: str, by: Actor, at: datetime) -> SiteVisit:
    """This function will give a record back to whoever wrote it, with what the other assessor saw otherwise. :raises WordsMissing: without words."""
    filing, assessment, sheet = _open(number, by)
    visit = _unconfirmed(assessment, visit_id, None)
    _check_other(visit, sheet)
    visit.objection = words(objection, "请写明与您所见不同的地方。", "例如：技能考场只看到12个工位。")
    visit.save(update_fields=["objection"])
    close_tasks(case=number, matter=f"filing.confirm_visit_{visit.pk}", by=by, at=at, outcome="有异议")
    owes(
        filing, f"filing.revise_visit_{visit.pk}", f"另一名评估员有异议，请{visit.recorded_by.name}修改踏勘记录",
        office=bureau(filing), role=Role.TECHNICAL_ASSESSOR, by=by, at=at, due_on=assessment.due_on,
    )  # fmt: skip
    note("filing.visit_objected", filing, by=by, at=at, reason=visit.objection, note=visit.venue.name, visit=visit.pk)
    return visit


def _check_other(visit: SiteVisit, sheet: AssessorSheet) -> None:
    if visit.recorded_by_id == sheet.assessor_id:
        raise Refusal("踏勘记录须由另一名评估员确认。", CLAUSE, "请等待另一名评估员确认。")


@transaction.atomic
def attach_photo(
    *, number: str, visit_id: int, name: str, content: bytes, subject: Subject | None = None, by: Actor, at: datetime
) -> "Attachment":
    """This function will put a photo with a visit not yet confirmed, under what it shows; the photo of one request is kept once.

    :raises AlreadyDone: when this request's photo is kept. :raises FileRefused: for anything but a picture.
    """
    filing, assessment, _ = _open(number, by)
    note("filing.visit_photographed", filing, by=by, at=at, visit=visit_id, subject=subject or "")
    visit = assessment.visits.filter(pk=visit_id, confirmed_at__isnull=True).first()
    if visit is None:
        raise NothingToDo("没有可以添加照片的这条踏勘记录。", CLAUSE, "已确认的记录不能再改，可以另行填写一条。")
    labels = [photo_label(visit), *(photo_label(visit, one) for one in Subject)]
    if of_case(number).filter(label__in=labels).count() >= MOST_PHOTOS:
        raise Refusal(f"一条踏勘记录最多{MOST_PHOTOS}张照片。", CLAUSE, "请另行填写一条记录。")
    files.check(name, content, ("jpg", "jpeg", "png"))
    return files.attach(case=number, label=photo_label(visit, subject), name=name, content=content, by=by, at=at)
