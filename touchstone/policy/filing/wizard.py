"""备案路线指引: what must a body of this kind do to be filed: which way, who is asked, with which papers, by when?

`通知 三(一)`, read forwards for somebody who has not signed up yet; it decides nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from touchstone.kernel.law import Clause, Dated, Refusal, Value
from touchstone.kernel.routes import Route, Step
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.documents import notice
from touchstone.policy.filing.completeness import EVIDENCE_OF
from touchstone.policy.filing.consents import consents_needed
from touchstone.policy.filing.places import Place
from touchstone.policy.filing.routes import CONSENTS, GATES, which_route
from touchstone.policy.roles import BodyKind, Ownership

_CLAUSES = {BodyKind.ENTERPRISE: notice("三(一)1"), BodyKind.SOCIAL: notice("三(一)2"), BodyKind.SCHOOL: notice("三(一)3")}

Reader = Callable[[Dated[Any], date], Value[Any]]
"""How a dated value is read: `Dated.on`, or, where parameters can be changed by data, what is in force."""


@dataclass(frozen=True)
class Applicant:
    """What somebody says of a body: `district` and `venues` are codes of districts, empty outside the city."""

    kind: BodyKind
    ownership: Ownership
    district: str
    venues: tuple[str, ...]
    has_superior: bool = False


@dataclass(frozen=True)
class Ahead:
    """A step that lies ahead: whose it is, how many working days it may take (None: not limited), beside which other it runs."""

    key: str
    title: str
    offices: str
    working_days: int | None
    parallel_with: tuple[str, ...]
    clause: Clause


@dataclass(frozen=True)
class Guidance:
    """The whole answer. `working_days` adds up the steps after the gates, of parallel ones the longest."""

    route: Route
    clause: Clause
    first: str
    first_clause: Clause
    steps: tuple[Ahead, ...]
    papers: tuple[str, ...]
    papers_clause: Clause
    working_days: int


def guide(applicant: Applicant, day: date, read: Reader = Dated.on) -> Guidance:
    """This function will say what lies before an applicant on `day`.

    :raises Refusal: for a body registered outside the city, without a venue, or that no route is open to.
    """
    clause = _CLAUSES[applicant.kind]
    if applicant.district not in DISTRICTS:
        sentence = "机构没有在本市登记注册，不能在本市备案为职业技能等级评价机构。"
        raise Refusal(sentence, clause, "请向注册地的人力资源社会保障部门申请；在本市设有独立法人的，请以该法人的情况重新查询。")
    if not applicant.venues:
        raise Refusal("还没有选择考核点所在的区，不能确定要征求哪些单位的同意。", clause, "请至少选择一处考核点所在地。")
    route = which_route(applicant.kind, applicant.ownership, day)
    papers = read(EVIDENCE_OF[applicant.kind], day)
    steps = tuple(_ahead(step, applicant, read(step.within, day).value if step.within else None, route) for step in route)
    asked = "，同时".join(f"向{step.offices}征求同意" for step in steps if step.key in CONSENTS)
    gated = steps[0].key in GATES
    return Guidance(
        route=route,
        clause=clause,
        first=_FIRST_GATE if gated else f"先{asked}，取得同意后才能提出备案申请；未答复不视为同意。",
        first_clause=steps[0].clause,
        steps=steps,
        papers=papers.value,
        papers_clause=papers.clause,
        working_days=_total(step for step in steps if step.key not in GATES),
    )


_FIRST_GATE = "先看市职鉴中心的征集公告：职业须列入已遴选确定的评价项目，机构须在公开征集中入选，然后征求同意、提出备案申请。"


def _ahead(step: Step, applicant: Applicant, days: int | None, route: Route) -> Ahead:
    return Ahead(step.key, step.title, _offices(step, applicant, route), days, step.parallel_with, step.clause)


def _offices(step: Step, applicant: Applicant, route: Route) -> str:
    if step.key in CONSENTS:
        superior = "known" if applicant.has_superior else ""
        asked = consents_needed(route, district=applicant.district, industry="", superior=superior, venue_districts=applicant.venues)
        wanted = next(consent for consent in asked if consent.key == step.key)
        labels = [_named(office.place, office.label, applicant.district) for office in wanted.offices]
        return ("或" if wanted.asked_of == "one_of" else "、").join(labels)
    places = [Place(place) for place in step.offices if place != Place.SUPERIOR_AUTHORITY or applicant.has_superior]
    return "或".join(_named(place, place.label, applicant.district) for place in places)


def _named(place: Place, label: str, district: str) -> str:
    """This function will put the district's name where the law says 注册地区."""
    return label.replace("注册地区", DISTRICTS[district]) if place is not Place.BUREAU_OF_VENUE else label


def _total(steps: Iterable[Ahead]) -> int:
    """This function will add up working days; a step that runs beside another counts only where it takes longer."""
    spent: dict[frozenset[str], int] = {}
    for step in steps:
        together = frozenset({step.key, *step.parallel_with})
        group = next((known for known in spent if known & together), together)
        spent[group] = max(spent.get(group, 0), step.working_days or 0)
    return sum(spent.values())
