"""双随机演示测试: does the small city come to a plan, a draw that anybody checks, and results, by the real operations?"""

from datetime import date

from tests.cast import Cast
from tests.exams.stage import moment
from tests.inspections.stage import Stage
from touchstone.accounts.actor import PLATFORM
from touchstone.inspections import queries
from touchstone.inspections.models import Visit, VisitFinding
from touchstone.inspections.queries import visiting
from touchstone.inspections.states import DrawState, FindingState, VisitState
from touchstone.simulation.inspections import populate
from touchstone.trust.draw_records import draw_again


def test_the_demo_has_a_draw_that_is_over_and_its_results(cast: Cast) -> None:
    """演示城市里有一次已揭晓的抽取：记录重新抽取一致，检查已封存公布，有一个问题等机构改正；另有一次日常检查填到一半。"""
    Stage(cast, bodies=2, people=0)
    populate(at=moment(date(2026, 5, 20), 10))
    (draw,) = queries.draws(PLATFORM)
    record = queries.record_of(draw)
    assert draw.state == DrawState.REVEALED and record is not None and draw_again(record)["differs"] == []
    assert [one.get_outcome_display() for one in queries.results()] == ["发现问题，待后续处理"]
    (problem,) = VisitFinding.objects.all()
    (begun,) = Visit.objects.filter(task__isnull=True)
    assert problem.state == FindingState.CORRECTING and begun.state == VisitState.OPEN and 0 < len(visiting.answers_of(begun)) < 8
