"""统筹布局: do the bodies filed for an occupation in a place answer what is wanted there?

`通知 二(二)`: social bodies are called for by key industry and demand, with a layout in view.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default

LAW = notice("二(二)")
PEOPLE_A_BODY = Dated(
    "统筹布局中一家评价机构一个职业的年评价能力",
    Value(date(2024, 5, 1), 500, our_default("统筹布局")),
    key="layout.people_a_body",
    unit="人次",
    changeable=True,
)


@dataclass(frozen=True)
class PlaceFacts:
    """An occupation in a place (the city, a district): how many bodies are filed there, how many people a year are wanted (None: unknown)."""

    bodies: int
    demand: int | None


@rule("评价机构与需求相称")
def bodies_meet_demand(place: PlaceFacts, day: date) -> Finding:
    """Whether the bodies filed for an occupation in a place can evaluate as many people a year as are wanted there."""
    if place.demand is None:
        return unproven("还没有需求数", LAW, ask_for="年需求人数及其来源")
    lacking = bodies_lacking(place, day)
    if lacking:
        able = PEOPLE_A_BODY.on(day)
        return unmet(f"年需求{place.demand}人次，{place.bodies}家按每家{able.value}人次计，还缺{lacking}家", able.clause)
    return met(f"年需求{place.demand}人次，{place.bodies}家可以承担" if place.demand else "没有需求", LAW)


def bodies_lacking(place: PlaceFacts, day: date) -> int:
    """This function will say how many more bodies a place would need; none where nothing is known to be wanted."""
    return max(0, -(-(place.demand or 0) // PEOPLE_A_BODY.on(day).value) - place.bodies)
