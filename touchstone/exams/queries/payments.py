"""缴费查询: who owes what, and about which fees is the provider to be asked?"""

from django.db.models import QuerySet

from touchstone.exams.models import Candidate, Payment, Plan
from touchstone.exams.states import CandidateState, PaymentState


def payment_of(candidate: Candidate) -> Payment | None:
    """This function will give what somebody owes or paid; None where their registration costs nothing or their body pays."""
    return Payment.objects.filter(candidate=candidate).first()


def payments(plan: Plan) -> QuerySet[Payment]:
    """This function will give the fees of a plan, in order of registration."""
    return Payment.objects.filter(candidate__plan=plan).select_related("candidate").order_by("id")


def unpaid(plan: Plan) -> list[str]:
    """This function will name who may sit the exam of a plan and still owes the fee, in order of registration."""
    owed = payments(plan).filter(state__in=[PaymentState.DUE, PaymentState.WAITING], candidate__state=CandidateState.ELIGIBLE)
    return [f"{one.candidate.name}（{one.candidate.number}，{one.amount}元，{one.get_state_display()}）" for one in owed]


def in_state(*states: PaymentState, limit: int) -> list[tuple[str, int]]:
    """This function will give number and amount of the fees in these states, the oldest first."""
    return list(Payment.objects.filter(state__in=states).order_by("id").values_list("number", "amount")[:limit])
