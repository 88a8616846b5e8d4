"""能否备案: what may each kind of body file of an occupation, by which standard, and why not?"""

from datetime import date

import pytest

from tests.bodies.people import AT, DAY, make_body
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.models import Body
from touchstone.catalogue import operations, queries
from touchstone.catalogue.facts import Fileability, fileability
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import BodyKind

pytestmark = pytest.mark.django_db
CODE, SINCE = "6-31-01-03", date(2024, 6, 1)
OTHERS = [BodyKind.SOCIAL, BodyKind.SCHOOL]


@pytest.fixture
def owner() -> Body:
    """An occupation fileable at levels 5 and 4, and an enterprise that could lay down a specification."""
    operations.enter_occupation(code=CODE, name="电工", since=SINCE, by=PLATFORM, at=AT)
    operations.open_levels(code=CODE, trade="", levels=(5, 4), since=SINCE, document="目录", by=PLATFORM, at=AT)
    return make_body()


def judge(kind: BodyKind, day: date = DAY, trade: str = "") -> Fileability:
    found = queries.history(CODE)[0]
    row = queries.trade(found, trade, day) if trade else None
    return fileability(kind, found, row, list(queries.fileable_levels(found)), list(queries.standards_of(found)), day)


def national(number: str = "GZB 1", levels: tuple[int, ...] = (5, 4, 3), **changed: object) -> None:
    given = {"kind": "national", "code": CODE, "title": "电工标准", "edition": "2024年版", "levels": levels, "in_force_from": SINCE} | changed
    operations.enter_standard(number=number, **given, by=PLATFORM, at=AT)  # type: ignore[arg-type]


def specification(owner: Body, approved_on: date | None) -> None:
    national("GF 1", kind="specification", title="电工规范", owner=owner.office, approved_on=approved_on)


def reasons(found: Fileability) -> str:
    return "；".join(f"{one.reason}【{one.clause}】" for one in found.findings)


@pytest.mark.parametrize("kind", list(BodyKind), ids=lambda kind: kind.label)
def test_with_a_national_standard_every_kind_may(owner: Body, kind: BodyKind) -> None:
    national()
    found = judge(kind)
    assert found.levels == (Level.FIVE, Level.FOUR)
    assert "依据国家职业标准《电工标准" in reasons(found)
    assert "三(二)1" in reasons(found)


@pytest.mark.parametrize("kind", OTHERS, ids=lambda kind: kind.label)
def test_without_one_the_others_wait_whatever_enterprises_have(owner: Body, kind: BodyKind) -> None:
    specification(owner, DAY)
    found = judge(kind)
    assert found.levels == ()
    assert f"尚未颁布国家职业标准，暂不纳入{kind.label}的评价项目" in reasons(found)
    assert judge(BodyKind.ENTERPRISE).levels == (Level.FIVE, Level.FOUR)


def test_a_specification_counts_once_approved(owner: Body) -> None:
    specification(owner, None)
    found = judge(BodyKind.ENTERPRISE)
    assert found.levels == () and "尚未核准" in reasons(found)


def test_without_any_standard_not_even_an_enterprise(owner: Body) -> None:
    assert judge(BodyKind.ENTERPRISE).levels == ()


def test_a_level_the_standard_lacks_is_named(owner: Body) -> None:
    national(levels=(4, 3))
    found = judge(BodyKind.SCHOOL)
    assert found.levels == (Level.FOUR,)
    assert "没有五级/初级工" in reasons(found)


@pytest.mark.parametrize(
    ("day", "may"), [(date(2024, 5, 31), False), (SINCE, True)], ids=["列入前一天", "列入当天"]
)
def test_from_the_first_day_on_the_list(owner: Body, day: date, may: bool) -> None:
    national()
    found = judge(BodyKind.SOCIAL, day)
    assert bool(found.levels) is may
    assert may or "不属于国家公布的可备案职业" in reasons(found)


def test_a_standard_that_ended_no_longer_serves(owner: Body) -> None:
    national()
    operations.end_standard(number="GZB 1", until=DAY, reason="新版", by=PLATFORM, at=AT)
    assert "于2026-11-02废止" in reasons(judge(BodyKind.SOCIAL)) and judge(BodyKind.SOCIAL).levels == ()


def test_a_trades_own_standard_serves_that_trade_only(owner: Body) -> None:
    operations.enter_trade(code=CODE, name="矿山电工", since=SINCE, by=PLATFORM, at=AT)
    national(trade="矿山电工")
    assert judge(BodyKind.SOCIAL).levels == ()
    found = judge(BodyKind.SOCIAL, trade="矿山电工")
    assert (found.title, found.levels) == ("电工（矿山电工）", (Level.FIVE, Level.FOUR))
