"""抄送和我发起的: is an office shown what it should be, does that open the case to it, and is nothing copied where it may not be?"""

from functools import partial

import pytest

from tests.cast import WideCast
from tests.refusing import everything, refused_and_nothing_changed
from touchstone.accounts.queries import office
from touchstone.filings import operations, queries
from touchstone.kernel.law import Refusal
from touchstone.tasks.operations import read_copy
from touchstone.tasks.queries import asked_by, copies_to, count_unread_copies

AWAY, FAR = "RS-310104", "RS-310101"


def copy(number: str, by, at, *numbers: str, said: str = "请知悉。"):
    """Show a case to offices."""
    return operations.copy_filing(number=number, office_ids=[office(one).pk for one in numbers], said=said, by=by, at=at)


def test_what_is_shown_can_be_read_and_is_read_once(wide_cast: WideCast, on_route) -> None:
    """抄送给没有关系的区：它看得到本件，阅知一次；别的区看不到。"""
    c, number = wide_cast, on_route("school", "submitted")
    assert not queries.filings(c.du).filter(number=number).exists()
    copy(number, c.zhou, c.at, AWAY)
    (shown,) = copies_to(c.du)
    assert queries.filings(c.du).filter(number=number).exists() and count_unread_copies(c.du) == 1
    refused_and_nothing_changed(lambda: read_copy(copy_id=shown.pk, by=c.zhou, at=c.at), "没有抄送给")
    read_copy(copy_id=shown.pk, by=c.du, at=c.at)
    again = everything()
    read_copy(copy_id=shown.pk, by=c.lv, at=c.at)
    assert everything() == again and count_unread_copies(c.du) == 0
    shown.refresh_from_db()
    assert shown.read_by_id == c.du.user_id


def test_refuses_and_changes_nothing(wide_cast: WideCast, on_route) -> None:
    """不承办的单位、申请单位、抄给自己、抄给评价机构、没有说明，都不行。"""
    c, number = wide_cast, on_route("school", "submitted")
    body = c.body_f.office.number
    for by, to, said, words in (
        (c.fan, (AWAY,), "请知悉。", "承办本件的单位"),
        (c.du, (AWAY,), "请知悉。", "承办本件的单位"),
        (c.zhou, ("RS-310115",), "请知悉。", "本单位以外"),
        (c.zhou, (body,), "请知悉。", "本单位以外"),
        (c.zhou, (), "请知悉。", "本单位以外"),
        (c.zhou, (AWAY,), " ", "说明"),
    ):
        refused_and_nothing_changed(partial(copy, number, by, c.at, *to, said=said), words)


def test_a_draft_is_shown_to_nobody(wide_cast: WideCast, on_route) -> None:
    """没有送出的草稿不能抄送。"""
    c, number = wide_cast, on_route("school", "drafted")
    with pytest.raises(Refusal, match="不能抄送"):
        copy(number, c.zhou, c.at, AWAY)


def test_the_consulted_are_told_the_outcome(wide_cast: WideCast, on_route) -> None:
    """决定以后，征求过意见的部门和提出初审意见的区都知道结果。"""
    c, number = wide_cast, on_route("school", "announced")
    assert [one.case for one in copies_to(c.lu)] == [number] == [one.case for one in copies_to(c.wu)]
    assert "准予备案" in copies_to(c.lu).get().title
    assert not copies_to(c.han).exists()


def test_what_one_started_says_who_has_it(wide_cast: WideCast, on_route) -> None:
    """我发起的：受理经办人指派以后看得到两名评估员的待办，自己要办的不算。"""
    c, number = wide_cast, on_route("central_enterprise", "appointed")
    mine = asked_by(c.tao)
    assert {task.matter for task in mine} == {"filing.assess_1", "filing.assess_2"}
    assert [task.case for task in asked_by(c.cui).filter(matter="filing.appoint")] == [number]
    assert not asked_by(c.lu).exists()
