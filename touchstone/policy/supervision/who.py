"""监管职责: who supervises a body, a venue, a sitting or a case, in which capacity, and by which clause?

`通知 三(三)1` names the districts' share 包括但不限于: the list is open and dated, and each of its lines has a clause of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.districts import DISTRICTS, district_name
from touchstone.policy.documents import notice, our_default
from touchstone.policy.industries import industry_name
from touchstone.policy.roles import BodyKind, OfficeKind

LAW, GROUND = notice("三(三)1"), notice("一")
_BRANCH = our_default("院校在其他区的考核点")
KEPT_BY_CENTRE = our_default("没有属地区的评价活动")
SINCE = date(2024, 5, 1)
CENTRE = ""
"""In the place of a district's code: the city centre."""


class Capacity(StrEnum):
    """In what capacity an office supervises."""

    PLANS = "plans"
    RUNS = "runs"
    INSPECTS = "inspects"
    ASSISTS = "assists"
    ITSELF = "itself"

    @property
    def label(self) -> str:
        return {
            "plans": "统筹规划、综合管理",
            "runs": "组织实施、技术指导、监督检查",
            "inspects": "督导检查",
            "assists": "协助督导检查",
            "itself": "内部督导、问题回溯、责任追究",
        }[self.value]


class Matter(StrEnum):
    """What is supervised."""

    BODY = "body"
    VENUE = "venue"
    SITTING = "sitting"
    CASE = "case"

    @property
    def label(self) -> str:
        return {"body": "机构", "venue": "考核点", "sitting": "场次", "case": "案件"}[self.value]


@dataclass(frozen=True)
class Watched:
    """One thing that is supervised. Districts are codes, empty outside the city.

    `filed_by` is the district that filed the body, empty for the city centre, None for somebody never filed (then `kind` is None too). `venues` are
    the districts of the venues concerned: of a body all, of a venue or a sitting the one, of a case those where it happened.
    """

    matter: Matter
    name: str
    kind: BodyKind | None
    filed_by: str | None
    registered_in: str
    venues: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Charge:
    """One line of the list: which office, in which capacity, for what (in words), by which clause; `places` gives the districts or fields."""

    key: str
    office: OfficeKind
    capacity: Capacity
    words: str
    clause: Clause
    places: Callable[[Watched], Iterable[str]]

    @property
    def label(self) -> str:
        return f"{self.office.label}{self.capacity.label}：{self.words}（{self.clause.short}）"


def _venues_of(kind: BodyKind) -> Callable[[Watched], Iterable[str]]:
    return lambda it: it.venues if it.kind is kind else ()


def _everywhere(it: Watched) -> Iterable[str]:
    return (CENTRE,)


def _filed(it: Watched) -> Iterable[str]:
    return (it.filed_by or "",) if it.kind is BodyKind.ENTERPRISE else ()


def _registered(it: Watched) -> Iterable[str]:
    return (it.registered_in,) if it.kind is BodyKind.SCHOOL else ()


def _unfiled(it: Watched) -> Iterable[str]:
    return (it.venues or (it.registered_in,)) if it.filed_by is None else ()


def _industries(it: Watched) -> Iterable[str]:
    return it.industries


def _the_body(it: Watched) -> Iterable[str]:
    return (it.name,) if it.filed_by is not None else ()


_DISTRICT = OfficeKind.DISTRICT_BUREAU
CHARGES: Dated[tuple[Charge, ...]] = Dated(
    "监管职责清单",
    Value(
        SINCE,
        (
            Charge("plans", OfficeKind.CITY_BUREAU, Capacity.PLANS, "全市技能评价", LAW, _everywhere),
            Charge("runs", OfficeKind.CITY_CENTRE, Capacity.RUNS, "全市技能评价质量监管", LAW, _everywhere),
            Charge("filed", _DISTRICT, Capacity.INSPECTS, "本区备案的企业评价机构", LAW, _filed),
            Charge("school", _DISTRICT, Capacity.INSPECTS, "注册在本区的院校评价机构", LAW, _registered),
            Charge("enterprise_venue", _DISTRICT, Capacity.INSPECTS, "设在本区的企业评价机构考核点", LAW, _venues_of(BodyKind.ENTERPRISE)),
            Charge("social_venue", _DISTRICT, Capacity.INSPECTS, "设在本区的社会培训评价机构考核点", LAW, _venues_of(BodyKind.SOCIAL)),
            Charge("school_venue", _DISTRICT, Capacity.INSPECTS, "设在本区的院校考核点", _BRANCH, _venues_of(BodyKind.SCHOOL)),
            Charge("unfiled", _DISTRICT, Capacity.INSPECTS, "本区内未经备案的评价活动", GROUND, _unfiled),
            Charge("industry", OfficeKind.INDUSTRY_AUTHORITY, Capacity.ASSISTS, "所辖行业的技能评价", LAW, _industries),
            Charge("itself", OfficeKind.ASSESSMENT_BODY, Capacity.ITSELF, "本机构的评价活动", LAW, _the_body),
        ),
        LAW,
    ),
    key="supervision.charges",
)


