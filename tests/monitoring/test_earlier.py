"""所凭证书的测试: is a certificate that somebody registers with looked up where it can be, and not held against them where it cannot?"""

import pytest

from tests.cast import Cast
from tests.certificates.issuing import awards, give
from tests.exams.registering import entry, put_in_force, terms
from tests.monitoring.comparing import ask_only, compared, found
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import draft_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.monitoring.models import Alert

GONE = "ladder.earlier_not_found"


@pytest.fixture
def plan(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a plan that is open for registration, of body 甲, which has issued two certificates in 2026."""
    ask_only(monkeypatch, (GONE,))
    drafted = draft_plan(scope_item_id=put_in_force(cast, level=4).pk, terms=terms(), by=cast.sun, at=cast.at)
    report_plan(number=drafted.number, by=cast.sun, at=cast.at)
    cast.body_a.refresh_from_db()
    give(cast, awards(2))
    return drafted.number


def registered(cast: Cast, plan: str, serial: int, certificate: str) -> str:
    """Somebody registers with an earlier certificate; give the candidate's number."""
    claimed = entry(serial, certificate={"level": 5, "number": certificate})
    return register_candidate(plan_number=plan, entry=claimed, by=cast.sun, at=cast.at).number


def test_a_number_of_a_body_here_that_is_not_here_is_found(cast: Cast, plan: str) -> None:
    """编号前缀是本平台机构的、又在平台存有其证书的年份和序号之内，查无此号：命中，并写明查的是哪里。"""
    number = registered(cast, plan, 0, "Y000031000001265000009")
    assert found(compared()) == {GONE: 1}
    alert = Alert.objects.get()
    assert (alert.rule, alert.rows.get().number) == (GONE, number)
    assert f"编号前13位是{cast.body_a.name}的编码；在平台所存该机构2026-04-07起的证书中查无此号" in alert.told


def test_a_number_that_cannot_be_looked_up_here_is_unknown(cast: Cast, plan: str) -> None:
    """存有的证书、别处机构的编号、没有证书的机构、存有证书以前的年份、旧编号：都不能说查无此证。"""
    elsewhere = ("Y000031912345265000001", f"Y000031{cast.body_b.pk:06d}265000001")
    before = ("Y000031000001255000001", "Y000031000001264000001", "0910000000401234")
    for serial, number in enumerate(("Y000031000001265000002", *elsewhere, *before)):
        registered(cast, plan, serial, number)
    run = compared()
    assert run.counts["candidates"] == 6
    assert found(run) == {}
