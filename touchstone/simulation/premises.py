"""虚构家底: how does a body of the synthetic city get venue, rooms and staff, by the real operations?"""

from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import add_room, add_staff, open_venue
from touchstone.catalogue.queries import occupation as occupation_on
from touchstone.simulation.crowd import Crowd

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

STAFF = (
    ("manager", "评价部管理员", 3),
    ("assessor", "高级技师", 3),
    ("internal_supervisor", "质量主管", 2),
    ("invigilator", "教务专员", 4),
)
"""Duty, post, how many."""
ROOMS = (
    ("101理论考场", "theory", 40, 2, "单人课桌40张，屏蔽柜"),
    ("102理论考场", "theory", 40, 2, "单人课桌40张"),
    ("一号实训室", "practical", 20, 2, "与申报职业对应的工位20个"),
    ("二号实训室", "practical", 20, 2, "与申报职业对应的工位20个"),
    ("综合评审室", "panel", 20, 1, "答辩席、投影"),
    ("保密室", "secrecy", 1, 1, "双锁铁柜，双人双锁"),
)
"""Name, purpose, seats, cameras, equipment."""


def equip(body: "Body", crowd: Crowd, *, occupation: str, district: str, by: Actor, at: datetime) -> None:
    """This function will open a venue with six rooms and enter twelve people, enough to file an occupation and to examine in it."""
    venue = open_venue(
        body=body, name="实训中心", address="虚构路100号2号楼", district=district, tenure="owned", leased_until=None, by=by, at=at
    )
    for name, purpose, seats, cameras, equipment in ROOMS:
        add_room(venue_number=venue.number, name=name, purpose=purpose, seats=seats, cameras=cameras, equipment=equipment, by=by, at=at)
    for duty, post, count in STAFF:
        for _ in range(count):
            someone, assesses = crowd.grown_up(at.date()), duty == "assessor"
            add_staff(
                body=body,
                name=someone.name,
                id_number=someone.id_number,
                duty=duty,
                post=post,
                full_time=True,
                occupation=occupation_on(occupation, at.date()) if assesses else None,
                highest_level=1 if assesses else None,
                qualification=crowd.qualification() if assesses else "",
                by=by,
                at=at,
            )


def random_of(seed: int, part: str) -> Random:
    """This function will give the chance of one part of a city, independent of how the other parts were made."""
    return Random(f"{seed}|{part}")
