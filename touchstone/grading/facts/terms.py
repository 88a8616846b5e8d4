"""期满评估事实: what does the whole term of a filing look like, as the law reads it, and in lines for those who decide?"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from touchstone.certificates.queries import issued_by_bodies
from touchstone.filings.states import State
from touchstone.grading.facts.enforced import open_matters
from touchstone.grading.models import Assessment
from touchstone.grading.states import AssessmentState
from touchstone.policy.supervision.assessment import Band, TermFacts

if TYPE_CHECKING:
    from touchstone.filings.models import Filing


@dataclass(frozen=True)
class Term:
    """A term as the law reads it, and the same in lines [what, value]."""

    facts: TermFacts
    lines: list[list[str]]


def term_facts(filing: "Filing", day: date) -> Term:
    """This function will give what an expiry evaluation of a filing in force looks at."""
    assert filing.in_force_from is not None and filing.until is not None
    years = Assessment.objects.filter(body=filing.body_id, state=AssessmentState.PUBLISHED, round__year__gte=filing.in_force_from.year)
    bands = [(one.round.year, Band(one.band), one.points) for one in years.select_related("round").order_by("round__year")]
    cases, corrections = open_matters(filing.body)
    issued = issued_by_bodies([filing.body_id], filing.in_force_from, day).get(filing.body_id, 0)
    suspended = filing.state == State.SUSPENDED
    facts = TermFacts(filing.until, tuple(band for _, band, _ in bands), cases, corrections, suspended, issued)
    lines = [
        ["备案有效期", f"{filing.in_force_from}起，至{filing.until}前"],
        *([f"{year}年度考核", f"{band.label}（{points}分）"] for year, band, points in bands),
        *([] if bands else [["年度考核", "有效期内没有公布的年度考核"]]),
        ["未办结的案件", f"{cases}件"],
        ["未完成的整改", f"{corrections}项"],
        ["备案状态", "暂停评价" if suspended else "正常"],
        ["核发证书", f"{issued}本"],
    ]
    return Term(facts, lines)
