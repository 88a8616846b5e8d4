"""虚构线索测试: does the small city hold leads in three states and an evaluator that was warned of and handed over?"""

from datetime import date

from tests.cast import Cast
from tests.exams.stage import moment
from touchstone.complaints.models import Evaluator, Lead
from touchstone.complaints.queries import own_leads, own_words
from touchstone.complaints.states import State
from touchstone.simulation.complaints import populate


def test_it_holds_them(cast: Cast) -> None:
    """一件核实中、一件新收到、一件已答复（陈一诺看得到自己的）；一家已公开提示并移送；机构有一件待说明。"""
    populate(cast.body_a, at=moment(date(2026, 4, 15), 10))
    assert sorted(Lead.objects.values_list("state", "office__district")) == [
        (State.CLOSED, "310115"),
        (State.RECEIVED, "310104"),
        (State.TAKEN_UP, "310115"),
    ]
    assert own_leads(cast.chen).get().state == State.CLOSED
    assert own_words(cast.sun).get().answered_at is None
    assert Evaluator.objects.get().hand_overs.get().receipt
