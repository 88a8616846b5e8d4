"""现场踏勘: what was seen at a venue, and does the second assessor confirm it?"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.files import operations as files
from touchstone.filings import permissions
from touchstone.filings.models import AssessorSheet, Filing, SiteVisit, TechnicalAssessment
from touchstone.filings.operations._case import NothingToDo, WordsMissing, bureau, locked, note, owes
from touchstone.filings.operations.appoint import check_under_review
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import our_default
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

_CLAUSE = our_default("现场踏勘")


def photo_label(visit: SiteVisit) -> str:
    """This function will name the photos of a visit among the filing's files."""
    return f"现场踏勘照片 {visit.pk}"


def _open(number: str, by: Actor) -> tuple[Filing, TechnicalAssessment, AssessorSheet]:
    filing = locked(number)
    permissions.check_may(by, "assess", filing)
    check_under_review(filing, "technical_assessment", "办理现场踏勘")
    assessment = filing.assessments.get(round=filing.round, superseded_at__isnull=True)
    return filing, assessment, assessment.sheets.select_related("assessor").get(assessor__user__pk=by.user_id or 0)


@transaction.atomic
def record_visit(*, number: str, venue_id: int, visited_on: date, met_with: str, observations: str, by: Actor, at: datetime) -> SiteVisit:
    """This function will note a visit to a venue of the scope by the assessors; the other one confirms it.

    :raises Refusal: for a venue outside the scope or a day not yet come. :raises WordsMissing: when nothing is said of what was seen.
    """
    filing, assessment, sheet = _open(number, by)
    if not filing.scope.filter(venue_id=venue_id).exists():
        raise Refusal("所选考核点不在本次申报范围内。", _CLAUSE, "请选择申报范围中的考核点。")
    if visited_on > at.date():
        raise Refusal("踏勘日期不能晚于今天。", _CLAUSE, "请在踏勘之后填写。")
    if not met_with.strip() or not observations.strip():
        raise WordsMissing("请写明陪同人员和现场情况。", _CLAUSE, "现场情况包括考场、设备、监控、保密和安全。")
    visit = SiteVisit.objects.create(
        assessment=assessment,
        venue_id=venue_id,
        visited_on=visited_on,
        met_with=met_with.strip(),
        observations=observations.strip(),
        recorded_by=sheet.assessor,
    )
    owes(
        filing,
        f"filing.confirm_visit_{visit.pk}",
        f"请确认{sheet.assessor.name}的踏勘记录",
        office=bureau(filing),
        role=Role.TECHNICAL_ASSESSOR,
        by=by,
        at=at,
        due_on=assessment.due_on,
    )
    note("filing.visit_recorded", filing, by=by, at=at, reason=observations.strip(), note=visit.venue.name, visit=visit.pk)
    return visit


@transaction.atomic
def confirm_visit(*, number: str, visit_id: int, by: Actor, at: datetime) -> SiteVisit:
    """This function will confirm what the other assessor noted. :raises Refusal: for one's own record, or a confirmed one."""
    filing, assessment, sheet = _open(number, by)
    visit = assessment.visits.select_for_update(of=("self",)).select_related("venue").filter(pk=visit_id).first()
    if visit is None or visit.confirmed_at is not None:
        raise NothingToDo("没有待确认的这条踏勘记录。", _CLAUSE, "请刷新页面查看最新记录。")
    if visit.recorded_by_id == sheet.assessor_id:
        raise Refusal("踏勘记录须由另一名评估员确认。", _CLAUSE, "请等待另一名评估员确认。")
    visit.confirmed_by, visit.confirmed_at = sheet.assessor, at
    visit.save(update_fields=["confirmed_by", "confirmed_at"])
    close_tasks(case=number, matter=f"filing.confirm_visit_{visit.pk}", by=by, at=at, outcome="已确认")
    note("filing.visit_confirmed", filing, by=by, at=at, note=visit.venue.name, visit=visit.pk)
    return visit


@transaction.atomic
def attach_photo(*, number: str, visit_id: int, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will put a photo with a visit not yet confirmed. :raises FileRefused: for anything but a picture."""
    _, assessment, _ = _open(number, by)
    visit = assessment.visits.filter(pk=visit_id, confirmed_at__isnull=True).first()
    if visit is None:
        raise NothingToDo("没有可以添加照片的这条踏勘记录。", _CLAUSE, "已确认的记录不能再改，可以另行填写一条。")
    files.check(name, content, ("jpg", "jpeg", "png"))
    return files.attach(case=number, label=photo_label(visit), name=name, content=content, by=by, at=at)