@dataclass(frozen=True)
class Supervisor:
    """One office that supervises: `place` is a district's code, a field's key, the body's name, or empty for the offices of the city."""

    office: OfficeKind
    place: str
    capacity: Capacity
    words: str
    clause: Clause

    @property
    def name(self) -> str:
        if self.office is OfficeKind.ASSESSMENT_BODY:
            return self.place
        if self.office is OfficeKind.INDUSTRY_AUTHORITY:
            return f"{industry_name(self.place)}{self.office.label}"
        return bureau_name(self.place) if self.office is _DISTRICT else self.office.label


def bureau_name(district: str) -> str:
    """This function will name the office of a district, or the city centre where the code is empty."""
    return f"{district_name(district)}人力资源社会保障局" if district else OfficeKind.CITY_CENTRE.label


def who_supervises(it: Watched, day: date) -> tuple[Supervisor, ...]:
    """This function will give every office that supervises this, each with its capacity and clause, the city's first. A place outside the city is no
    district's."""
    found = []
    for charge in CHARGES.on(day).value:
        places = dict.fromkeys(charge.places(it))
        if charge.office is _DISTRICT:
            places = {place: None for place in places if place in DISTRICTS}
        found += [Supervisor(charge.office, place, charge.capacity, charge.words, charge.clause) for place in places]
    return tuple(found)


def districts_of(it: Watched, day: date) -> tuple[str, ...]:
    """This function will give the districts that inspect this, by code, each once."""
    return tuple(dict.fromkeys(one.place for one in who_supervises(it, day) if one.capacity is Capacity.INSPECTS))


def leads(it: Watched, day: date) -> str:
    """This function will give the one district that leads where several might, empty for the city centre.

    At a venue the district in which it lies; about a body or a case the district that filed it, for schools that of the headquarters; of what the
    city filed the district of the venues where that is one alone, else the centre.
    """
    inspects = districts_of(it, day)
    if it.matter in {Matter.VENUE, Matter.SITTING} or it.filed_by is None:
        first = [one for one in it.venues or (it.registered_in,) if one in inspects]
        return first[0] if first else CENTRE
    if it.filed_by in inspects:
        return it.filed_by
    if it.kind is BodyKind.SCHOOL and it.registered_in in inspects:
        return it.registered_in
    return inspects[0] if len(inspects) == 1 and len(set(it.venues)) == 1 else CENTRE


@rule("在本单位的监管职责之内")
def office_supervises(office: OfficeKind, place: str, it: Watched, day: date) -> Finding:
    """Whether an office may inspect this: a district on its own ground, the city centre everywhere, an industry authority where it assists."""
    charges = [one for one in who_supervises(it, day) if one.office is office and one.place == place and one.capacity is not Capacity.ITSELF]
    if not charges:
        return unmet(f"{it.matter.label}“{it.name}”不在{bureau_name(place) if office is _DISTRICT else office.label}的监管职责之内", LAW)
    return met(f"{charges[0].capacity.label}：{charges[0].words}", charges[0].clause)


@rule("有区人社局督导，没有缺口")
def some_district_inspects(it: Watched, day: date) -> Finding:
    """Whether some district inspects this; where none does, it is a gap, and the city centre's."""
    found = districts_of(it, day)
    if not found:
        return unmet(f"{it.matter.label}“{it.name}”没有区人社局督导（考核点不在本市或者尚未登记），由市职鉴中心直接督导", KEPT_BY_CENTRE)
    return met(f"由{'、'.join(bureau_name(one) for one in found)}督导", LAW)


@rule("只有一个区人社局督导，没有交叉")
def one_district_inspects(it: Watched, day: date) -> Finding:
    """Whether no more than one district inspects this; where several do, who leads."""
    found = districts_of(it, day)
    if len(found) > 1:
        names = "、".join(bureau_name(one) for one in found)
        return unmet(f"{names}都有督导职责，由{bureau_name(leads(it, day))}牵头，其余配合", LAW)
    return met(f"由{bureau_name(found[0] if found else CENTRE)}督导", LAW)
