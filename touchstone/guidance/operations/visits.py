"""指导走访办理: a visit to advise is put on record, confirmed by the body, and followed up."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import venues_of
from touchstone.guidance import permissions, queries
from touchstone.guidance.models import GuidanceVisit
from touchstone.guidance.states import Topic
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.ledger.queries import made_before
from touchstone.policy.guidance import GUIDANCE
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.operations import close_tasks, open_task

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

CONFIRM, FOLLOW_UP = "confirm_guidance_visit", "follow_up_guidance_visit"


@transaction.atomic
def record_visit(
    *,
    body: "Body",
    venue: str,
    visited_on: date,
    topic: str,
    found: str,
    advice: str,
    second_officer: str,
    follow_up_on: date | None,
    by: Actor,
    at: datetime,
) -> GuidanceVisit:
    """This function will put a visit of two officers on record, before the body to confirm; `venue` and `second_officer` are numbers.

    :raises NotAllowed: :raises Refusal: when something is missing, a day is out of order, or the second officer is no colleague.
    """
    permissions.check_may_advise_body(by, body)
    if before := made_before("guidance_visit.recorded", by):
        return GuidanceVisit.objects.get(number=before)
    officers = {person.number: person for person in queries.officers(by, at.date())}
    if second_officer not in officers:
        raise Refusal("指导走访须由本单位两名工作人员进行。", GUIDANCE, "请选择同去的同事。")
    place = venues_of(body, visited_on).filter(number=venue).first() if venue else None
    if venue and place is None:
        raise Refusal("所选考核点不是该机构当日在用的考核点。", GUIDANCE, "请重新选择考核点，或不选。")
    if topic not in Topic.values or not found.strip() or not advice.strip():
        raise Refusal("走访主题、情况或指导意见没有填写。", GUIDANCE, "请填写后再提交。")
    if visited_on > at.date():
        raise Refusal("走访日期晚于今天。", GUIDANCE, "请在走访以后登记。")
    if follow_up_on is not None and follow_up_on <= visited_on:
        raise Refusal("回访日期不晚于走访日期。", GUIDANCE, "请改填日期；不需要回访的不填。")
    visit = GuidanceVisit.objects.create(
        number=f"ZF{at:%Y}{next_serial(f'guidance-visit-{at:%Y}'):06d}",
        body=body,
        venue=place,
        visited_on=visited_on,
        topic=topic,
        found=found.strip(),
        advice=advice.strip(),
        office_id=by.office_id,
        first_officer=queries.person_acting(by),
        second_officer=officers[second_officer],
        recorded_at=at,
        follow_up_on=follow_up_on,
    )
    _ask(visit, CONFIRM, f"确认指导走访记录：{visit.get_topic_display()}", body.office_id, Role.BODY_FILER, None, by=by, at=at)
    if follow_up_on is not None:
        role = Role.CONSENT_OFFICER if by.office_kind is OfficeKind.INDUSTRY_AUTHORITY else Role.INTAKE_CLERK
        _ask(visit, FOLLOW_UP, f"指导走访回访：{body.name}", by.office_id, role, follow_up_on, by=by, at=at)
    detail = {"body": body.number, "second_officer": second_officer, "visited_on": visited_on.isoformat()}
    record("guidance_visit.recorded", visit.number, by=by, at=at, detail=detail)
    return visit


@transaction.atomic
def confirm_visit(*, number: str, words: str, by: Actor, at: datetime) -> GuidanceVisit:
    """This function will note that the body confirms the record, with its own words where it has any.

    :raises NotAllowed: :raises Refusal: the second time.
    """
    visit = GuidanceVisit.objects.select_for_update(of=("self",)).select_related("body").get(number=number)
    permissions.check_is_visited(by, visit)
    if visit.confirmed_at is not None:
        raise Refusal(f"走访{number}已经确认。", GUIDANCE, "无需重复办理。")
    visit.confirmed_at, visit.confirmed_by_id, visit.body_words = at, by.user_id, words.strip()
    visit.save(update_fields=["confirmed_at", "confirmed_by", "body_words"])
    close_tasks(case=number, matter=CONFIRM, by=by, at=at, outcome="已确认")
    record("guidance_visit.confirmed", number, by=by, at=at, reason=visit.body_words)
    return visit


@transaction.atomic
def follow_up(*, number: str, words: str, by: Actor, at: datetime) -> GuidanceVisit:
    """This function will note what became of the advice. :raises NotAllowed: :raises Refusal: when none is planned, it is done, or without words."""
    visit = GuidanceVisit.objects.select_for_update(of=("self",)).select_related("office").get(number=number)
    permissions.check_is_own_visit(by, visit)
    if visit.follow_up_on is None or visit.followed_up_at is not None:
        raise Refusal(f"走访{number}没有待办的回访。", GUIDANCE, "需要再次指导的，请另行登记走访。")
    if not words.strip():
        raise Refusal("没有写明回访情况。", GUIDANCE, "请填写后再提交。")
    visit.follow_up, visit.followed_up_at = words.strip(), at
    visit.save(update_fields=["follow_up", "followed_up_at"])
    close_tasks(case=number, matter=FOLLOW_UP, by=by, at=at, outcome="已回访")
    record("guidance_visit.followed_up", number, by=by, at=at, reason=visit.follow_up)
    return visit


def _ask(visit: GuidanceVisit, matter: str, title: str, office_id: int, role: Role, due_on: date | None, *, by: Actor, at: datetime) -> None:
    open_task(case=visit.number, matter=matter, title=title, office_id=office_id, role=role, due_on=due_on, by=by, at=at)
