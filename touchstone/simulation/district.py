"""区级规模: the small city, and around it sixty bodies in sixteen districts with two years of evaluations."""

from collections.abc import Callable
from datetime import datetime

from touchstone.simulation import small
from touchstone.simulation.history.bodies import found_bodies, found_supervisors
from touchstone.simulation.history.plans import draw_plans
from touchstone.simulation.history.shares import deal, fill


def build(*, seed: int, at: datetime, tell: Callable[[str], None], bodies: int = 60, plans: int = 600, candidates: int = 60_000) -> None:
    """This function will build the small city and then load the past of the other bodies, `bodies` in all with those of the small city.

    `plans` and `candidates` are of the past; those of the small city come on top.
    """
    shares = found(seed=seed, at=at, tell=tell, bodies=bodies, plans=plans, candidates=candidates)
    people = sum(fill(share, seed=seed, at=at) for share in range(shares))
    tell(f"考生{people:,}人，逐人审核、编排、评分，合格的发证")


def found(*, seed: int, at: datetime, tell: Callable[[str], None], bodies: int, plans: int, candidates: int) -> int:
    """This function will build the small city, found the other bodies, draw their plans and deal them out; it counts the shares to fill."""
    crowd = small.build(seed=seed, at=at, tell=tell)
    others = found_bodies(bodies - small.BODIES, crowd, at.date(), at)
    found_supervisors(crowd, at)
    tell(f"评价机构{bodies:,}家，考核点、人员和备案")
    drawn = draw_plans(others, plans, candidates, crowd.random, at)
    tell(f"认定计划{len(drawn):,}份")
    return deal([body.number for body in others], drawn, at)
