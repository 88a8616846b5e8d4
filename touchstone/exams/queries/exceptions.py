"""破格查询: who was put forward by exception, and is a plan one of direct recognition?"""

from django.db.models import Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Candidate, ExceptionalCase, Plan
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import CandidateState
from touchstone.policy.eligibility.exceptions import Mode

ExceptionalRow = ExceptionalCase


def exceptional(candidate: Candidate) -> ExceptionalCase | None:
    """This function will give the exception of a candidate, if one was put forward."""
    return ExceptionalCase.objects.filter(candidate=candidate).select_related("put_forward_by__person", "decided_by__person").first()


def exceptional_cases(actor: Actor) -> QuerySet[ExceptionalCase]:
    """This function will give the exceptions put forward in the plans the actor may see, newest first."""
    rows = ExceptionalCase.objects.filter(candidate__in=Candidate.objects.visible_to(actor))
    return rows.select_related("candidate__plan__body", "candidate__plan__occupation", "candidate__plan__trade", "candidate__person").order_by("-id")


def granted_above(plan: Plan) -> int:
    """This function will count the candidates of a plan granted to apply above the ladder."""
    granted = ExceptionalCase.objects.filter(candidate__plan=plan, mode=Mode.ABOVE, granted=True)
    return granted.exclude(candidate__state=CandidateState.WITHDRAWN).count()


def counted_directly(plan: Plan) -> tuple[int, int]:
    """This function will count the entrants of a plan: those recognised directly, and those to be examined."""
    directly = Q(exceptional__mode=Mode.DIRECT, exceptional__granted=True)
    found = entrants(plan)
    return found.filter(directly).count(), found.exclude(directly).count()


def is_direct(plan: Plan) -> bool:
    """This function will say whether everybody in a plan is recognised directly, so that nobody is examined."""
    directly, examined = counted_directly(plan)
    return directly > 0 and not examined


def exceptions_of(plan: Plan) -> dict[int, ExceptionalCase]:
    """This function will give the granted exceptions of a plan by candidate."""
    return {one.candidate_id: one for one in ExceptionalCase.objects.filter(candidate__plan=plan, granted=True)}
