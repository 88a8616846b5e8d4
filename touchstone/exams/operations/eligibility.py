"""资格判定办理: what is decided about a candidate is stored with its findings; an earlier decision stays in the ledger."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.catalogue.queries import codes_of
from touchstone.certificates.queries import held_by_people
from touchstone.exams.facts.applicant import Registered
from touchstone.exams.facts.decision import Decided, Evaluator, decided, decided_as_apprentice, printed_standard
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.facts.registers import NOTHING
from touchstone.exams.facts.registers import Held as OnRegisters
from touchstone.exams.models import Candidate, ExceptionalCase, Plan
from touchstone.exams.queries.enquiries import standing_questions
from touchstone.exams.states import CandidateState
from touchstone.kernel.rules import Finding, Outcome, met
from touchstone.policy.eligibility.borne_out import contradiction_is_settled
from touchstone.policy.eligibility.exceptions import BY_ENTERPRISES, Mode
from touchstone.policy.eligibility.outside import ASKED_OF_EVERYBODY


def evaluator_of(plan: Plan) -> Evaluator:
    """This function will give the plan's body as the rules of admission see it."""
    return Evaluator(kind_of_plan(plan), plan.body.name)


def registered_certificates(people: Iterable[int], plan: Plan) -> Mapping[int, list[Registered]]:
    """This function will give, by person, the valid certificates of the plan's occupation in our own register."""
    found: dict[int, list[Registered]] = {}
    for one in held_by_people(list(people), *codes_of(plan.occupation.code)):
        if one.level.isdigit():
            found.setdefault(one.holder_id, []).append(Registered(one.number, int(one.level), one.issued_on, one.is_examined))
    return found


def decide_and_keep(
    candidate: Candidate, plan: Plan, held: Iterable[Registered], registers: OnRegisters = NOTHING, *, by: Actor, at: datetime
) -> Decided:
    """This function will decide about a candidate and set (not save) what was found, what a register says of who they are with it."""
    who = _who_they_are(candidate) if candidate.pk else []
    if plan.is_for_apprentices:
        found = decided_as_apprentice(
            candidate,
            kind=kind_of_plan(plan),
            level=plan.level,
            occupation=plan.occupation.code,
            exam_on=plan.exam_on,
            birthday=candidate.person.birthday,
            registers=registers,
            who=who,
        )
    else:
        found = decided(
            candidate,
            level=plan.level,
            evaluator=evaluator_of(plan),
            birthday=candidate.person.birthday,
            held=held,
            standard=printed_standard(plan.standard),
            occupation=plan.occupation.code,
            registers=registers,
            who=who,
        )
    candidate.state, candidate.satisfied_condition = found.state, found.satisfied
    candidate.admitted_by = found.admitted_by
    candidate.findings, candidate.decided_at, candidate.reviewed_by_id = found.findings, at, by.user_id
    if candidate.pk:
        stand_on_exception(candidate)
    return found


def stand_on_exception(candidate: Candidate) -> None:
    """This function will set (not save) a candidate eligible whose exception the leader has granted, whatever the ladder says; never one who
    may not be admitted at all. Its findings come last.
    """
    case = ExceptionalCase.objects.filter(candidate=candidate, granted=True).first()
    if case is None:
        return
    label = Mode(case.mode).label
    rested = met(f"经企业负责人认可{label}：{case.merit_words}", BY_ENTERPRISES).as_record()
    own = [{"part": "exception", **one} for one in case.findings]
    others = [one for one in candidate.findings if one.get("part") != "exception"]
    candidate.findings = [*others, *own, {"part": "exception", **rested, "title": label, "condition": label, "label": label}]
    if not any(one.get("part") == "admission" and one["outcome"] == Outcome.UNMET for one in others):
        candidate.state, candidate.satisfied_condition = CandidateState.ELIGIBLE, label


def _who_they_are(candidate: Candidate) -> list[Finding]:
    """What the register of residents contradicts about the person themselves: it stays open until a reviewer has looked into it."""
    found = standing_questions(candidate).filter(register__in=ASKED_OF_EVERYBODY, outcome=Outcome.UNMET)
    return [contradiction_is_settled(one.findings[0]["reason"], one.settled, candidate.applied_on) for one in found.order_by("register")]
