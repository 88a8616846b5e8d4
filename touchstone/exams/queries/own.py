"""本人查询: what is under way for the person who asks, and nothing of anybody else?"""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.certificates.queries import of_plan
from touchstone.exams.facts import photo as photos
from touchstone.exams.models import Candidate, OwnDraft, Plan, Seat
from touchstone.exams.queries.results import open_notice
from touchstone.exams.states import CandidateState, PlanState, Result
from touchstone.files.queries import of_case
from touchstone.filings.queries import scope_in_force
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from touchstone.accounts.models import User
    from touchstone.certificates.models import Certificate
    from touchstone.files.models import Attachment
    from touchstone.notices.models import PublicNotice

_ARRANGED = {PlanState.ARRANGED, PlanState.HELD, PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED}
_READ = ("person", "plan__body", "plan__occupation", "plan__trade", "plan__venue", "plan__standard")


def own_candidacies(actor: Actor) -> QuerySet[Candidate]:
    """This function will give the registrations of the person who acts, the latest exam first; nobody else's, whatever their office."""
    if actor.office_kind is not OfficeKind.CANDIDATE:
        return Candidate.objects.none()
    return Candidate.objects.visible_to(actor).select_related(*_READ).order_by("-plan__exam_on", "-id")


def own_candidacy(number: str, actor: Actor) -> Candidate:
    """This function will give one registration of the person who acts. :raises NotAllowed: when it is not theirs, or there is none."""
    found = own_candidacies(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这次报名，或者它不是您本人的。", notice("三(二)4"), "请从“我的报名”中打开。")
    return found


def is_under_way(candidate: Candidate) -> bool:
    """This function will say whether anything more is to come of a registration."""
    over = {PlanState.CERTIFIED, PlanState.CANCELLED}
    refused = candidate.state == CandidateState.INELIGIBLE and candidate.plan.state != PlanState.REPORTED
    return not refused and candidate.state != CandidateState.WITHDRAWN and candidate.plan.state not in over


def has_ticket(candidate: Candidate) -> bool:
    """This function will say whether an admission ticket can be had: the arrangement stands and the candidate has a number."""
    return bool(candidate.ticket_number) and candidate.plan.state in _ARRANGED


def own_certificate(candidate: Candidate) -> "Certificate | None":
    """This function will give the certificate that came of a registration, revoked or not; None where there is none."""
    return own_certificates(candidate).filter(scheme="national").first()


def own_certificates(candidate: Candidate) -> "QuerySet[Certificate]":
    """This function will give the certificates that came of a registration, the national one first."""
    return of_plan(candidate.plan.number).filter(candidate_number=candidate.number).order_by("-scheme", "number")


def notice_of(candidate: Candidate) -> "PublicNotice | None":
    """This function will give the notice of results that stands for a candidate's plan, to which anybody may object."""
    return open_notice(candidate.plan)


def own_seats(candidates: "Iterable[Candidate]") -> dict[int, list[Seat]]:
    """This function will give where and when each of these candidates sits, by time; only once the arrangement stands."""
    found: dict[int, list[Seat]] = {}
    theirs = [one.pk for one in candidates if one.plan.state in _ARRANGED]
    for seat in Seat.objects.filter(candidate__in=theirs).select_related("sitting__room", "sitting__computer").order_by("sitting__starts_at"):
        found.setdefault(seat.candidate_id, []).append(seat)
    return found


def plans_open_to_candidates(day: "date") -> QuerySet[Plan]:
    """This function will give the plans in which anybody admitted may register themselves on `day`, the earliest exam first."""
    in_force = scope_in_force(day).order_by().values("pk")
    found = Plan.objects.filter(state=PlanState.REPORTED, open_to_candidates=True, registration_closes_on__gte=day, scope_item__in=in_force)
    return found.select_related("body", "occupation", "trade", "venue").order_by("exam_on", "id")


def public_plan(number: str) -> Plan | None:
    """This function will give a plan that is or was open to candidates, as anybody may see it; None where there is none."""
    found = Plan.objects.filter(number=number, open_to_candidates=True).exclude(state=PlanState.DRAFTED)
    return found.select_related("body", "occupation", "trade", "venue", "standard", "scope_item__filing").first()


def own_drafts(actor: Actor) -> QuerySet[OwnDraft]:
    """This function will give the forms the person who acts is still filling in, the latest first."""
    if actor.office_kind is not OfficeKind.CANDIDATE:
        return OwnDraft.objects.none()
    found = OwnDraft.objects.filter(person__user__pk=actor.user_id or 0, candidate__isnull=True)
    return found.select_related("person", "plan__body", "plan__occupation", "plan__trade", "plan__venue").order_by("-saved_at")


def own_draft(number: str, actor: Actor) -> OwnDraft:
    """This function will give one form of the person who acts. :raises NotAllowed: when it is not theirs, or handed in already."""
    found = own_drafts(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这份报名表，或者它已经提交。", notice("三(二)4"), "请从首页或“我的报名”中打开。")
    return found


def photo_of(case: str) -> "Attachment | None":
    """This function will give the photo of a form or of a candidate."""
    return of_case(case, photos.LABEL).last()


def users_concerned(case: str, *, passed_only: bool = False) -> "list[User]":
    """This function will give the log-ins of the candidates, with a desk of their own, whom a line about a candidate or a plan concerns.

    Of a plan they are those who stand in it: whoever withdrew or was refused hears no more of it.
    """
    found = Candidate.objects.filter(person__holdings__role=Role.CANDIDATE, person__holdings__until__isnull=True, person__user__is_active=True)
    if case.startswith("KS"):
        found = found.filter(number=case)
    else:
        found = found.filter(plan__number=case).exclude(state__in=[CandidateState.WITHDRAWN, CandidateState.INELIGIBLE])
        found = found.filter(result=Result.PASSED) if passed_only else found
    return [one.person.user for one in found.select_related("person__user__person").distinct()]
