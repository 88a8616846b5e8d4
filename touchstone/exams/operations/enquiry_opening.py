"""提出查询: which questions to outside registers come with a registration? They are only written down here; the queue asks them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.exams.facts.enquiries import registers_to_ask
from touchstone.exams.models import Candidate, Enquiry
from touchstone.exams.queries.enquiries import standing_questions
from touchstone.exams.states import CandidateState
from touchstone.policy.eligibility.outside import ASKED_OF_EVERYBODY, Register

_LETTERS = {Register.IDENTITY: "A", Register.DEATH: "B", Register.INSURANCE: "C", Register.SCHOOLING: "D", Register.CERTIFICATE: "E"}


def open_enquiries(fresh: Sequence[Candidate], *, by: Actor, at: datetime) -> None:
    """This function will write down the questions about candidates just registered; part of the registration, whose line names them."""
    opened([(one, register) for one in fresh for register in registers_to_ask(one)], by=by, at=at)


def open_further(candidate: Candidate, *, by: Actor, at: datetime) -> None:
    """This function will write down what has to be asked since the candidate was decided about anew; part of that operation."""
    if candidate.state != CandidateState.UNPROVEN:
        return
    there = set(standing_questions(candidate).values_list("register", flat=True))
    for register in registers_to_ask(candidate):
        if register not in there:
            opened([(candidate, register)], by=by, at=at, earlier=times_put(candidate, register))


def put_aside(candidate: Candidate, *, at: datetime) -> None:
    """This function will put aside what was asked about claims that are other ones now; the answers stay on record."""
    standing_questions(candidate).exclude(register__in=ASKED_OF_EVERYBODY).update(superseded_at=at)
    candidate.proofs = {kind: proof for kind, proof in candidate.proofs.items() if "enquiry" not in proof}


def opened(wanted: Iterable[tuple[Candidate, Register]], *, by: Actor, at: datetime, earlier: int = 0) -> list[Enquiry]:
    """This function will write questions down, to be asked at once; `earlier` counts how often each was put before.

    The number is made from the candidate's, register and round, so that no two registrations wait for each other over it.
    """
    rows = [
        Enquiry(
            number=f"CX{candidate.number[2:]}{_LETTERS[register]}{earlier + 1}",
            candidate=candidate,
            register=register,
            opened_at=at,
            opened_by_id=by.user_id,
            next_at=at,
        )
        for candidate, register in wanted
    ]
    return Enquiry.objects.bulk_create(rows, batch_size=1000)


def times_put(candidate: Candidate, register: Register) -> int:
    """This function will count how often a register was asked about a candidate."""
    return Enquiry.objects.filter(candidate=candidate, register=register).count()
