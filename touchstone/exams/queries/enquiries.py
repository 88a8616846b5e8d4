"""查询状况: which questions to outside registers are there about a candidate, which are due, and how does each register do?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet

from touchstone.exams.models import Candidate, Enquiry, Plan
from touchstone.exams.models.enquiries import OPEN
from touchstone.exams.queries.registration import candidates
from touchstone.exams.states import EnquiryState
from touchstone.kernel.rules import Outcome
from touchstone.policy.eligibility.outside import Register

LOOKED_BACK = timedelta(days=30)
STANDINGS = {
    "waiting": "等待答复",
    "unavailable": "暂时查不到",
    "contradicted": "与登记不符，待核实",
    "unknown": "登记未能证明",
    "borne_out": "与登记相符",
}
"""Where one question stands, as a list is narrowed by it."""


@dataclass(frozen=True)
class Figures:
    """How one register has done of late: of the questions put in the last days, how many are answered; what waits, and since when."""

    register: Register
    put: int
    answered: int
    waiting: int
    unavailable: int
    last_answer: datetime | None
    oldest_waiting: datetime | None
    last_trouble: str

    @property
    def share(self) -> int | None:
        """Whole percent answered; None where nothing was asked."""
        return self.answered * 100 // self.put if self.put else None


def standing_questions(candidate: Candidate) -> QuerySet[Enquiry]:
    """This function will give the questions about a candidate that stand, none put anew since."""
    return Enquiry.objects.filter(candidate=candidate, superseded_at__isnull=True)


def standing_of(candidate: Candidate) -> list[Enquiry]:
    """This function will give the questions about a candidate that stand, in the order of the registers."""
    order = [one.value for one in Register]
    return sorted(standing_questions(candidate).select_related("settled_by__person"), key=lambda one: order.index(one.register))


def enquiries_of(plan: Plan) -> QuerySet[Enquiry]:
    """This function will give every question asked about a plan's candidates, those put anew since too, in order of candidate."""
    found = Enquiry.objects.filter(candidate__plan=plan).select_related("candidate", "settled_by__person")
    return found.order_by("candidate__number", "register", "id")


def due(register: Register, at: datetime, limit: int) -> list[str]:
    """This function will give the numbers of questions a register is to be asked now, those that wait longest first."""
    return list(_due(at).filter(register=register).order_by("next_at", "id").values_list("number", flat=True)[:limit])


def registers_due(at: datetime) -> set[Register]:
    """This function will give the registers that are to be asked something now."""
    return {Register(one) for one in _due(at).order_by().values_list("register", flat=True).distinct()}


def _due(at: datetime) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(state__in=OPEN, superseded_at__isnull=True, next_at__lte=at)


def with_standing(found: QuerySet[Candidate], register: str, standing: str) -> QuerySet[Candidate]:
    """This function will narrow candidates to those about whom a register (any, where none is named) stands so."""
    rows = Enquiry.objects.filter(_stands(standing), candidate=OuterRef("pk"), superseded_at__isnull=True)
    return found.filter(Exists(rows.filter(register=register) if register else rows))


def asked_of(found: QuerySet[Candidate], register: str) -> QuerySet[Candidate]:
    """This function will narrow candidates to those about whom a register was asked."""
    return found.filter(Exists(Enquiry.objects.filter(candidate=OuterRef("pk"), register=register, superseded_at__isnull=True)))


def candidates_with_questions(plan: Plan) -> QuerySet[Candidate]:
    """This function will give a plan's candidates in order of registration, each with the standing questions about them as `questions`."""
    rows = Enquiry.objects.filter(superseded_at__isnull=True)
    return candidates(plan).prefetch_related(Prefetch("enquiries", queryset=rows, to_attr="questions"))


def standing_word(one: Enquiry) -> str:
    """This function will give the key of `STANDINGS` under which a question stands; what was looked into counts as borne out."""
    if one.state != EnquiryState.ANSWERED:
        return one.state
    if one.contradicts:
        return "contradicted"
    return "unknown" if one.outcome == Outcome.UNPROVEN else "borne_out"


def figures(at: datetime) -> list[Figures]:
    """This function will tell of every register how it has done in the last thirty days."""
    since = at - LOOKED_BACK
    recent = Enquiry.objects.filter(superseded_at__isnull=True, opened_at__gte=since)
    counted = recent.order_by().values_list("register", "state").annotate(many=Count("pk"))
    counts: dict[tuple[str, str], int] = {(register, state): many for register, state, many in counted}
    last = dict(Enquiry.objects.filter(state=EnquiryState.ANSWERED).order_by().values_list("register").annotate(at=Max("answered_at")))
    left = Enquiry.objects.filter(state__in=OPEN, superseded_at__isnull=True, next_at__isnull=False).order_by()
    oldest = dict(left.values_list("register").annotate(at=Min("opened_at")))
    return [
        Figures(
            register,
            put=sum(counts.get((register.value, state.value), 0) for state in EnquiryState),
            answered=counts.get((register.value, EnquiryState.ANSWERED.value), 0),
            waiting=counts.get((register.value, EnquiryState.WAITING.value), 0),
            unavailable=counts.get((register.value, EnquiryState.UNAVAILABLE.value), 0),
            last_answer=last.get(register.value),
            oldest_waiting=oldest.get(register.value),
            last_trouble=_last_trouble(register),
        )
        for register in Register
    ]


def _last_trouble(register: Register) -> str:
    found = Enquiry.objects.filter(register=register, state=EnquiryState.UNAVAILABLE, superseded_at__isnull=True, next_at__isnull=False)
    return found.order_by("-next_at").values_list("why", flat=True).first() or ""


def _stands(standing: str) -> Q:
    return {
        "waiting": Q(state=EnquiryState.WAITING),
        "unavailable": Q(state=EnquiryState.UNAVAILABLE),
        "contradicted": Q(state=EnquiryState.ANSWERED, outcome=Outcome.UNMET, settled=""),
        "unknown": Q(state=EnquiryState.ANSWERED, outcome=Outcome.UNPROVEN),
        "borne_out": Q(state=EnquiryState.ANSWERED) & (Q(outcome=Outcome.MET) | (Q(outcome=Outcome.UNMET) & ~Q(settled=""))),
    }[standing]
