"""登记事实: what do a body's registers say about one candidate on the day of application, and which entry admits them?

A row speaks for itself: what it shows is met or not. Without a row the claim is open until a document proves it. Agreements and
commissions are never replaced by a document: they have to be entered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate
from touchstone.kernel.numbers import name_key
from touchstone.kernel.rules import Finding, Outcome, weakest
from touchstone.policy.eligibility.admission import (
    DIRECT,
    Employment,
    Ground,
    admitted_as_own_staff,
    admitted_by_agreement,
    employer_is_the_body,
)
from touchstone.policy.eligibility.apprenticeship import Apprenticeship as Learning
from touchstone.policy.eligibility.populations import (
    Affiliate,
    OnRegister,
    Paper,
    agreement_covers,
    client_lacks_conditions,
    commission_covers,
    in_graduation_year,
    on_staff_register,
    subsidiary_covers,
)
from touchstone.policy.provinces import is_outside

if TYPE_CHECKING:
    from touchstone.bodies.models import Agreement, Apprenticeship, Commission, Student, Subsidiary, Worker

_ORDER = (Outcome.MET, Outcome.UNPROVEN, Outcome.UNMET)


@dataclass(frozen=True)
class Held:
    """What the body's registers hold about one person: the rows, and the papers a claim may rest on.

    `used` counts, by commission, the other people it admitted already; `filed_clients` are the credit codes of clients that are filed for the
    occupation themselves; `evidenced` are the numbers under which a document lies.
    """

    workers: Sequence["Worker"] = ()
    keeps_staff: bool = False
    subsidiaries: Sequence["Subsidiary"] = ()
    students: Sequence["Student"] = ()
    agreements: Sequence["Agreement"] = ()
    commissions: Sequence["Commission"] = ()
    used: Mapping[str, int] = field(default_factory=dict)
    filed_clients: frozenset[str] = frozenset()
    evidenced: frozenset[str] = frozenset()
    apprenticeship: "Apprenticeship | None" = None


NOTHING = Held()


@dataclass(frozen=True)
class Admission:
    """What was found about the ground, and the number of the entry it rests on while it is not refused; empty where none carries it."""

    findings: list[Finding]
    by: str = ""


def admission_by_registers(candidate: Candidate, body_name: str, occupation: str, held: Held) -> Admission:
    """This function will check the ground that a candidate names against the body's registers, on the day of application."""
    ground, day, proven = Ground(candidate.ground), candidate.applied_on, ProofKind.EMPLOYMENT in candidate.proofs
    match ground:
        case Ground.OWN_STAFF:
            found = _own_staff(candidate, body_name, held, day)
        case Ground.COMMISSIONED:
            found = _commissioned(candidate.employer, occupation, held, proven, day)
        case Ground.OWN_STUDENT | Ground.STUDENT_BY_AGREEMENT:
            found = _student(ground, held, proven, day)
        case Ground.PUBLIC:
            found = Admission([])
    refused = found.findings and weakest(found.findings) is Outcome.UNMET
    return Admission(found.findings) if refused else found


def apprenticeship_of(row: "Apprenticeship", evidenced: bool) -> Learning:
    """This function will give a row of the register of apprentices as rules read it."""
    return Learning(
        row.number, row.occupation_code, row.since, row.until, row.master, ended_on=row.ended_on, fixed_on=row.fixed_on, evidenced=evidenced
    )


