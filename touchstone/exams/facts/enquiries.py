"""查询事实: what does a question to a register tell, what does its answer come to against the claim, and what does it prove?"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.facts.proofs import read_proof
from touchstone.exams.models import Candidate
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.eligibility import borne_out
from touchstone.policy.eligibility.admission import DIRECT, Ground
from touchstone.policy.eligibility.applicant import Applicant, Relation, WorkPeriod, latest_months
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.outside import (
    ASKED_OF_EVERYBODY,
    Answer,
    CertificateAnswer,
    DeathAnswer,
    IdentityAnswer,
    InsuranceAnswer,
    Register,
    SchoolingAnswer,
    SchoolRecord,
    registers_for,
)
from touchstone.policy.eligibility.schooling import SCHOOL_OF_EDUCATION, School


@dataclass(frozen=True)
class Asked:
    """What one question tells its register, and no more: `employer` and `certificate` are empty for those that do not need them."""

    number: str
    name: str
    id_number: str
    employer: str = ""
    certificate: str = ""


def registers_to_ask(candidate: Candidate) -> tuple[Register, ...]:
    """This function will give the registers to ask about a candidate just decided about: what everybody is asked for, and what would prove what
    their ground and the condition they name still lack."""
    needed = [one for one in candidate.findings if one.get("part") == "admission" or one.get("condition") == candidate.condition]
    found = [*ASKED_OF_EVERYBODY, *registers_for(needed)]
    if not candidate.claims.get("certificate"):
        found = [one for one in found if one is not Register.CERTIFICATE]
    if claimed_school(candidate) is None:
        found = [one for one in found if one is not Register.SCHOOLING]
    return tuple(found)


def asked_of(candidate: Candidate, register: Register, number: str, id_number: str) -> Asked:
    """This function will put a question together."""
    employer = candidate.employer if register is Register.INSURANCE else ""
    certificate = (candidate.claims.get("certificate") or {}).get("number", "") if register is Register.CERTIFICATE else ""
    return Asked(number, candidate.name, id_number, employer, certificate)


def claimed_school(candidate: Candidate) -> School | None:
    """This function will give the kind of school a candidate says they went to, where the conditions ask for one."""
    found = SCHOOL_OF_EDUCATION.get(str(candidate.claims.get("education", "")))
    return None if found is School.GENERAL else found


def findings_of(candidate: Candidate, answer: Answer) -> list[Finding]:
    """This function will compare an answer with what the candidate claims, on the day of application."""
    day = candidate.applied_on
    match answer:
        case IdentityAnswer():
            return [borne_out.name_fits_number(answer.fits, day)]
        case DeathAnswer():
            return [borne_out.no_death_registered(answer.died_on, day)]
        case InsuranceAnswer():
            claimed, paid = _claimed_months(candidate), _paid_months(answer, day)
            found = [borne_out.contributions_bear_out_work(claimed, paid, day)] if claimed else []
            if candidate.ground == Ground.OWN_STAFF:
                found.append(borne_out.employer_pays(candidate.employer, candidate.employment == DIRECT, _pays(answer, day), day))
            return found
        case SchoolingAnswer():
            claimed_kind = claimed_school(candidate)
            return [borne_out.schooling_is_registered(claimed_kind, answer.records, day)] if claimed_kind else []
        case CertificateAnswer():
            claim = candidate.claims.get("certificate") or {}
            return [borne_out.certificate_is_registered(Level(int(claim["level"])), answer, day)] if claim else []


def proofs_of(candidate: Candidate, answer: Answer, codes: Collection[str]) -> dict[ProofKind, dict[str, Any]]:
    """This function will give what an answer proves, in the shape a reviewer's check has; `codes` are those of the plan's occupation.

    :raises Refusal: when the register says what cannot be.
    """
    day, birthday = candidate.applied_on, candidate.person.birthday
    raw: dict[ProofKind, dict[str, Any]] = {}
    if isinstance(answer, InsuranceAnswer):
        raw = _insured(candidate, answer, day)
    elif isinstance(answer, SchoolingAnswer):
        kind = claimed_school(candidate)
        held = [one for one in answer.records if one.school is kind]
        if held and findings_of(candidate, answer)[0].outcome is Outcome.MET:
            raw = {ProofKind.SCHOOLING: _schooled(max(held, key=lambda one: one.graduated_on or date.min))}
    elif isinstance(answer, CertificateAnswer) and all(one.outcome is Outcome.MET for one in findings_of(candidate, answer)):
        relation = Relation.SAME if answer.occupation_code in codes else Relation.UNCONFIRMED
        number = (candidate.claims.get("certificate") or {}).get("number", "")
        told = {"level": str(answer.level), "issued_on": answer.issued_on, "relation": relation.value, "number": number}
        raw = {ProofKind.CERTIFICATE: told} if answer.found else {}
    return {kind: read_proof(kind, facts, birthday=birthday, day=day) for kind, facts in raw.items()}


def plain(answer: Answer) -> dict[str, Any]:
    """This function will give an answer as it is stored."""
    found: dict[str, Any] = _plain(asdict(answer))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _claimed_months(candidate: Candidate) -> int:
    return int(float(str(candidate.claims.get("years_in_field") or 0)) * 12)


def _paid_months(answer: InsuranceAnswer, day: date) -> int:
    works = tuple(WorkPeriod(one.since, one.until, Relation.SAME, True) for one in answer.spells if one.since < day)
    return Applicant(works=works).work(until=day).proven_months


def _pays(answer: InsuranceAnswer, day: date) -> bool | None:
    """Whether the employer named pays on the day; None where nobody does."""
    now = [one for one in answer.spells if day in Period(one.since, one.until)]
    return any(one.by_named_employer for one in now) if now else None


def _insured(candidate: Candidate, answer: InsuranceAnswer, day: date) -> dict[ProofKind, dict[str, Any]]:
    """Contributions show for how long; that it was in the occupation is what the person declares. So no more of them counts than was claimed."""
    found: dict[ProofKind, dict[str, Any]] = {}
    spans = [(one.since, one.until) for one in answer.spells if one.since < day]
    counted = latest_months(spans, claimed, day) if (claimed := _claimed_months(candidate)) else []
    if counted:
        periods = [{"since": one.since, "until": one.until, "relation": Relation.SAME.value} for one in counted]
        found[ProofKind.WORK] = {"periods": periods}
    if _pays(answer, day) and candidate.ground == Ground.OWN_STAFF:
        since = min(one.since for one in answer.spells if one.by_named_employer and day in Period(one.since, one.until))
        found[ProofKind.EMPLOYMENT] = {"since": since}
    return found


def _schooled(record: SchoolRecord) -> dict[str, Any]:
    return {
        "school": record.school.value,
        "school_class": record.school_class.value,
        "graduated_on": record.graduated_on,
        "final_year": record.final_year,
    }
