"""备案测试公用: a filing at any stage of any route, made by the real operations."""

from collections.abc import Callable

import pytest

from tests.cast import Cast, WideCast
from touchstone.accounts.actor import Actor
from touchstone.bodies.models import Body
from touchstone.bodies.queries import venues_of
from touchstone.calls.queries import lots_of
from touchstone.simulation import calls
from touchstone.simulation.cast import FOREIGN
from touchstone.simulation.filing import TURNER, add_venue, equip, file_to, people_on

ROUTES = ("central_enterprise", "district_enterprise", "social_body", "school")


@pytest.fixture
def filed_to(cast: Cast) -> Callable[[str], str]:
    """Give a function that takes a filing of body 甲 to a stage and says its number."""
    return lambda stage: file_to(stage, cast.body_a, people_on("district_enterprise", cast.at.date()), at=cast.at)


def body_of(route: str, cast: WideCast) -> Body:
    """Give the body of the cast that goes a route."""
    return dict(zip(ROUTES, (cast.body_d, cast.body_a, cast.body_e, cast.body_f), strict=True))[route]


def people(cast: Cast, route: str = "district_enterprise") -> dict[str, Actor]:
    """Give who does what on a route."""
    return people_on(route, cast.at.date())


def select_for(body: Body, cast: WideCast) -> None:
    """Put body 戊 past the two gates of 三(一)2 for the occupation it files for, in the weeks before."""
    assert body == cast.body_e, "只有社会培训评价组织应征"
    at = cast.at.replace(month=1, day=5)
    project = calls.selected_project(TURNER, by=cast.pan, director=cast.han, at=at)
    call = calls.open_call(project, clerk=cast.tao, director=cast.han, at=at)
    calls.sent_application(lots_of(call)[0], by=cast.xie, at=at)
    calls.bring_to_result(call, clerk=cast.tao, director=cast.han, at=at)


def ready(route: str, cast: WideCast) -> Body:
    """Give the body of a route, equipped: 丁 and 戊 with a venue in each of two districts, 戊 selected for its project."""
    body, filer = body_of(route, cast), people(cast, route)["filer"]
    if not venues_of(body, cast.at.date()).exists():
        equip(body, by=filer, at=cast.at, first=200 + 40 * ROUTES.index(route))
        if route in {"central_enterprise", "social_body"}:
            add_venue(body, "西部实训基地", FOREIGN, by=filer, at=cast.at)
        if route == "social_body":
            select_for(body, cast)
    return body


@pytest.fixture
def on_route(wide_cast: WideCast) -> Callable[[str, str], str]:
    """Give a function that takes a filing along a route to a stage and says its number."""
    return lambda route, stage: file_to(stage, ready(route, wide_cast), people(wide_cast, route), at=wide_cast.at)
