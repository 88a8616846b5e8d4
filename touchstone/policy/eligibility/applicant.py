"""申报人: what is claimed about a person who applies, and which of it is proved?

Frozen facts, made by the app that keeps them. Every fact carries `proven`: a claim without proof can make a condition
待证明, never 符合.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.periods import Period, add_months, full_months
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.schooling import Schooling

DAYS_OF_A_MONTH = 31  # adding up what is left of several spells: never so few that a single spell a day short is rounded up


class Relation(StrEnum):
    """How a fact relates to the occupation applied for; the standard's own notes list what is related."""

    SAME = "same"
    RELATED = "related"
    UNCONFIRMED = "unconfirmed"
    OTHER = "other"

    @property
    def counts(self) -> bool:
        return self is not Relation.OTHER

    @property
    def is_confirmed(self) -> bool:
        return self in {Relation.SAME, Relation.RELATED}


class TitleRank(StrEnum):
    """Ranks of a professional title (职称)."""

    JUNIOR = "junior"
    MIDDLE = "middle"
    SENIOR = "senior"

    @property
    def label(self) -> str:
        return {"junior": "初级职称", "middle": "中级职称", "senior": "高级职称"}[self.value]


@dataclass(frozen=True)
class WorkPeriod:
    """Work in an occupation from a day on, until another (exclusive) or still."""

    since: date
    until: date | None = None
    relation: Relation = Relation.SAME
    proven: bool = False


@dataclass(frozen=True)
class HeldCertificate:
    """A certificate of a level, of the occupation applied for or a related one."""

    level: Level
    issued_on: date
    relation: Relation = Relation.SAME
    proven: bool = False
    number: str = ""
    examined: bool = False

    @property
    def is_sure(self) -> bool:
        return self.proven and self.relation.is_confirmed and not self.examined


@dataclass(frozen=True)
class Title:
    """A professional title (职称 or 专业技术人员职业资格); `relation` says whether it matches the occupation."""

    rank: TitleRank
    obtained_on: date
    relation: Relation = Relation.SAME
    proven: bool = False

    @property
    def is_sure(self) -> bool:
        return self.proven and self.relation.is_confirmed


@dataclass(frozen=True)
class Work:
    """Time worked, in full months: what is claimed and what of it is proved."""

    claimed_months: int
    proven_months: int

    @property
    def claimed_years(self) -> int:
        return self.claimed_months // 12

    @property
    def proven_years(self) -> int:
        return self.proven_months // 12


@dataclass(frozen=True)
class Applicant:
    """Everything the conditions look at.

    `claimed_months` is a bare figure (the workbook's 专业年限) for which no periods are known.
    `intends_to_work` and `apprenticeship_ended` are None where nobody has said.
    """

    birthday: date | None = None
    intends_to_work: bool | None = None
    claimed_months: int = 0
    works: tuple[WorkPeriod, ...] = ()
    certificates: tuple[HeldCertificate, ...] = ()
    schoolings: tuple[Schooling, ...] = ()
    titles: tuple[Title, ...] = ()
    apprenticeship_ended: bool | None = None
    apprenticeship_proven: bool = False

    def certificates_at(self, level: Level, day: date) -> tuple[HeldCertificate, ...]:
        """This method will give the certificates of `level` held on `day`, the oldest first."""
        held = (c for c in self.certificates if c.level == level and c.relation.counts and c.issued_on <= day)
        return tuple(sorted(held, key=lambda c: c.issued_on))

    def certificate_at(self, level: Level, day: date) -> HeldCertificate | None:
        """This method will give the certificate of `level` that helps most: the oldest sure one, else the oldest."""
        held = self.certificates_at(level, day)
        return next((c for c in held if c.is_sure), held[0] if held else None)

    def titles_at(self, rank: TitleRank, day: date) -> tuple[Title, ...]:
        """This method will give the titles of `rank` held on `day`, the oldest first."""
        held = (t for t in self.titles if t.rank == rank and t.relation.counts and t.obtained_on <= day)
        return tuple(sorted(held, key=lambda t: t.obtained_on))

    def work(self, *, until: date, since: date | None = None) -> Work:
        """This method will add up the time worked up to `until` (after `since`, where given); no day counts twice."""
        periods = _months([(w.since, w.until) for w in self.works if w.relation.counts], since, until)
        proven = _months([(w.since, w.until) for w in self.works if w.proven and w.relation.is_confirmed], since, until)
        bare = self.claimed_months if since is None else min(self.claimed_months, full_months(since, until))
        return Work(max(periods, bare), proven)


def _months(spans: list[tuple[date, date | None]], since: date | None, until: date) -> int:
    months, days = 0, 0
    for span in _merged(spans, since, until):
        assert span.until is not None
        full = full_months(span.since, span.until)
        months, days = months + full, days + (span.until - add_months(span.since, full)).days
    return months + days // DAYS_OF_A_MONTH


def latest_months(spans: list[tuple[date, date | None]], months: int, until: date) -> list[Period]:
    """This function will give the last part of these spans that comes to so many months up to `until`; all of them where they come to less."""
    found: list[Period] = []
    for span in reversed(_merged(spans, None, until)):
        assert span.until is not None
        full = full_months(span.since, span.until)
        found.append(span if full <= months else Period(add_months(span.until, -months), span.until))
        months -= min(full, months)
        if months <= 0:
            break
    return found[::-1]


def _merged(spans: list[tuple[date, date | None]], since: date | None, until: date) -> list[Period]:
    """This function will cut spans to the window and join those that touch."""
    merged: list[Period] = []
    for start, end in sorted((max(s, since) if since else s, min(e or until, until)) for s, e in spans):
        if start >= end:
            continue
        last = merged[-1] if merged else None
        if last is not None and last.until is not None and start <= last.until:
            merged[-1] = Period(last.since, max(last.until, end))
        else:
            merged.append(Period(start, end))
    return merged
