"""监管名单的提问次数: does a list about inspections, cases and asked opinions ask the database as often for many rows as for one?"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.clocks import travel_to
from tests.enforcement.stage import GRAVE, MINOR, SERIOUS, UNLAWFUL, Proceedings
from tests.exams.test_pages import enter
from tests.inspections.stage import Stage, filed_body
from touchstone.enforcement import operations as acts
from touchstone.enforcement.queries import helps_asked
from touchstone.inspections.operations import CheckTerms, begin_check
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import actor_of, person_of


def asked_by(visitor: Client, path: str, told: str) -> int:
    """Open a page twice and count what the second opening asked; what it must say is said."""
    visitor.get(path)
    with CaptureQueriesContext(connection) as found:
        assert told in visitor.get(path).content.decode()
    return len(found)


def asked_about(cast: Cast, act: str) -> Proceedings:
    """Bring a case so far that another authority was asked about it."""
    told = Proceedings(cast, act).begun()
    acts.approve_opening(number=told.number, opinion="", by=cast.wu, at=told.at)
    acts.ask_help(number=told.number, office="XB-MARKET", question="是否构成虚假宣传？", by=cast.wang, at=told.at)
    return told


def test_cases_and_asked_opinions(cast: Cast) -> None:
    """案件列表和协办列表的查询次数不随件数变；协办的可以查询、排序、导出。"""
    first = asked_about(cast, MINOR)
    wang, ning = enter("wang"), enter("ning")
    desk, home = reverse("authority:cases"), reverse("adviser:home")
    before = asked_by(wang, desk, first.number), asked_by(ning, home, first.number)
    others = [asked_about(cast, act) for act in (SERIOUS, GRAVE, UNLAWFUL)]
    assert (asked_by(wang, desk, others[-1].number), asked_by(ning, home, others[-1].number)) == before
    narrowed = ning.get(home, {"number": first.number, "answered": "no", "sort": "due_on"}).content.decode()
    assert first.number in narrowed and others[0].number not in narrowed
    assert first.number not in ning.get(home, {"answered": "yes"}).content.decode()
    assert first.number in b"".join(ning.get(home, {"export": "csv"}).streaming_content).decode()  # type: ignore[attr-defined]


def test_what_is_not_answered_stands_first(cast: Cast) -> None:
    """协办：待答复的排在最前，答复多少都不会把它挤出列表。"""
    waiting, answered = asked_about(cast, MINOR), asked_about(cast, SERIOUS)
    ning = actor_of("ning", cast.at.date())
    acts.give_opinion(number=answered.number, opinion="不构成。", by=ning, at=answered.at)
    assert [one.case.number for one in helps_asked(ning)] == [waiting.number, answered.number]


@pytest.fixture
def synthetic(db: None) -> None:
    """Let the clock be moved."""
    mark_synthetic(seed=1)


def test_checks(synthetic: None, cast: Cast) -> None:
    """检查列表的查询次数不随次数变；本人参加的查得到，机构一侧没有这个条件。"""
    travel_to(cast.at)
    Stage(cast, bodies=2)
    wang, path = enter("wang"), reverse("authority:inspections")

    def begin(n: int) -> str:
        terms = CheckTerms(filed_body(n, cast.at).number, ["system", "archive"], person_of("inspector0").number)
        return begin_check(terms=terms, by=cast.wang.with_key(f"k{n}"), at=cast.at).number

    before = asked_by(wang, path, begin(20))
    numbers = [begin(n) for n in range(21, 25)]
    assert asked_by(wang, path, numbers[-1]) == before
    assert numbers[0] in wang.get(path, {"mine": "me"}).content.decode()
    assert numbers[0] not in enter("wu").get(path, {"mine": "me"}).content.decode()
    assert 'name="mine"' not in enter("lin").get(reverse("body:inspections")).content.decode()
