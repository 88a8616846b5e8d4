"""旅程记录测试: does the record say what the journeys did, the same way every time?"""

from pathlib import Path

import pytest

from tests.journeys.record import Journey, Run, duties_carried, write, write_when_complete

FILED = Journey("test_filing::test_filed", ("C2.2", "C2.1"), {"body:filing", "account_login"}, passed=True)
RETURNED = Journey("test_filing::test_returned", ("C2.1",), {"body:filing", "authority:filing"}, passed=True)
FAILED = Journey("test_filing::test_failed", ("C2.3",), {"body:filing"}, passed=False)


def test_a_duty_names_its_journeys_and_pages() -> None:
    assert duties_carried([FILED, RETURNED])["C2.1"] == {
        "journeys": ["test_filing::test_filed", "test_filing::test_returned"],
        "pages": ["account_login", "authority:filing", "body:filing"],
    }


def test_a_failed_journey_carries_nothing() -> None:
    assert duties_carried([FAILED]) == {}


def test_the_order_of_journeys_does_not_show(tmp_path: Path) -> None:
    write([FILED, RETURNED, FAILED], tmp_path / "one.json")
    write([FAILED, RETURNED, FILED], tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


@pytest.mark.parametrize("address", ["http://elsewhere.example/nothing-here-at-all", "http://127.0.0.1/static/touchstone.css"])
def test_an_address_without_a_view_is_not_a_page(address: str) -> None:
    journey = Journey("test_any::test_any", ("C2.1",))
    journey.note_address(address)
    assert journey.pages == set()


def _share(*finished: str, whole: bool = True) -> Run:
    return Run({"filed": FILED, "returned": RETURNED}, set(finished), whole)


def test_processes_that_shared_the_journeys_write_one_record(tmp_path: Path) -> None:
    shares = [Run.from_plain(_share("filed").as_plain()), Run.from_plain(_share("returned").as_plain())]
    assert write_when_complete(shares, tmp_path / "shared.json")
    write([FILED, RETURNED], tmp_path / "alone.json")
    assert (tmp_path / "shared.json").read_bytes() == (tmp_path / "alone.json").read_bytes()


@pytest.mark.parametrize(
    "shares",
    [[], [_share("filed")], [_share("filed"), _share("returned", whole=False)]],
    ids=["没有一个进程交来", "有一条旅程没有跑完", "只跑了一部分"],
)
def test_a_part_of_the_journeys_leaves_the_record_alone(shares: list[Run], tmp_path: Path) -> None:
    assert not write_when_complete(shares, tmp_path / "none.json")
    assert not (tmp_path / "none.json").exists()
