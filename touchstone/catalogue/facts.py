"""目录事实: what do the catalogue's rows say, as the rules of scope read it, and what follows for each kind of body?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.catalogue.models import ExamForm, FileableLevel, Occupation, Standard, Structure, Trade, WorkContent
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.filing.scope import Basis, ListedOccupation, ScopeItem, StandardFacts, check_scope_item
from touchstone.policy.questions.structure import ContentFacts, ElementFacts, ElementKind, FormFacts, FunctionFacts, StructureFacts, WeightFacts
from touchstone.policy.roles import BodyKind


@dataclass(frozen=True)
class Fileability:
    """What a kind of body may file of an occupation (or of one trade): the levels, and the findings that say why and why not."""

    kind: BodyKind
    title: str
    levels: tuple[Level, ...]
    findings: tuple[Finding, ...]


def title_of(occupation: Occupation, trade: Trade | None) -> str:
    """This function will name an occupation, with its trade where one is meant."""
    return f"{occupation.name}（{trade.name}）" if trade is not None else occupation.name


def listed_occupation(occupation: Occupation, trade: Trade | None, rows: Iterable[FileableLevel]) -> ListedOccupation:
    """This function will read the lines of the national list: what is listed for an occupation as a whole holds for each trade."""
    spans: dict[Level, list[Period]] = defaultdict(list)
    for row in rows:
        if row.trade is None or (trade is not None and row.trade.name == trade.name):
            spans[Level(row.level)].append(Period(row.since, row.until))
    return ListedOccupation(occupation.code, title_of(occupation, trade), {level: tuple(periods) for level, periods in spans.items()})


def standard_facts(standard: Standard) -> StandardFacts:
    """This function will read one edition of a standard."""
    return StandardFacts(
        f"{standard.title}（{standard.edition}）",
        Basis(standard.kind),
        frozenset(Level(level) for level in standard.levels),
        Period(standard.in_force_from, standard.until),
        standard.approved_on,
    )


def fileability(
    kind: BodyKind,
    occupation: Occupation,
    trade: Trade | None,
    rows: Sequence[FileableLevel],
    standards: Sequence[Standard],
    day: date,
) -> Fileability:
    """This function will find what a body of this kind may file on `day`, given the lines of the list and every standard entered.

    Each level is tried by the standard that serves it best. A body other than an enterprise is tried by national standards only,
    so that an occupation which has none is told so (暂不纳入), whatever enterprises have laid down for themselves.
    """
    listed = listed_occupation(occupation, trade, rows)
    open_levels = sorted((level for level, spans in listed.fileable.items() if any(day in span for span in spans)), reverse=True)
    serving = [one for one in standards if one.trade is None or (trade is not None and one.trade.name == trade.name)]
    allowed = [one for one in serving if kind is BodyKind.ENTERPRISE or one.kind == Standard.Kind.NATIONAL]
    usable: list[StandardFacts | None] = [standard_facts(one) for one in allowed] or [None]
    found: dict[Level, tuple[Finding, ...]] = {}
    for level in open_levels or [Level.FIVE]:
        tried = [check_scope_item(kind, ScopeItem(listed.title, level, listed, standard), day) for standard in usable]
        found[level] = min(tried, key=_shortfall)
    return Fileability(kind, listed.title, tuple(level for level, findings in found.items() if not _shortfall(findings)), _telling(found.values()))


def _shortfall(findings: tuple[Finding, ...]) -> int:
    return sum(finding.outcome is not Outcome.MET for finding in findings)


def _telling(tried: Iterable[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """Keep what says why: on which standard it rests, and whatever stands against it, each once."""
    told = [one for findings in tried for one in findings if one.outcome is not Outcome.MET or one.rule.endswith("basis_allowed")]
    return tuple(dict.fromkeys(told))


def structure_facts(structure: Structure) -> StructureFacts:
    """This function will read a structure as the rules and the comparison read it."""
    standard = structure.standard
    functions = list(structure.functions.order_by("place"))
    contents = WorkContent.objects.filter(function__structure=structure).order_by("function__place", "place")
    return StructureFacts(
        f"{standard.title}（{standard.edition}）",
        frozenset(Level(level) for level in standard.levels),
        tuple(FunctionFacts(one.code, one.name) for one in functions),
        tuple(ContentFacts(one.code, one.name) for one in contents),
        tuple(
            ElementFacts(one.code, Level(one.level) if one.level else None, ElementKind(one.kind), one.text, one.weighty)
            for one in structure.elements.order_by("place")
        ),
        tuple(
            WeightFacts(one.function.code, Level(one.level), Part(one.part), one.percent)
            for one in structure.weights.select_related("function").order_by("part", "-level", "function__place")
        ),
        tuple(form_facts(one) for one in structure.forms.order_by("-level", "id")),
    )


def form_facts(row: ExamForm) -> FormFacts:
    """This function will read one form of exam."""
    limits = (row.candidates_per_assessor, row.least_assessors, row.disagreement_limit)
    return FormFacts(Level(row.level), Part(row.part), row.form, row.minutes, *limits)
