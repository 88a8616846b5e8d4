"""随机抽取复核专家: are only those free of ties drawn, by a record from which anyone draws the same?"""

from typing import Any

import pytest

from tests.cast import WideCast
from tests.filings.conftest import people, ready
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.models import StaffMember
from touchstone.filings import operations, queries
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.simulation.filing import file_to
from touchstone.trust.draw_records import draw_again

SECRET = bytes(range(32))


@pytest.fixture
def number(wide_cast: WideCast) -> str:
    """Give a school's application that waits for its panel."""
    return file_to("opined", ready("school", wide_cast), people(wide_cast, "school"), at=wide_cast.at)


def draw(number: str, cast: WideCast, **how: Any) -> Any:
    """Have three drawn by the centre's clerk."""
    told: dict[str, Any] = {"size": 3, "recusal": "已核对。", "by": cast.tao, **how}
    return operations.draw_panel(number=number, secret=SECRET, at=cast.at, **told)


def test_three_of_the_four_experts_are_drawn_and_anyone_draws_the_same(number: str, wide_cast: WideCast) -> None:
    """四名专家里随机抽取三名；存证里的记录重新抽取，结果相同。"""
    panel = draw(number, wide_cast)
    seats = {seat.expert.number for seat in panel.members.all()}
    record = Entry.objects.get(event="filing.panel_appointed").detail["drawn"]
    assert len(seats) == 3 and seats == set(record["chosen"]) and len(record["roster"]) == 4
    assert draw_again(record)["differs"] == []


def test_who_serves_the_applicant_is_not_drawn(number: str, wide_cast: WideCast) -> None:
    """在申请单位任职的专家不在名单里；剩下的不够，说明只有几名。"""
    for name in ("ge", "mo"):
        StaffMember.objects.create(body=wide_cast.body_f, person=wide_cast.person(name), duty="manager", since=wide_cast.at.date())
    with pytest.raises(Refusal, match="只有2名，不足3名"):
        draw(number, wide_cast)


REFUSED = {
    "双数": ({"size": 4}, "单数"),
    "太少": ({"size": 1}, "不少于3人"),
    "没有回避核查": ({"recusal": " "}, "回避"),
    "区人社局无权": ({"by": "zhou"}, "市职鉴中心"),
}


@pytest.mark.parametrize(("how", "words"), REFUSED.values(), ids=list(REFUSED))
def test_refuses_and_changes_nothing(number: str, wide_cast: WideCast, how: dict[str, Any], words: str) -> None:
    """不该抽的不抽，什么都不改变。"""
    before = Entry.objects.count()
    given = {key: getattr(wide_cast, value) if key == "by" else value for key, value in how.items()}
    with pytest.raises(Refusal, match=words):
        draw(number, wide_cast, **given)
    assert Entry.objects.count() == before and queries.latest_panel(queries.filing(number, PLATFORM)) is None
