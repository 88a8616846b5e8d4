"""年度计划测试: who makes it, who approves it, and what does it say once it is public?"""

from datetime import date

from tests.cast import Cast
from tests.inspections.stage import MARCH, Stage
from tests.refusing import refused_and_nothing_changed
from touchstone.inspections import queries
from touchstone.inspections.operations import PlanTerms, approve_plan, begin_draw, draft_plan, return_plan, save_plan, submit_plan
from touchstone.inspections.states import PlanState
from touchstone.ledger.queries import history


def test_a_plan_is_made_returned_mended_and_approved(cast: Cast) -> None:
    """编制、报批、退回、修改、批准；批准时写明各层家数、比例和抽取数，公众看得见。"""
    Stage(cast, people=0)
    wang, wu, at = cast.wang, cast.wu, cast.at
    made = draft_plan(year=2026, terms=PlanTerms(["filing"], [3]), by=wang, at=at)
    submit_plan(number=made.number, by=wang, at=at)
    return_plan(number=made.number, opinion="请增加九月", by=wu, at=at)
    save_plan(number=made.number, terms=MARCH, by=wang, at=at)
    submit_plan(number=made.number, by=wang, at=at)
    assert list(queries.public_plans()) == []
    found = approve_plan(number=made.number, opinion="同意", by=wu, at=at)
    assert found.state == PlanState.APPROVED and list(queries.public_plans()) == [found]
    assert found.rates == [{"key": "enterprise-none", "count": 12, "rate": 30, "drawn": 4}]
    events = [line.event.partition(".")[2] for line in history(made.number)]
    assert sorted(events) == sorted(["drafted", "submitted", "returned", "saved", "submitted", "approved"])


def test_a_plan_that_must_not_be(cast: Cast) -> None:
    """没有事项或月份、过去的年度、一年两份、没有理由的退回、自己批准自己的，都不行；别的区和机构看不见也办不了。"""
    stage = Stage(cast, bodies=1, people=0)
    wang, wu, at = cast.wang, cast.wu, cast.at
    del stage

    def draft(by=wang, year=2026, items=("filing",), months=(3,)):
        return lambda: draft_plan(year=year, terms=PlanTerms(items, months), by=by, at=at)

    refused_and_nothing_changed(draft(year=2025), "今年或者明年", "inspections")
    refused_and_nothing_changed(draft(items=()), "抽查事项清单", "inspections")
    refused_and_nothing_changed(draft(items=("secret",)), "抽查事项清单", "inspections")
    refused_and_nothing_changed(draft(months=(13,)), "月份", "inspections")
    for who in (wu, cast.lin, cast.shen, cast.jiang):
        refused_and_nothing_changed(draft(by=who), "质量督导员", "inspections")
    made = draft()()
    refused_and_nothing_changed(draft(), "已经编制", "inspections")
    refused_and_nothing_changed(
        lambda: begin_draw(plan_number=made.number, visits_from=date(2026, 3, 16), by=wang, at=at), "没有批准公布", "inspections"
    )
    submit_plan(number=made.number, by=wang, at=at)
    refused_and_nothing_changed(lambda: return_plan(number=made.number, opinion="", by=wu, at=at), "理由", "inspections")
    refused_and_nothing_changed(lambda: approve_plan(number=made.number, opinion="", by=cast.lv, at=at), "浦东", "inspections")
    both = wang.__class__(**{**wang.__dict__, "roles": wang.roles | wu.roles})
    refused_and_nothing_changed(lambda: approve_plan(number=made.number, opinion="", by=both, at=at), "自己的计划", "inspections")
    assert [queries.plans(getattr(cast, name)).count() for name in ("wang", "han", "du", "lin", "jiang")] == [1, 1, 0, 0, 0]
