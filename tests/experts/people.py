"""考评人员: assessors of the turner's trade, on the register as if qualified long ago."""

from datetime import date, datetime
from random import Random

from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.queries import city_centre
from touchstone.catalogue.queries import occupation as occupation_on
from touchstone.experts import operations
from touchstone.experts.models import Member, Qualification
from touchstone.simulation.cast import FOREIGN
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.filing import TURNER


def enter_assessors(count: int, at: datetime) -> list[Member]:
    """Enter assessors who work for firms of their own and live in the foreign district; the first two are senior."""
    crowd, members = Crowd(Random(9)), []
    for n in range(count):
        one = crowd.grown_up(at.date())
        member = operations.register_member(
            name=one.name, id_number=one.id_number, phone="", district=FOREIGN, employer=f"虚构{n}厂", body=None, by=PLATFORM, at=at
        )
        qualify_as(member, at.date(), senior=n < 2)
        members.append(member)
    return members


def qualify_as(member: Member, day: date, *, senior: bool) -> Qualification:
    """Put down a qualification as it would stand after the whole way, which tests/experts/test_story.py goes."""
    return Qualification.objects.create(
        number=f"KP9{member.pk:05d}",
        member=member,
        kind="senior_assessor" if senior else "assessor",
        occupation=occupation_on(TURNER, day),
        highest_level=1 if senior else 3,
        office=city_centre(),
        since=date(2024, 6, 1),
        until=date(2099, 1, 1),
    )
