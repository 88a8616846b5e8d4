"""资格判定办理: what is decided about a candidate is stored with its findings; an earlier decision stays in the ledger."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.catalogue.queries import codes_of
from touchstone.certificates.queries import held_by_people
from touchstone.exams.facts.applicant import Registered
from touchstone.exams.facts.decision import Decided, Evaluator, decided, printed_standard
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.facts.registers import NOTHING
from touchstone.exams.facts.registers import Held as OnRegisters
from touchstone.exams.models import Candidate, Plan


def evaluator_of(plan: Plan) -> Evaluator:
    """This function will give the plan's body as the rules of admission see it."""
    return Evaluator(kind_of_plan(plan), plan.body.name)


def registered_certificates(people: Iterable[int], plan: Plan) -> Mapping[int, list[Registered]]:
    """This function will give, by person, the valid certificates of the plan's occupation in our own register."""
    found: dict[int, list[Registered]] = {}
    for one in held_by_people(list(people), *codes_of(plan.occupation.code)):
        if one.level.isdigit():
            found.setdefault(one.holder_id, []).append(Registered(one.number, int(one.level), one.issued_on))
    return found


def decide_and_keep(
    candidate: Candidate, plan: Plan, held: Iterable[Registered], registers: OnRegisters = NOTHING, *, by: Actor, at: datetime
) -> Decided:
    """This function will decide about a candidate and set (not save) what was found."""
    found = decided(
        candidate,
        level=plan.level,
        evaluator=evaluator_of(plan),
        birthday=candidate.person.birthday,
        held=held,
        standard=printed_standard(plan.standard),
        occupation=plan.occupation.code,
        registers=registers,
    )
    candidate.state, candidate.satisfied_condition = found.state, found.satisfied
    candidate.admitted_by = found.admitted_by
    candidate.findings, candidate.decided_at, candidate.reviewed_by_id = found.findings, at, by.user_id
    return found
