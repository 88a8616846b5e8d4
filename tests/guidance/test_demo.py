"""演示: does a newcomer find the desk, papers, a notice and a visit at work?"""

from tests.cast import SINCE, START, Cast
from touchstone.accounts.actor import VISITOR
from touchstone.guidance import queries
from touchstone.simulation import guidance
from touchstone.simulation.cast import actor_of, set_up_body_c


def test_the_demo_city_is_advised(cast: Cast) -> None:
    """公开答复、模板、通知和走访都有。"""
    set_up_body_c(since=SINCE, at=START)
    guidance.advise(at=START)
    guidance.publish(at=START)
    gu = actor_of("gu", START.date())
    assert (queries.answers(VISITOR).count(), queries.answers(gu).count(), queries.inquiries(gu).count()) == (1, 2, 3)
    assert (queries.papers(VISITOR).count(), queries.own_readings(gu).count(), queries.visits(gu).count()) == (2, 1, 1)
