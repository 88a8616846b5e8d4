"""资格认定事实: which findings do admission and eligibility come to for one candidate, and in which state does that leave them?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.exams.facts.applicant import Registered, applicant_of
from touchstone.exams.facts.registers import NOTHING, Held, admission_by_registers, apprenticeship_of
from touchstone.exams.models import Candidate
from touchstone.exams.states import CandidateState
from touchstone.kernel.rules import Finding, Outcome, weakest
from touchstone.policy.eligibility.admission import Ground, ground_open_to_body
from touchstone.policy.eligibility.applicant import Applicant
from touchstone.policy.eligibility.apprenticeship import (
    agreement_is_kept,
    enterprise_fixes_levels,
    level_may_be_fixed,
    on_apprentices_register,
    term_is_served,
)
from touchstone.policy.eligibility.decide import decide
from touchstone.policy.eligibility.grounds import old_enough
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.override import PrintedStandard, standard_gives_way
from touchstone.policy.eligibility.years import LEAST_AGE
from touchstone.policy.roles import BodyKind

if TYPE_CHECKING:
    from touchstone.catalogue.models import Standard

_STATES = {
    Outcome.MET: CandidateState.ELIGIBLE,
    Outcome.UNPROVEN: CandidateState.UNPROVEN,
    Outcome.UNMET: CandidateState.INELIGIBLE,
}


@dataclass(frozen=True)
class Evaluator:
    """The body that evaluates, as the rules of admission see it."""

    kind: BodyKind
    name: str


@dataclass(frozen=True)
class Decided:
    """What was decided about a candidate; `findings` are as stored: admission first, then one for each condition of the level.

    `admitted_by` is the number of the register's entry on which the person is admitted.
    """

    state: CandidateState
    satisfied: str
    findings: list[dict[str, Any]]
    sentence: str
    admitted_by: str = ""


def decided(
    candidate: Candidate,
    *,
    level: int,
    evaluator: Evaluator,
    birthday: date | None,
    held: Iterable[Registered],
    standard: PrintedStandard | None = None,
    occupation: str = "",
    registers: Held = NOTHING,
    who: Iterable[Finding] = (),
) -> Decided:
    """This function will decide about a candidate on the day of application, from claims, proofs and the registers; `who` are findings about who
    they are, from outside.

    :raises Refusal: when the claimed condition is none of the level's on that day.
    """
    day = candidate.applied_on
    by_registers = admission_by_registers(candidate, evaluator.name, occupation, registers)
    admission = [ground_open_to_body(evaluator.kind, Ground(candidate.ground), day), *by_registers.findings, *who]
    applicant = applicant_of(
        birthday=birthday, condition=candidate.condition, claims=candidate.claims, proofs=candidate.proofs, held=held, day=day
    )
    eligibility = decide(applicant, Level(level), day, claimed=candidate.condition)
    admitted = weakest(admission)
    outcome = admitted if admitted == Outcome.UNMET or eligibility.outcome == Outcome.MET else eligibility.outcome
    open_points = [f"{one.reason}，请补交{one.ask_for}" if one.ask_for else one.reason for one in admission if one.outcome != Outcome.MET]
    sentence = "；".join([*open_points, eligibility.sentence])
    found = [{"part": "admission", **one.as_record()} for one in admission]
    found += [{"part": "standard", **one.as_record()} for one in _given_way(standard, level, day)]
    found += [{"part": "condition", **one.as_record()} for one in eligibility.considered]
    return Decided(_STATES[outcome], eligibility.satisfied.key if eligibility.satisfied else "", found, sentence, by_registers.by)


def decided_as_apprentice(
    candidate: Candidate,
    *,
    kind: BodyKind,
    level: int,
    occupation: str,
    exam_on: date,
    birthday: date | None,
    registers: Held,
    who: Iterable[Finding] = (),
) -> Decided:
    """This function will decide about an apprentice by the register of apprentices alone: no condition of the ladder is asked for."""
    row = registers.apprenticeship
    known = None if row is None else apprenticeship_of(row, row.number in registers.evidenced)
    age = old_enough(Applicant(birthday=birthday), LEAST_AGE.on(candidate.applied_on), candidate.applied_on)
    found = [
        *who,
        enterprise_fixes_levels(kind, exam_on),
        level_may_be_fixed(Level(level), exam_on),
        replace(age, title="申报之日已满最低年龄"),
        on_apprentices_register(known, occupation, exam_on),
    ]
    if known is not None:
        found += [agreement_is_kept(known, exam_on), term_is_served(known, exam_on)]
    outcome = weakest(found)
    open_points = [f"{one.reason}，请补交{one.ask_for}" if one.ask_for else one.reason for one in found if one.outcome != Outcome.MET]
    sentence = "；".join(open_points) or "学徒期满，可以参加转正定级考核"
    records = [{"part": "admission", **one.as_record()} for one in found]
    by = row.number if row is not None and outcome is not Outcome.UNMET else ""
    return Decided(_STATES[outcome], "", records, f"{sentence}。", by)


def printed_standard(standard: "Standard") -> PrintedStandard:
    """This function will give an edition as the rule of precedence reads it."""
    return PrintedStandard(standard.title, standard.in_force_from, standard.printed_years)


def _given_way(standard: PrintedStandard | None, level: int, day: date) -> list[Finding]:
    """Say where the plan's own standard prints other years for this level and gives way (三(二)1); nothing where it does not."""
    if standard is None or standard.printed_years is None:
        return []
    here = {key: printed for key, printed in standard.printed_years.items() if key.endswith(f"for_{level}")}
    found = standard_gives_way(replace(standard, printed_years=here), day)
    return [found] if found.outcome is Outcome.MET else []
