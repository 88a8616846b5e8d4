"""监管单位的写法: how do those who supervise something, who leads among them, a gap and an overlap stand on a page?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import NotInForce
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.districts import district_name
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.who import (
    CENTRE,
    Capacity,
    Supervisor,
    Watched,
    leads,
    one_district_inspects,
    some_district_inspects,
    who_supervises,
)

GAP, OVERLAP = ("没有区督导", "danger"), ("几个区都督导", "warn")
ALONE = ("一个区督导", "ok")


def state_of(it: Watched, day: date) -> tuple[str, str]:
    """This function will say in a word and a tone whether no district inspects this, several do, or one."""
    if some_district_inspects(it, day).outcome is not Outcome.MET:
        return GAP
    return ALONE if one_district_inspects(it, day).outcome is Outcome.MET else OVERLAP


def short_name(place: str) -> str:
    """This function will name the office of a district, or the city centre, as a column has room for."""
    return f"{district_name(place)}人社局" if place else OfficeKind.CITY_CENTRE.label


@dataclass(frozen=True)
class Line:
    """An office that supervises: its name, in which capacity, what for, by which clauses, and whether it leads."""

    name: str
    place: str
    capacity: str
    words: str
    clause: str
    leads: bool

    @property
    def told(self) -> str:
        return f"{self.name}{'（牵头）' if self.leads else ''}：{self.capacity}，{self.words}（{self.clause}）"


def lines_of(it: Watched, day: date, *capacities: Capacity) -> list[Line]:
    """This function will give a line for each office that supervises this (in some capacities, where named), the city's first; what one office is
    charged with on several grounds is one line."""
    first = leads(it, day)
    grouped: dict[tuple[str, Capacity], list[Supervisor]] = {}
    for one in who_supervises(it, day):
        if not capacities or one.capacity in capacities:
            grouped.setdefault((one.name, one.capacity), []).append(one)
    return [_line(same, first) for same in grouped.values()]


def _line(same: Sequence[Supervisor], first: str) -> Line:
    one = same[0]
    of_district = one.office is OfficeKind.DISTRICT_BUREAU
    leading = one.place == first if of_district else one.office is OfficeKind.CITY_CENTRE and first == CENTRE
    return Line(
        one.name,
        one.place if of_district else "",
        one.capacity.label,
        "；".join(dict.fromkeys(each.words for each in same)),
        "、".join(dict.fromkeys(each.clause.short for each in same)),
        leading,
    )


def card_of(it: Watched, day: date) -> dict[str, object]:
    """This function will give what the card 监管单位 shows: the lines, and a gap or an overlap with who takes it; nothing before the list began."""
    try:
        found: list[Finding] = [one for one in (some_district_inspects(it, day), one_district_inspects(it, day)) if one.outcome is not Outcome.MET]
        return {"lines": lines_of(it, day), "findings": found}
    except NotInForce:
        return {}
