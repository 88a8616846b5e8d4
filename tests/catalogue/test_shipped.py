"""随附目录: is what we ship whole, consistent, and left alone once an office has changed it?"""

from collections import Counter
from datetime import date

import pytest

from tests.bodies.people import AT, DAY
from touchstone.accounts.actor import PLATFORM
from touchstone.catalogue import queries
from touchstone.catalogue.models import FileableLevel, Occupation, Standard, Trade
from touchstone.catalogue.operations import end_occupation, load_shipped
from touchstone.catalogue.operations.occupations import CODE
from touchstone.catalogue.operations.shipping import rows
from touchstone.ledger.models import Entry
from touchstone.policy.industries import INDUSTRIES


def test_every_code_is_well_formed_and_stands_once() -> None:
    codes = [row["code"] for row in rows("occupations")]
    assert all(CODE.fullmatch(code) for code in codes)
    assert max(Counter(codes).values()) == 1
    assert 60 <= len(codes) <= 80
    assert {row["industry"] for row in rows("occupations")} <= set(INDUSTRIES)


def test_trades_levels_and_standards_speak_of_shipped_occupations() -> None:
    codes = {row["code"] for row in rows("occupations")}
    trades = {(row["code"], row["trade"]) for row in rows("trades")} | {(code, "") for code in codes}
    for name in ("levels", "standards"):
        assert {(row["code"], row["trade"]) for row in rows(name)} <= trades, name
    assert max(Counter(row["number"] for row in rows("standards")).values()) == 1


def test_every_fileable_level_but_those_without_a_standard_lies_within_one() -> None:
    found = {(row["code"], row["trade"]): set(row["levels"]) for row in rows("standards") if not row["until"]}
    bare = {row["code"] for row in rows("levels") if (row["code"], row["trade"]) not in found}
    assert bare == {"6-23-02-01"}
    for row in rows("levels"):
        assert set(row["levels"]) <= found.get((row["code"], row["trade"]), set("54321"))


def test_the_childminder_is_there_under_the_code_that_lists_often_lack() -> None:
    assert {"code": "4-10-01-02", "name": "育婴员", "industry": "civil_affairs"} in list(rows("occupations"))


@pytest.mark.django_db
def test_loading_twice_enters_once() -> None:
    counts = load_shipped(by=PLATFORM, at=AT)
    assert counts["occupations"] == Occupation.objects.count() == 66
    assert counts["trades"] == Trade.objects.count()
    assert counts["levels"] == FileableLevel.objects.count()
    assert counts["standards"] == Standard.objects.count()
    assert set(load_shipped(by=PLATFORM, at=AT).values()) == {0}
    assert Entry.objects.filter(event="catalogue.shipped_loaded").count() == 1


@pytest.mark.django_db
def test_what_an_office_ended_does_not_come_back() -> None:
    load_shipped(by=PLATFORM, at=AT)
    end_occupation(code="6-31-01-03", until=date(2026, 12, 1), reason="职业分类调整", by=PLATFORM, at=AT)
    load_shipped(by=PLATFORM, at=AT)
    assert queries.occupation("6-31-01-03", DAY) is not None
    assert queries.occupation("6-31-01-03", date(2026, 12, 1)) is None
