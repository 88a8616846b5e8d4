"""常驻人物: 林 files for body 甲, 周 clerk, 吴 director, 郑 and 冯 assessors, … on an otherwise empty database.

`cast` (fixture) gives them; every one acts by the real operations, at a moment the test names.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.kept import kept
from touchstone.accounts.actor import Actor
from touchstone.accounts.models import Person
from touchstone.bodies.models import Body
from touchstone.simulation import cast as people

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
"""A Monday."""
SINCE = date(2026, 1, 1)
"""Since when the cast has been in office."""


@dataclass(frozen=True)
class Cast:
    """The cast on one day; `cast.lin` and so on are actors, `cast.person("zheng")` the person behind one."""

    body_a: Body
    body_b: Body
    at: datetime

    def __getattr__(self, username: str) -> Actor:
        try:
            return people.actor_of(username, self.at.date())
        except Exception as error:
            raise AttributeError(username) from error

    def person(self, username: str) -> Person:
        """This method will give the person behind a name."""
        return people.person_of(username)


def set_up(at: datetime = START) -> Cast:
    """This function will put the whole cast into the test's database."""
    first, second = kept(("cast", at), lambda: tuple(body.pk for body in people.set_up_cast(since=SINCE, at=at)))
    return Cast(_body(first), _body(second), at)


def set_up_again() -> Cast:
    """This function will give the cast that lies in the test's database already, put back with what was kept."""
    first, second = Body.objects.select_related("office").order_by("pk")[:2]
    return Cast(first, second, START)


def _body(key: int) -> Body:
    return Body.objects.select_related("office").get(pk=key)


@dataclass(frozen=True)
class WideCast(Cast):
    """The cast with one body for each of the other routes: 丁 (在沪央企), 戊 (社会培训评价组织), 己 (院校)."""

    body_d: Body
    body_e: Body
    body_f: Body


@pytest.fixture
def wide_cast(cast: Cast) -> WideCast:
    """Give the standing cast and the three further bodies with their people."""
    bodies = people.set_up_other_bodies(since=SINCE, at=cast.at)
    return WideCast(cast.body_a, cast.body_b, cast.at, bodies["BODY-D"], bodies["BODY-E"], bodies["BODY-F"])


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the standing cast on 2 March 2026, a Monday."""
    return set_up()
