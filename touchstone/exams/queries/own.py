"""本人查询: what is under way for the person who asks, and nothing of anybody else?"""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams.models import Candidate, Seat
from touchstone.exams.states import CandidateState, PlanState
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    return candidate.state not in {CandidateState.WITHDRAWN, CandidateState.INELIGIBLE} and candidate.plan.state not in over


def own_seats(candidates: "Iterable[Candidate]") -> dict[int, list[Seat]]:
    """This function will give where and when each of these candidates sits, by time; only once the arrangement stands."""
    arranged = {PlanState.ARRANGED, PlanState.HELD, PlanState.ANNOUNCED, PlanState.CONFIRMED, PlanState.CERTIFIED}
    found: dict[int, list[Seat]] = {}
    theirs = [one.pk for one in candidates if one.plan.state in arranged]
    for seat in Seat.objects.filter(candidate__in=theirs).select_related("sitting__room").order_by("sitting__starts_at"):
        found.setdefault(seat.candidate_id, []).append(seat)
    return found
