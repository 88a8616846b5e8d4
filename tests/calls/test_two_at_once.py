"""同时填报测试: two people enter the same new demand figure at one moment, and nobody sees an error page."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connections

from tests.calls.test_demand import CHEF, HOME, TURNER, enter, sheet
from tests.cast import Cast, set_up
from touchstone.calls.models import DemandFigure
from touchstone.calls.operations import take_demand_workbook
from touchstone.ledger.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the cast in a database where others see what was committed."""
    return set_up()


def together(*jobs: Callable[[], object]) -> list[object]:
    """Do things at the same moment, each on a connection of its own, and give what each came to."""
    start = Barrier(len(jobs))

    def one(job: Callable[[], object]) -> object:
        try:
            start.wait(timeout=20)
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


def test_the_second_puts_the_first_right_and_the_ledger_says_what_stood(cast: Cast) -> None:
    """两人同时登记同一职业、区、年度：只有一条，后到的算更正，存证里留着先到的数。"""
    numbers = (1200, 1300, 1400)
    together(*(lambda people=people: enter(cast, cast.tao, people=people) for people in numbers))
    figure = DemandFigure.objects.get()
    told = [(line.detail["before"], line.detail["people"]) for line in Entry.objects.filter(event="demand.entered").order_by("id")]
    assert [before for before, _ in told] == [None, *(people for _, people in told[:-1])]
    assert (figure.people, sorted(people for _, people in told)) == (told[-1][1], sorted(numbers))


def test_two_sheets_with_the_same_rows_in_another_order(cast: Cast, tmp_path: Path) -> None:
    """两份表同时导入，行的次序相反：都有结果，不互相卡住。"""
    rows: list[list[str | int]] = [[TURNER, "", "浦东新区", 2026, 100, "调查"], [CHEF, "", "浦东新区", 2026, 200, "调查"]]
    books = [sheet(tmp_path, order) for order in (rows, rows[::-1])]
    reports = together(*(lambda book=book: take_demand_workbook(name="需求.xlsx", content=book, by=cast.tao, at=cast.at) for book in books))
    assert [report.taken for report in reports] == [2, 2]  # type: ignore[attr-defined]
    assert sorted(DemandFigure.objects.filter(district=HOME).values_list("people", flat=True)) == [100, 200]
