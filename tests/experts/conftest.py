"""队伍测试公用: a member at any stage, made by the real operations."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast
from tests.experts.people import EIGHT, SECRET, asking, enter_assessors
from touchstone.accounts.actor import PLATFORM
from touchstone.experts import operations
from touchstone.experts.models import Application, DispatchRequest, Member, Qualification
from touchstone.policy.experts.kinds import MemberKind
from touchstone.simulation.cast import HOME
from touchstone.simulation.corps import Hands, apply_to, enter_member


def hands(cast: Cast, applicant: str = "song") -> Hands:
    """Give who takes an application along at the city's centre."""
    return Hands(getattr(cast, applicant), cast.tao, cast.han)


@pytest.fixture
def song(cast: Cast) -> Member:
    """Give 宋, on the register of the corps, working for a firm of the home district that is no assessment body."""
    return enter_member("song", district=HOME, employer="上海辛酉精工有限公司", body=None, at=cast.at)


@pytest.fixture
def applied(cast: Cast, song: Member) -> Callable[[str], Application]:
    """Give a function that takes 宋's application to be an assessor to a stage."""
    return lambda stage: Application.objects.get(number=apply_to(stage, song, MemberKind.ASSESSOR, hands(cast), at=cast.at))


@pytest.fixture
def held(cast: Cast, applied: Callable[[str], Application]) -> Qualification:
    """Give 宋's qualification as an assessor, granted twelve days on."""
    return Qualification.objects.get(application=applied("qualified"))


@pytest.fixture
def corps(cast: Cast) -> list[Member]:
    """Give eight assessors of the turner's trade, two of them senior, who work for firms of their own."""
    return enter_assessors(EIGHT, cast.at)


@pytest.fixture
def ask(cast: Cast, corps: list[Member]):
    """Give a function that asks for people and has them drawn."""

    def go(n: int = 0, *, drawn: bool = True, **how: Any) -> DispatchRequest:
        found = operations.ask_for_people(asking(cast, n, **how), secret=SECRET, by=cast.sun, at=cast.at)
        return operations.dispatch(number=found.number, by=PLATFORM, at=cast.at) if drawn else found

    return go
