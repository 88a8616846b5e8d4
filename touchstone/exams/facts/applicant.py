"""申报人事实: which frozen facts do claims, checked evidence and our own register of certificates come to?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from touchstone.exams.facts.claims import NO_MAJOR, Claims, ProofKind, Proofs
from touchstone.policy.eligibility.applicant import Applicant, HeldCertificate, Relation, Title, TitleRank, WorkPeriod
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.schooling import SCHOOL_OF_EDUCATION, School, SchoolClass, Schooling

INTENT = "5-1"
"""Choosing this condition is itself the declaration of meaning to work in the occupation."""


@dataclass(frozen=True)
class Registered:
    """A valid certificate of the same occupation in our own register: it proves itself, unless it is under examination (核查中)."""

    number: str
    level: int
    issued_on: date
    examined: bool = False


def applicant_of(*, birthday: date | None, condition: str, claims: Claims, proofs: Proofs, held: Iterable[Registered], day: date) -> Applicant:
    """This function will put the facts together. What the register or the reviewer proved takes the place of the like claim."""
    registered = tuple(held)
    return Applicant(
        birthday=birthday,
        intends_to_work=True if condition == INTENT else None,
        claimed_months=int(Decimal(str(claims.get("years_in_field") or 0)) * 12),
        works=_works(proofs),
        certificates=_certificates(claims, proofs, registered, day),
        schoolings=_schoolings(claims, proofs, day),
        titles=_titles(proofs),
    )


def _works(proofs: Proofs) -> tuple[WorkPeriod, ...]:
    return tuple(
        WorkPeriod(date.fromisoformat(one["since"]), _day(one.get("until")), Relation(one.get("relation", "same")), proven=True)
        for one in proofs.get(ProofKind.WORK, {}).get("periods", [])
    )


def _certificates(claims: Claims, proofs: Proofs, registered: tuple[Registered, ...], day: date) -> tuple[HeldCertificate, ...]:
    found = [HeldCertificate(Level(one.level), one.issued_on, Relation.SAME, True, one.number, one.examined) for one in registered]
    examined = {one.number for one in registered if one.examined}
    proof = proofs.get(ProofKind.CERTIFICATE)
    if proof:
        issued, relation = date.fromisoformat(proof["issued_on"]), Relation(proof["relation"])
        number = proof.get("number", "")
        found.append(HeldCertificate(Level(proof["level"]), issued, relation, True, number, number in examined))
    claim = claims.get("certificate")
    if claim and not proof and claim["number"] not in {one.number for one in registered}:
        issued = earliest_issue(claim["number"], day)
        found.append(HeldCertificate(Level(claim["level"]), issued, Relation.UNCONFIRMED, False, claim["number"]))
    return tuple(found)


def earliest_issue(number: str, day: date) -> date:
    """This function will give the first day on which a certificate of this number can have been issued, by the year in it.

    Numbers of 13 places are quoted with 000 in front. One that shows no year
    is taken as long ago: it is only a claim and has to be proved, so nobody loses by it.
    """
    modern = re.fullmatch(r"[YS]\d{12}(\d{2})\w{7}", number, re.ASCII)
    former = re.fullmatch(r"0{3}(\d{2})\d{11}|(\d{2})\d{14}|(\d{2})\d{11}", number, re.ASCII)
    found = next((year for match in (modern, former) if match for year in match.groups() if year), None)
    if found is None:
        return date(day.year - 50, 1, 1)
    year = 2000 + int(found)
    return date(year if year <= day.year else year - 100, 1, 1)


def _schoolings(claims: Claims, proofs: Proofs, day: date) -> tuple[Schooling, ...]:
    proof = proofs.get(ProofKind.SCHOOLING)
    if proof:
        return (
            Schooling(
                School(proof["school"]),
                SchoolClass(proof.get("school_class", "ordinary")),
                major_related=proof.get("major_related"),
                graduated_on=_day(proof.get("graduated_on")),
                final_year=bool(proof.get("final_year")),
                programme_assessed=proof.get("programme_assessed"),
                proven=True,
            ),
        )
    school = SCHOOL_OF_EDUCATION.get(str(claims.get("education", "")))
    if school in {None, School.GENERAL} or str(claims.get("major", "")).strip() in NO_MAJOR:
        return ()
    assert school is not None
    return (Schooling(school, SchoolClass.ORDINARY, graduated_on=day),)


def _titles(proofs: Proofs) -> tuple[Title, ...]:
    proof = proofs.get(ProofKind.TITLE)
    if not proof:
        return ()
    return (Title(TitleRank(proof["rank"]), date.fromisoformat(proof["obtained_on"]), Relation(proof["relation"]), True),)


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
