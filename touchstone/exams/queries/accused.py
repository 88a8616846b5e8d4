"""当事人查询: which candidate, sitting or incident of a body is meant?"""

from typing import TYPE_CHECKING

from django.db.models import Q

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, Enquiry, Incident, Sitting
from touchstone.kernel.rules import Outcome

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.policy.exams.parts import Part


def incident_of_body(number: str, body: "Body") -> Incident | None:
    """This function will give an incident told in a sitting of the body; None where there is none."""
    rows = Incident.objects.select_related("sitting__plan", "sitting__room", "candidate__person")
    return rows.filter(number=number, sitting__plan__body=body).first()


def candidate_of_body(number: str, body: "Body") -> Candidate | None:
    """This function will give a candidate of the body by number or by ticket; None where there is none."""
    wanted = Q(number=number.strip()) | Q(ticket_number=number.strip())
    return Candidate.objects.select_related("person", "plan").filter(wanted, plan__body=body).first() if number.strip() else None


def contradiction_of(number: str, candidate: Candidate) -> Enquiry | None:
    """This function will give a question about a candidate whose answer contradicts what they claimed; None where there is none such."""
    return Enquiry.objects.filter(number=number, candidate=candidate, outcome=Outcome.UNMET).first()


def may_refer_undertaking(actor: Actor, candidate_number: str) -> bool:
    """This function will say whether an office may hand a doubt about somebody's undertaking to their body; not about history without a candidate."""
    candidate = Candidate.objects.filter(number=candidate_number, disqualified_by="").first()
    if candidate is None:
        return False
    try:
        permissions.check_may_refer(actor, candidate)
    except NotAllowed:
        return False
    return True


def sitting_of(candidate: Candidate, part: "Part") -> Sitting | None:
    """This function will give where a candidate sat for a part; None where they have no seat."""
    seat = candidate.seats.filter(sitting__part=part).select_related("sitting").first()
    return seat.sitting if seat is not None else None
