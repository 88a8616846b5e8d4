"""当事人查询: which candidate, sitting or incident of a body is meant?"""

from typing import TYPE_CHECKING

from django.db.models import Q

from touchstone.exams.models import Candidate, Incident, Sitting

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


def sitting_of(candidate: Candidate, part: "Part") -> Sitting | None:
    """This function will give where a candidate sat for a part; None where they have no seat."""
    seat = candidate.seats.filter(sitting__part=part).select_related("sitting").first()
    return seat.sitting if seat is not None else None
