"""机构案件演示测试: does the small city come to a case that waits and one that was decided and archived, by the real operations?"""

from datetime import date

from tests.cast import Cast
from tests.enforcement.stage import file_body
from tests.exams.stage import moment
from touchstone.accounts.actor import PLATFORM
from touchstone.enforcement.queries import archives, cases, published
from touchstone.simulation.enforcement import populate


def test_the_demo_has_a_case_that_waits_and_one_that_is_archived(cast: Cast) -> None:
    """演示城市里有一件已告知、已征求意见的案件，和一件警告、整改、公开、结案、归档的案件。"""
    file_body(cast)
    name = cast.body_a.name
    populate(waiting=name, decided=name, at=moment(date(2026, 5, 20), 10))
    assert [(one.state, one.tier) for one in cases(PLATFORM)] == [("notified", "minor"), ("closed", "serious")]
    assert published().count() == 1 and archives(PLATFORM).count() == 1
    assert cases(PLATFORM)[0].helps.get().office.number == "XB-MARKET"
