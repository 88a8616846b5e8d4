"""区级规模: the small city, and around it sixty bodies in sixteen districts with two years of evaluations."""

from collections.abc import Callable
from datetime import datetime

from touchstone.simulation import small
from touchstone.simulation.history import candidates as people
from touchstone.simulation.history.bodies import found_bodies
from touchstone.simulation.history.plans import draw_plans


def build(
    *, seed: int, at: datetime, tell: Callable[[str], None], bodies: int = 60, plans: int = 600, candidates: int = 60_000
) -> None:
    """This function will build the small city and then load the past of the other bodies, `bodies` in all with those of the small city.

    `plans` and `candidates` are of the past; those of the small city come on top.
    """
    crowd = small.build(seed=seed, at=at, tell=tell)
    today = at.date()
    found = found_bodies(bodies - small.BODIES, crowd, today, at)
    tell(f"评价机构{bodies}家，考核点、人员和备案")
    drawn = draw_plans(found, plans, candidates, crowd.random, today, at)
    tell(f"认定计划{len(drawn):,}份")
    registered = people.register(drawn, crowd, at)
    tell(f"考生{len(registered):,}人，逐人审核申报条件")
    people.seat(registered, at)
    tell("场次、座位、到考和成绩")
    until = people.announce(registered, at)
    tell(f"成绩公示{len(until):,}份")
    tell(f"证书{people.certify(registered, until, today, at):,}本")
