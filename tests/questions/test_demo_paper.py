"""示例试卷: does the demo's city bank carry the demo's blueprint?"""

from datetime import timedelta

from tests.cast import START, set_up
from touchstone.ledger.operations import mark_synthetic
from touchstone.questions.models import Paper
from touchstone.simulation import bank, exam_papers
from touchstone.simulation.cast import actor_of
from touchstone.simulation.standards import loading as standards


def test_the_demo_paper_is_composed(db: None) -> None:
    """小城的市级题库组得出一套示例试卷。"""
    mark_synthetic(seed=1)
    set_up()
    at, day = START, START.date()
    standards.stock(at=at - timedelta(days=20))
    people = {name: actor_of(name, day) for name in ("bai", "ge", "mo", "ji")}
    bank.build_city_bank(author=people["bai"], reviewers=[people["ge"], people["mo"]], keeper=people["ji"], at=at)
    number = exam_papers.populate(keeper=people["ji"], at=at)
    made = Paper.objects.get(number=number)
    assert made.state == "composed", made.report.get("conflicts")
