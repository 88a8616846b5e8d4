"""限制测试: is a body kept away from what a case says, from its first day to the day before its last, and let back by a later decision alone?"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.refusing import refused_and_nothing_changed
from touchstone.bodies.operations import approve_pilot, lift, restrict
from touchstone.bodies.queries.restricted import barred_from, restrictions_by
from touchstone.filings import operations as filings
from touchstone.filings.queries import blockers, filing, model_findings
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.filing.purposes import Change
from touchstone.policy.pilots import PilotKind
from touchstone.policy.supervision.acts import Tier
from touchstone.policy.supervision.restrictions import Barred, restrictions_for

pytestmark = pytest.mark.django_db
CASE, REASON = "AJ202600001", "处理决定书AJ202600001"


def restricted(cast: Cast, tier: Tier, at: datetime) -> None:
    restrict(body=cast.body_a, restrictions=restrictions_for(CASE, tier, at.date()), reason=REASON, by=cast.wu, at=at)


def outcome(cast: Cast, barred: Barred, day: date) -> Outcome:
    return barred_from(cast.body_a, barred, day).outcome


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 1), Outcome.MET),
        (date(2026, 3, 2), Outcome.UNMET),
        (date(2027, 3, 1), Outcome.UNMET),
        (date(2027, 3, 2), Outcome.MET),
    ],
)
def test_serious_bars_for_a_year(cast: Cast, day: date, expected: Outcome) -> None:
    """严重情形自决定之日起限制12个月：首日受限，满12个月之日起不再受限。"""
    restricted(cast, Tier.SERIOUS, cast.at)
    assert outcome(cast, Barred.WIDEN, day) is expected
    assert outcome(cast, Barred.FILE, day) is Outcome.MET


def test_lifted_from_that_day_on(cast: Cast) -> None:
    """解除自当日起生效，以前的日子仍是受限；同一案件不重复限制。"""
    restricted(cast, Tier.GRAVE, cast.at)
    later = cast.at + timedelta(days=100)
    assert lift(case=CASE, reason="申诉成立", by=cast.wu, at=later) == 4
    assert outcome(cast, Barred.FILE, later.date()) is Outcome.MET
    assert outcome(cast, Barred.FILE, later.date() - timedelta(days=1)) is Outcome.UNMET
    assert {one.lifted_because for one in restrictions_by(CASE)} == {"申诉成立"}
    assert lift(case=CASE, reason="再次解除", by=cast.wu, at=later) == 0


def test_only_directors_restrict(cast: Cast) -> None:
    """限制由审批负责人作出：督导员、机构和访客都不能。"""
    def by(who: Any, reason: str = REASON) -> Any:
        found = restrictions_for(CASE, Tier.MINOR, cast.at.date())
        return lambda: restrict(body=cast.body_a, restrictions=found, reason=reason, by=who, at=cast.at)

    for who in (cast.wang, cast.qian, cast.zhou):
        refused_and_nothing_changed(by(who), "审批负责人", "bodies.BodyRestriction")
    refused_and_nothing_changed(by(cast.wu, " "), "没有写明限制的事由", "bodies.BodyRestriction")



def test_no_new_filing_while_barred(cast: Cast) -> None:
    """特别严重情形期内不得申请备案；期满之日可以。"""
    restricted(cast, Tier.GRAVE, cast.at)
    with pytest.raises(Refusal, match=CASE):
        filings.begin_filing(by=cast.lin, at=cast.at)
    after = cast.at.replace(year=2029)
    assert filings.begin_filing(by=cast.lin, at=after).number


def test_draft_begun_before_cannot_be_handed_in(cast: Cast, filed_to: Any) -> None:
    """限制以前已开始填报的，限制期内不能提交，理由列在提交前的检查里。"""
    number = filed_to("drafted")
    restricted(cast, Tier.GRAVE, cast.at)
    assert any(CASE in one.reason for one in blockers(filing(number, cast.lin), cast.at.date()))


def test_scope_not_widened_but_kept(cast: Cast, filed_to: Any) -> None:
    """严重情形期内不能增加职业、等级、考核点；更换人员、更名不受影响。"""
    number = filed_to("signed")
    at = cast.at + timedelta(days=60)
    restricted(cast, Tier.SERIOUS, at)
    with pytest.raises(Refusal, match=CASE):
        filings.begin_amendment(number=number, kinds=[Change.LEVEL], by=cast.lin, at=at)
    assert filings.begin_amendment(number=number, kinds=[Change.PEOPLE], by=cast.lin, at=at).number


def test_no_model_and_no_pilot(cast: Cast) -> None:
    """一般情形期内不得认定示范机构、参加试点。"""
    restricted(cast, Tier.MINOR, cast.at)
    assert any(CASE in one.reason for one in model_findings(cast.body_a, cast.at.date()) if one.outcome is Outcome.UNMET)
    terms: dict[str, Any] = {"occupations": ["6-18-01-01"], "plan": "试点", "units": [], "filed": ["6-18-01-01"]}
    with pytest.raises(Refusal, match=CASE):
        approve_pilot(
            body=cast.body_a, kind=PilotKind.DUAL_CERTIFICATES, since=cast.at.date(), until=date(2027, 3, 2), by=cast.han, at=cast.at, **terms
        )
