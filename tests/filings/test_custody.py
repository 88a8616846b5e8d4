"""档案移交测试: do the records of an ended filing come into safe keeping, and is nobody left owing what was undone?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.filings.test_ending import end, undo
from tests.refusing import refused_and_nothing_changed
from touchstone.filings import operations
from touchstone.filings.models import Custody
from touchstone.filings.queries.ended import custodies
from touchstone.tasks.queries import open_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(cast: Any, filed_to: Callable[[str], str]) -> str:
    """Give the number of an end of body 甲's filing."""
    return end(filed_to("signed"), cast.wu, cast.at + timedelta(days=60)).number


def hand_over(ended: str, cast: Any, by: Any = None, volumes: str = "考生档案12册（2026）") -> Custody:
    return operations.hand_over_records(termination=ended, volumes=volumes, by=by or cast.lin, at=cast.at + timedelta(days=61))


def receive(ended: str, cast: Any, by: Any = None, volumes: str = "") -> Custody:
    return operations.receive_records(termination=ended, volumes=volumes, by=by or cast.zhou, at=cast.at + timedelta(days=62))


def send_back(ended: str, cast: Any, by: Any = None, reason: str = "缺成绩册") -> Custody:
    return operations.return_records(termination=ended, reason=reason, by=by or cast.zhou, at=cast.at + timedelta(days=62))


def owed(ended: str) -> list[tuple[str, str]]:
    return [(task.matter, task.role) for task in open_on(ended)]


def test_handed_over_sent_back_and_received(cast: Any, ended: str) -> None:
    assert owed(ended) == [("custody.hand_over", "body_filer")]
    hand_over(ended, cast)
    assert owed(ended) == [("custody.receive", "intake_clerk")]
    assert send_back(ended, cast).returned_because == "缺成绩册"
    assert owed(ended) == [("custody.hand_over", "body_filer")]
    hand_over(ended, cast)
    assert receive(ended, cast).received_at
    assert not owed(ended)


def test_a_body_that_is_gone_hands_nothing_over(cast: Any, ended: str) -> None:
    assert receive(ended, cast, volumes="由区收存8册").volumes == "由区收存8册"
    assert not owed(ended)


def test_an_undone_end_owes_nothing(cast: Any, ended: str) -> None:
    undo(ended, cast.wu, cast)
    assert not owed(ended)
    refused_and_nothing_changed(lambda: hand_over(ended, cast), "不再移交")


def test_seen_where_the_filing_is_seen(cast: Any, ended: str) -> None:
    assert [custodies(actor).count() for actor in (cast.lin, cast.zhou, cast.xu, cast.lv, cast.shi)] == [1, 1, 1, 0, 0]


def test_refused_and_nothing_is_changed(cast: Any, ended: str) -> None:
    for attempt, says in (
        (lambda: hand_over(ended, cast, cast.sun), "备案经办人或负责人移交"),
        (lambda: hand_over(ended, cast, cast.shi), "评价档案由"),
        (lambda: hand_over(ended, cast, volumes=" "), "须附清单"),
        (lambda: hand_over("ZZ0", cast), "没有要移交"),
        (lambda: receive(ended, cast), "须附清单"),
        (lambda: receive(ended, cast, cast.lv, "x"), "评价档案由"),
        (lambda: receive(ended, cast, cast.lin, "x"), "评价档案由"),
        (lambda: send_back(ended, cast), "尚未移交"),
    ):
        refused_and_nothing_changed(attempt, says)
    with transaction.atomic():
        hand_over(ended, cast)
    refused_and_nothing_changed(lambda: hand_over(ended, cast), "等待接收")
    receive(ended, cast)
    refused_and_nothing_changed(lambda: send_back(ended, cast), "已经接收")