def _own_staff(candidate: Candidate, body_name: str, held: Held, day: date) -> Admission:
    """The register of staff decides where it has a row. A body vouches for whom it employs directly and registers; every other form of
    employment rests on a contract with somebody else, and what a person says of themselves on a document."""
    proof = candidate.proofs.get(ProofKind.EMPLOYMENT)
    row = next((one for one in held.workers if one.since <= day and (one.until is None or day < one.until)), None)
    row = row or next(iter(held.workers), None)
    employer = name_key(candidate.employer)
    subsidiary = row.subsidiary if row else _named(held.subsidiaries, employer, day)
    documented = proof is not None or (row is not None and (row.proven or bool(row.evidence) or row.number in held.evidenced))
    ours = subsidiary is not None and name_key(subsidiary.name) == employer
    known = None if ours else employer_is_the_body(candidate.employer, body_name, documented, day)
    if row is not None:
        post = Employment(row.form, row.since, row.until, row.form == DIRECT or documented)
    else:
        vouched = not candidate.entered_oneself and candidate.employment == DIRECT and known is not None and known.outcome == Outcome.MET
        post = Employment(candidate.employment, _day(proof, "since"), _day(proof, "until"), vouched or proof is not None)
    found = [admitted_as_own_staff(post, day)]
    if known is not None:
        found.append(known)
    if subsidiary is not None:
        found.append(subsidiary_covers(_affiliate(subsidiary, held), day))
    if row is not None or held.keeps_staff:
        found.append(on_staff_register(row.form if row else None, candidate.employment, proof is not None, day))
    return Admission(found, row.number if row else subsidiary.number if subsidiary else "")


def _named(subsidiaries: Iterable["Subsidiary"], employer: str, day: date) -> "Subsidiary | None":
    found = [one for one in subsidiaries if name_key(one.name) == employer]
    return next((one for one in found if one.since <= day and (one.until is None or day < one.until)), found[-1] if found else None)


def _affiliate(row: "Subsidiary", held: Held) -> Affiliate:
    return Affiliate(row.name, is_outside(row.province), row.since, row.until, row.number in held.evidenced)


def _commissioned(employer: str, occupation: str, held: Held, proven: bool, day: date) -> Admission:
    """The commission itself must be entered, in force, for the occupation and with room; that somebody works for the firm is shown by a document."""
    at_work = admitted_by_agreement(Ground.COMMISSIONED, proven, day)
    found = []
    for one in held.commissions:
        if name_key(one.client) != name_key(employer):
            continue
        paper = Paper(one.number, one.occupations, one.since, one.until, one.ended_on, one.people, one.number in held.evidenced)
        covers = commission_covers(paper, occupation, held.used.get(one.number, 0), day)
        lacks = client_lacks_conditions(one.client, one.client_uscc in held.filed_clients, day)
        found.append(Admission([covers, lacks, at_work], one.number))
    none = Admission([commission_covers(None, occupation, 0, day), at_work])
    return min(found, key=lambda each: _ORDER.index(weakest(each.findings)), default=none)


def _student(ground: Ground, held: Held, proven: bool, day: date) -> Admission:
    """The row that speaks best for the candidate decides. By agreement, a document stands in for the row only, never for the agreement."""
    own = ground is Ground.OWN_STUDENT
    found = [_of_row(row, held, day) for row in held.students if (row.agreement is None) is own]
    if found:
        return min(found, key=lambda each: _ORDER.index(weakest(each.findings)))
    shown = admitted_by_agreement(ground, proven, day)
    if own:
        return Admission([shown])
    open_now = [one for one in held.agreements if _paper(one, held).open_on(day) and one.number in held.evidenced]
    if not open_now:
        return Admission([agreement_covers(None, "", day), shown])
    return Admission([shown], open_now[0].number if len(open_now) == 1 else "")


def _of_row(row: "Student", held: Held, day: date) -> Admission:
    student = OnRegister(row.major, row.full_time, row.enrolled_on, row.graduates_on, row.left_on)
    found = [in_graduation_year(student, day)]
    if row.agreement is None:
        return Admission(found, row.number)
    return Admission([*found, agreement_covers(_paper(row.agreement, held), row.major, day)], row.agreement.number)


def _paper(row: "Agreement", held: Held) -> Paper:
    return Paper(row.number, row.majors, row.since, row.until, row.ended_on, evidenced=row.number in held.evidenced)


def _day(proof: "Mapping[str, str] | None", key: str) -> date | None:
    text = (proof or {}).get(key)
    return date.fromisoformat(text) if text else None
