"""协会纳入查询: which associations' filings belong among the social ones, what became of each, and what stands in the way?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.bodies.queries import employers_commissioning
from touchstone.calls.queries import callable_projects, latest_demand
from touchstone.catalogue.queries import standards_on
from touchstone.certificates.queries import issued_by_bodies
from touchstone.filings.facts import scope_facts
from touchstone.filings.models import AssociationMove, Filing, ScopeItem
from touchstone.filings.queries.scope import filings_in_force, scope_in_force
from touchstone.filings.states import OVER, State
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import Finding, Outcome, unmet
from touchstone.policy.calls.gates import LAW as GATES
from touchstone.policy.documents import notice
from touchstone.policy.filing.association import LAW, AssociationFacts, belongs, check_association
from touchstone.policy.filing.scope import check_scope_item
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership

if TYPE_CHECKING:
    from touchstone.calls.models import Project
    from touchstone.catalogue.models import Standard

MONTHS = 12


@dataclass(frozen=True)
class Candidate:
    """One association's filing, what the tests found, and whether it is among the moves already."""

    filing: Filing
    findings: tuple[Finding, ...]
    move: AssociationMove | None = None

    @property
    def outcome(self) -> Outcome:
        return belongs(self.findings)

    @property
    def label(self) -> str:
        if self.move is not None:
            return f"已列入（{self.move.get_state_display()}）"
        return {Outcome.MET: "应列入", Outcome.UNMET: "不符合条件", Outcome.UNPROVEN: "待补充需求数"}[self.outcome]


def association_moves(actor: Actor) -> QuerySet[AssociationMove]:
    """This function will give the moves an office may see, newest first: the city's all, a district's and an authority's their own bodies'."""
    found = AssociationMove.objects.select_related("filing__body__office", "moved_into", "planned_by__person").order_by("-id")
    kind = actor.office_kind
    if actor.is_platform or kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}:
        return found
    if kind is OfficeKind.DISTRICT_BUREAU:
        return found.filter(filing__body__district=actor.district)
    if kind is OfficeKind.INDUSTRY_AUTHORITY:
        found = found.filter(filing__body__industry=actor.industry)
        return found.filter(filing__body__district=actor.district) if actor.district else found
    return found.none()


def association_move(number: str, actor: Actor) -> AssociationMove:
    """This function will give one move. :raises NotAllowed: when there is none, or it lies on others' ground."""
    found = association_moves(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed(f"没有找到协会纳入事项{number}，或者它不在您的职责范围内。", notice("三(一)2"), "请从列表中选择。")
    return found


def association_candidates(day: date) -> list[Candidate]:
    """This function will try every association's enterprise filing in force on `day` against the tests: seven reads for all of them."""
    filings = list(
        filings_in_force(day)
        .filter(body__ownership=Ownership.ASSOCIATION, body__kind=BodyKind.ENTERPRISE, state__in=[State.ACCEPTED, State.SUSPENDED])
        .order_by("number")
    )
    moves = {move.filing_id: move for move in AssociationMove.objects.filter(filing__in=filings)}
    codes = _codes(filings, day)
    facts = _facts(filings, codes, day)
    return [Candidate(one, check_association(facts[one.pk], day), moves.get(one.pk)) for one in filings]


def _codes(filings: Iterable[Filing], day: date) -> dict[int, set[str]]:
    """The occupations of each filing, its amendments' lines included."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = scope_in_force(day).filter(Q(filing__in=filings) | Q(filing__root__in=filings)).order_by()
    for root, own, code in rows.values_list("filing__root_id", "filing_id", "occupation__code"):
        found[root or own].add(code)
    return found


def _facts(filings: Sequence[Filing], codes: dict[int, set[str]], day: date) -> dict[int, AssociationFacts]:
    since, bodies = add_months(day, -MONTHS), [one.body_id for one in filings]
    every = set[str]().union(*codes.values())
    issued = issued_by_bodies(bodies, since, day)
    employers = employers_commissioning(bodies, since, day)
    demand = _demand(every, day)
    spread = scope_in_force(day).filter(occupation__code__in=every).order_by().values_list("occupation__code")
    fields = dict(spread.annotate(many=Count("filing__body__industry", distinct=True)))
    return {
        one.pk: AssociationFacts(
            kind=BodyKind(one.body.kind),
            ownership=Ownership(one.body.ownership),
            evaluated=issued.get(one.body_id, 0),
            demand=_sum(demand.get(code) for code in codes[one.pk]),
            employers=employers.get(one.body_id, 0),
            fields=max((fields.get(code, 0) for code in codes[one.pk]), default=0),
        )
        for one in filings
    }


def _demand(codes: Iterable[str], day: date) -> dict[str, int]:
    """The yearly demand in the city by occupation: its own figure, else the sum of the districts'."""
    city: dict[str, int] = {}
    summed: dict[str, int] = defaultdict(int)
    for code, district, people in latest_demand(day).filter(occupation__code__in=codes).values_list("occupation__code", "district", "people"):
        if district:
            summed[code] += people
        else:
            city[code] = people
    return summed | city


def _sum(figures: Iterable[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def lines_to_move(move: AssociationMove, day: date) -> list[ScopeItem]:
    """This function will give the lines of scope that a move takes along: those in force, its filing's amendments' included."""
    root = move.filing
    return list(scope_in_force(day, root.body).filter(Q(filing=root) | Q(filing__root=root)))


def move_blockers(move: AssociationMove, day: date) -> tuple[Finding, ...]:
    """This function will find what stands in the way of a social filing for what a move takes along: the body's other case, lines without a
    selected project, lines a social body cannot file."""
    body = move.filing.body
    found = []
    busy = Filing.objects.filter(body=body).exclude(state__in=OVER).first()
    if busy is not None and busy.pk != move.moved_into_id:
        found.append(unmet(f"该协会另有一件备案申请{busy.number}正在办理（{busy.state_label}）", LAW))
    lines = lines_to_move(move, day)
    if not lines:
        found.append(unmet("该备案没有有效的评价范围", LAW))
    for item in lines:
        if not _projects(item):
            found.append(unmet(f"“{item}”{item.level_label}尚未遴选确定为社会化评价项目", GATES))
        served = social_standard(item, day)
        if served is None:
            found.append(unmet(f"“{item}”{item.level_label}没有现行的国家职业标准", notice("三(二)1")))
            continue
        item.standard = served
        found += [one for one in check_scope_item(BodyKind.SOCIAL, scope_facts(item), day) if one.outcome is Outcome.UNMET]
    return tuple(found)


def projects_of(lines: Iterable[ScopeItem]) -> list[int]:
    """This function will give the selected projects (by key) that the lines belong to."""
    return sorted({project.pk for item in lines for project in _projects(item)})


def _projects(item: ScopeItem) -> "list[Project]":
    same_trade = Q(trade__name=item.trade.name) if item.trade else Q(trade__isnull=True)
    found = callable_projects().filter(same_trade, occupation__code=item.occupation.code, levels__contains=[item.level])
    return list(found)


def social_standard(item: ScopeItem, day: date) -> "Standard | None":
    """This function will give the national standard a line may rest on once it is social: its own if that is one in force, else the newest."""
    offered = list(standards_on(item.occupation, item.trade, item.level, day))
    return next((one for one in offered if one.pk == item.standard_id), offered[0] if offered else None)
