"""双随机演示测试: does the small city come to a plan, a draw that anybody checks, and results, by the real operations?"""

from datetime import date

from tests.cast import Cast
from tests.exams.stage import moment
from tests.inspections.stage import Stage
from touchstone.accounts.actor import PLATFORM
from touchstone.inspections import queries
from touchstone.inspections.states import DrawState
from touchstone.simulation.inspections import populate
from touchstone.trust.draw_records import draw_again


def test_the_demo_has_a_draw_that_is_over_and_its_results(cast: Cast) -> None:
    """演示城市里有一次已揭晓的抽取：记录重新抽取一致，每项任务的结果都由另一人确认公布。"""
    Stage(cast, bodies=2, people=0)
    populate(at=moment(date(2026, 5, 20), 10))
    (draw,) = queries.draws(PLATFORM)
    record = queries.record_of(draw)
    assert draw.state == DrawState.REVEALED and record is not None and draw_again(record)["differs"] == []
    assert [one.get_outcome_display() for one in queries.results()] == ["未发现问题"]
