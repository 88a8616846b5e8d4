"""申报人样例: people in the words of the tables: years of work, certificates, titles, schools."""

from datetime import date
from typing import Any

from touchstone.policy.eligibility.applicant import Applicant, HeldCertificate, Relation, Title, TitleRank, WorkPeriod
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.schooling import School, SchoolClass, Schooling

TODAY = date(2026, 6, 1)
LAST_OF_2018 = date(2023, 9, 30)
FIRST_OF_2023 = date(2023, 10, 1)


def worker(since: date, *, proven: bool = True, until: date | None = None, relation: Relation = Relation.SAME, **more: Any) -> Applicant:
    """A person who has worked since a day."""
    return Applicant(birthday=date(1980, 1, 1), works=(WorkPeriod(since, until, relation, proven),), **more)


def holding(
    level: int, issued_on: date, *, proven: bool = True, relation: Relation = Relation.SAME, examined: bool = False
) -> HeldCertificate:
    """A certificate."""
    return HeldCertificate(Level(level), issued_on, relation, proven, examined=examined)


def titled(rank: str, obtained_on: date, *, proven: bool = True, relation: Relation = Relation.SAME) -> Title:
    """A professional title."""
    return Title(TitleRank(rank), obtained_on, relation, proven)


def graduate(
    school: School,
    *,
    school_class: SchoolClass = SchoolClass.ORDINARY,
    on: date | None = date(2020, 7, 1),
    final_year: bool = False,
    related: bool | None = True,
    assessed: bool | None = None,
    proven: bool = True,
) -> Schooling:
    """A schooling; finished in 2020 unless told."""
    return Schooling(school, school_class, related, on, final_year, assessed, proven)
