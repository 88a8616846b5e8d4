"""备案测试公用: a filing at any stage, made by the real operations."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from touchstone.accounts.actor import Actor
from touchstone.simulation.filing import file_to


def people(cast: Cast) -> dict[str, Actor]:
    """Give who does what in the home district."""
    return {
        "filer": cast.lin,
        "consenter": cast.jiang,
        "clerk": cast.zhou,
        "first": cast.zheng,
        "second": cast.feng,
        "director": cast.wu,
        "registrar": cast.xu,
    }


@pytest.fixture
def filed_to(cast: Cast) -> Callable[[str], str]:
    """Give a function that takes a filing of body 甲 to a stage and says its number."""
    return lambda stage: file_to(stage, cast.body_a, people(cast), at=cast.at)
