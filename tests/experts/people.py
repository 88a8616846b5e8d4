"""考评人员: assessors of the turner's trade, on the register as if qualified long ago, and what a sitting asks for."""

from dataclasses import replace as changed
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.cast import Cast
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.models import Office, User
from touchstone.accounts.queries import city_centre
from touchstone.catalogue.queries import occupation as occupation_on
from touchstone.experts import operations
from touchstone.experts.models import Assignment, DispatchRequest, Member, Qualification
from touchstone.experts.queries import dispatch as queries
from touchstone.policy.experts.dispatch import assessors_wanted
from touchstone.policy.experts.kinds import CORPS
from touchstone.policy.roles import Role
from touchstone.simulation.cast import FOREIGN
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.filing import TURNER

SECRET = bytes(range(32))
EIGHT = 8


def enter_assessors(count: int, at: datetime, *, start: int = 0) -> list[Member]:
    """Enter assessors who work for firms of their own and live in the foreign district; the first two are senior. `start`: so many are there."""
    crowd, members = Crowd(Random(9)), []
    people = [crowd.grown_up(at.date()) for _ in range(start + count)]
    for n, one in enumerate(people[start:], start):
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


def asking(cast: Cast, n: int = 0, *, candidates: int = 30, days: int = 10, **more: Any) -> operations.Asked:
    """Give what a sitting of body 甲 in ten days asks for: three assessors for thirty candidates."""
    starts = (cast.at + timedelta(days=days)).replace(hour=9, minute=0)
    wanted = assessors_wanted(candidates, 15, 3, CORPS)
    asked = operations.Asked(
        case=f"CC{n:04d}", title="车工三级技能考核", body=cast.body_a, venue=None, occupation=occupation_on(TURNER, cast.at.date()), level=3,
        starts_at=starts, ends_at=starts + timedelta(hours=3), candidates=candidates, wanted=[wanted],
    )  # fmt: skip
    return changed(asked, **more)


def sent(found: DispatchRequest) -> list[str]:
    """Give the numbers of those who are sent as it stands."""
    standing = queries.request_for(found.case)
    assert standing is not None
    return [one.member.number for one in queries.sent_now(standing)]


def acting(one: Assignment) -> Actor:
    """Give the one sent, at the corps' own desk, with a log-in."""
    user, _ = User.objects.get_or_create(username=one.member.number, defaults={"person": one.member.person})
    corps = Office.objects.get(number="CORPS")
    return Actor.of(corps, user_id=user.pk, person_name=user.display_name, roles=frozenset({Role.CORPS_MEMBER}))
