"""各区尺度: for what offices decide with discretion, does a district decide about as often in one way as the others do?

Shown is how often, never whether a single decision was right: districts differ in what comes before them, and few decisions prove nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import make_aware

from touchstone.enforcement.queries import figures as enforcement
from touchstone.filings.queries import figures as filings
from touchstone.insight.models import Explanation
from touchstone.inspections.queries import figures as inspections
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import Finding
from touchstone.monitoring.queries import figures as monitoring
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.supervision.precedents import district_decides_like_others
from touchstone.revocations.queries import figures as revocations

MONTHS = 12
"""How many whole months are compared: those before the present one, so that what is compared stands still for a month."""


@dataclass(frozen=True)
class Question:
    """One thing that is decided with discretion. `rows` gives the decisions of districts in a time, each with `place`, `case_number`, `about`,
    `decided` and `lenient`; `share` says in words what is counted, `mild` and `strict` name the two ways of deciding."""

    key: str
    title: str
    share: str
    mild: str
    strict: str
    rows: Callable[[datetime, datetime], QuerySet[Any]]


QUESTIONS: tuple[Question, ...] = (
    Question("filing", "备案决定", "准予备案", "准予", "不予", filings.decisions_of_districts),
    Question("receipt", "备案审查中的退回补正", "没有退回补正", "没有退回", "退回过", filings.receipts_of_districts),
    Question("alert", "预警认定", "认定不属实", "不属实", "属实", monitoring.verdicts_of_districts),
    Question("visit", "双随机检查结果", "未发现问题", "未发现问题", "发现问题", inspections.outcomes_of_districts),
    Question("case", "机构案件处理", "没有暂停、终止", "没有暂停、终止", "暂停或终止", enforcement.decisions_of_districts),
    Question("revocation", "证书撤销决定", "不成立、保留证书", "保留", "撤销或更正", revocations.verdicts_of_districts),
)
"""To compare one more kind of decision, add a line."""


@dataclass(frozen=True)
class Span:
    """The days compared: `since` inclusive, `until` exclusive."""

    since: date
    until: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The same as moments of the city's clock."""
        return make_aware(datetime.combine(self.since, time())), make_aware(datetime.combine(self.until, time()))


def span_on(day: date) -> Span:
    """This function will give the twelve whole months before the month of `day`."""
    until = day.replace(day=1)
    return Span(add_months(until, -MONTHS), until)


@dataclass(frozen=True)
class Line:
    """How one district decided, beside all others, what the rule says of it, and what the district said last."""

    question: Question
    district: str
    cases: int
    milder: int
    other_cases: int
    other_milder: int
    finding: Finding
    explanation: Explanation | None

    @property
    def share(self) -> float | None:
        """The district's share of the milder way, in percent; None where it decided nothing."""
        return self.milder * 100 / self.cases if self.cases else None

    @property
    def other_share(self) -> float | None:
        """The same of all other districts together."""
        return self.other_milder * 100 / self.other_cases if self.other_cases else None


def question(key: str) -> Question | None:
    """This function will give the question of this key; None where there is none."""
    return next((one for one in QUESTIONS if one.key == key), None)


def decisions(asked: Question, span: Span, district: str = "") -> QuerySet[Any]:
    """This function will give the decisions that are compared (of one district, when named), the latest first."""
    found = asked.rows(*span.moments).filter(place__in=[district] if district else sorted(DISTRICTS))
    return found.order_by("-decided", "-pk")


def compared(asked: Question, day: date) -> list[Line]:
    """This function will compare every district with all others on one question, by code, in two queries."""
    span = span_on(day)
    rows = decisions(asked, span).order_by().values_list("place").annotate(many=Count("pk"), mild=Count("pk", filter=Q(lenient=True)))
    told = {place: (many, mild) for place, many, mild in rows}
    return _lines(asked, told, _explanations(asked, span), day)


def compared_one(asked: Question, district: str, day: date) -> Line:
    """This function will compare one district with all others on one question."""
    return next(line for line in compared(asked, day) if line.district == district)


def _lines(asked: Question, told: Mapping[str, tuple[int, int]], said: Mapping[str, Explanation], day: date) -> list[Line]:
    cases, milder = sum(many for many, _ in told.values()), sum(mild for _, mild in told.values())
    found = []
    for code in sorted(DISTRICTS):
        own, mild = told.get(code, (0, 0))
        finding = district_decides_like_others(own, mild, cases - own, milder - mild, day, told=asked.share)
        found.append(Line(asked, code, own, mild, cases - own, milder - mild, finding, said.get(code)))
    return found


def _explanations(asked: Question, span: Span) -> dict[str, Explanation]:
    rows = Explanation.objects.filter(question=asked.key, until=span.until).select_related("office")
    return {one.office.district: one for one in rows}


def explanation(number: str) -> Explanation | None:
    """This function will give an explanation by its number; None where there is none."""
    return Explanation.objects.select_related("office", "explained_by__person", "answered_by__person").filter(number=number).first()


def earlier(asked: Question, district: str, until: date) -> Iterable[Explanation]:
    """This function will give what a district said to the same question before, the latest first."""
    return Explanation.objects.filter(question=asked.key, office__district=district, until__lt=until).order_by("-until")[:12]
