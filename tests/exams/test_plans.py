"""计划测试: who may plan what, by when, and what is told to whom?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.exams.registering import put_in_force, terms
from touchstone.accounts.actor import NotAllowed
from touchstone.exams.models import Plan
from touchstone.exams.operations.plan_checks import NotInScope, TooLate
from touchstone.exams.operations.plan_report import cancel_plan, report_plan, sign_for_plan
from touchstone.exams.operations.plans import change_plan, draft_plan
from touchstone.exams.queries import plans as queries
from touchstone.exams.states import PlanState
from touchstone.filings.models import ScopeItem
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry
from touchstone.tasks.models import Task


def unchanged(plan: Plan) -> tuple[object, int, int]:
    """Give everything about a plan that a refused operation must leave as it was."""
    return Plan.objects.filter(pk=plan.pk).values().get(), Entry.objects.count(), Task.objects.filter(closed_at__isnull=True).count()


def test_a_draft_takes_what_the_scope_says(cast: Cast, draft: Plan, item: ScopeItem) -> None:
    assert draft.number == "JH202600001"
    assert (draft.body, draft.occupation, draft.level, draft.venue) == (cast.body_a, item.occupation, 4, item.venue)
    assert draft.title == "车工四级认定（2026年3月）"
    assert Entry.objects.filter(event="plan.drafted", subject=draft.number).count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"exam_on": date(2029, 1, 5)}, "2029-01-05", id="考试日已过备案期"),
        pytest.param({"exam_on": date(2026, 3, 2)}, "不晚于今天", id="考试日不晚于今天"),
        pytest.param({"registration_closes_on": date(2026, 3, 1)}, "已经过去", id="报名截止日已过"),
        pytest.param({"registration_closes_on": date(2026, 3, 20)}, "提前7个工作日", id="报名截止距考试不足7个工作日"),
        pytest.param({"quota": 0}, "计划人数", id="人数为零"),
        pytest.param({"contact": " "}, "联系人", id="没有联系人"),
    ],
)
def test_impossible_terms_are_refused(cast: Cast, item: ScopeItem, changes: dict[str, object], words: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        draft_plan(scope_item_id=item.pk, terms=terms(**changes), by=cast.sun, at=cast.at)
    assert words in refused.value.sentence
    assert refused.value.clause is not None
    assert (Plan.objects.count(), Entry.objects.count()) == (0, before)


def test_a_line_that_has_ended_cannot_be_planned(cast: Cast) -> None:
    ended = put_in_force(cast, level=4, until=date(2026, 3, 2))
    with pytest.raises(NotInScope):
        draft_plan(scope_item_id=ended.pk, terms=terms(), by=cast.sun, at=cast.at)
    assert not Plan.objects.exists()


def test_without_a_site_code_nothing_is_planned(cast: Cast, item: ScopeItem) -> None:
    cast.body_a.site_code = None
    cast.body_a.save()
    with pytest.raises(NotInScope, match="站点序列码"):
        draft_plan(scope_item_id=item.pk, terms=terms(), by=cast.sun, at=cast.at)


@pytest.mark.parametrize(
    "who",
    [
        pytest.param("lin", id="备案经办人"),
        pytest.param("shi", id="别的机构"),
        pytest.param("wang", id="区督导员"),
        pytest.param("zhu", id="系统管理员"),
    ],
)
def test_only_the_bodys_planner_or_leader_plans(cast: Cast, item: ScopeItem, draft: Plan, who: str) -> None:
    actor, before = getattr(cast, who), unchanged(draft)
    attempts: list[Callable[[], Plan]] = [
        lambda: draft_plan(scope_item_id=item.pk, terms=terms(), by=actor, at=cast.at),
        lambda: change_plan(number=draft.number, terms=terms(quota=9), by=actor, at=cast.at),
        lambda: report_plan(number=draft.number, by=actor, at=cast.at),
        lambda: cancel_plan(number=draft.number, reason="不办了", by=actor, at=cast.at),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert unchanged(draft) == before


def test_reporting_opens_registration_and_tells_the_district(cast: Cast, plan: Plan) -> None:
    assert plan.state == PlanState.REPORTED
    assert [finding["outcome"] for finding in plan.findings] == ["met", "met", "met"]
    tasks = dict(Task.objects.filter(case=plan.number, closed_at__isnull=True).values_list("matter", "due_on"))
    assert tasks == {"sign_for_plan": date(2026, 3, 5), "close_review": date(2026, 3, 18)}
    signing = Task.objects.get(matter="sign_for_plan")
    assert signing.office_id == cast.wang.office_id


@pytest.mark.parametrize(
    ("day", "in_time"), [pytest.param(date(2026, 3, 13), True, id="提前10个工作日"), pytest.param(date(2026, 3, 14), False, id="少一天")]
)
def test_a_plan_is_reported_ten_working_days_ahead(cast: Cast, draft: Plan, day: date, in_time: bool) -> None:
    at = cast.at.replace(month=day.month, day=day.day)
    if in_time:
        assert report_plan(number=draft.number, by=cast.sun, at=at).state == PlanState.REPORTED
        return
    before = unchanged(draft)
    with pytest.raises(TooLate, match="2026-03-13"):
        report_plan(number=draft.number, by=cast.sun, at=at)
    assert unchanged(draft) == before


def test_a_plan_is_reported_once(cast: Cast, plan: Plan) -> None:
    before = unchanged(plan)
    with pytest.raises(MoveRefused, match="报名中"):
        report_plan(number=plan.number, by=cast.sun, at=cast.at)
    assert unchanged(plan) == before


def test_the_district_signs_once(cast: Cast, plan: Plan) -> None:
    sign_for_plan(number=plan.number, by=cast.wang, at=cast.at)
    plan.refresh_from_db()
    assert plan.signed_for_at == cast.at
    assert not Task.objects.filter(matter="sign_for_plan", closed_at__isnull=True).exists()
    before = unchanged(plan)
    with pytest.raises(Refusal, match="已经签收"):
        sign_for_plan(number=plan.number, by=cast.wang, at=cast.at)
    assert unchanged(plan) == before


@pytest.mark.parametrize("who", [pytest.param("lv", id="别的区"), pytest.param("zhou", id="同区受理经办人"), pytest.param("sun", id="机构自己")])
def test_nobody_else_signs(cast: Cast, plan: Plan, who: str) -> None:
    before = unchanged(plan)
    with pytest.raises(NotAllowed):
        sign_for_plan(number=plan.number, by=getattr(cast, who), at=cast.at)
    assert unchanged(plan) == before


def test_a_draft_is_not_signed_for(cast: Cast, draft: Plan) -> None:
    before = unchanged(draft)
    with pytest.raises(Refusal, match="编制中"):
        sign_for_plan(number=draft.number, by=cast.wang, at=cast.at)
    assert unchanged(draft) == before


def test_moving_the_exam_needs_a_reason_and_a_new_signature(cast: Cast, plan: Plan) -> None:
    sign_for_plan(number=plan.number, by=cast.wang, at=cast.at)
    moved = terms(exam_on=date(2026, 4, 10))
    before = unchanged(plan)
    with pytest.raises(Refusal, match="理由"):
        change_plan(number=plan.number, terms=moved, by=cast.sun, at=cast.at)
    assert unchanged(plan) == before
    changed = change_plan(number=plan.number, terms=moved, reason="设备检修", by=cast.sun, at=cast.at)
    assert (changed.exam_on, changed.signed_for_at) == (date(2026, 4, 10), None)
    assert Task.objects.filter(matter="sign_for_plan", closed_at__isnull=True).count() == 1
    line = Entry.objects.get(event="plan.changed")
    assert line.detail["exam_on"] == ["2026-03-27", "2026-04-10"]


def test_an_exam_too_near_cannot_be_moved(cast: Cast, plan: Plan) -> None:
    at, before = cast.at + timedelta(days=12), unchanged(plan)
    with pytest.raises(TooLate, match="2026-03-13"):
        change_plan(number=plan.number, terms=terms(exam_on=date(2026, 4, 10)), reason="设备检修", by=cast.sun, at=at)
    assert unchanged(plan) == before


def test_cancelling_needs_a_reason_and_closes_what_is_owed(cast: Cast, plan: Plan) -> None:
    before = unchanged(plan)
    with pytest.raises(Refusal, match="理由"):
        cancel_plan(number=plan.number, reason=" ", by=cast.sun, at=cast.at)
    assert unchanged(plan) == before
    assert cancel_plan(number=plan.number, reason="报名人数不足", by=cast.sun, at=cast.at).state == PlanState.CANCELLED
    assert not Task.objects.filter(case=plan.number, closed_at__isnull=True).exists()
    with pytest.raises(MoveRefused):
        cancel_plan(number=plan.number, reason="再取消", by=cast.sun, at=cast.at)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        pytest.param("sun", True, id="本机构"),
        pytest.param("shi", False, id="别的机构"),
        pytest.param("wang", True, id="注册地区局"),
        pytest.param("lv", False, id="别的区局"),
        pytest.param("xu", True, id="市职鉴中心"),
        pytest.param("jiang", True, id="本区行业主管"),
    ],
)
def test_territory_and_industry_decide_who_sees_a_plan(cast: Cast, plan: Plan, who: str, sees: bool) -> None:
    actor = getattr(cast, who)
    assert queries.plans(actor).filter(pk=plan.pk).exists() is sees
    if not sees:
        with pytest.raises(NotAllowed):
            queries.plan(plan.number, actor)


def test_a_draft_is_the_bodys_own(cast: Cast, draft: Plan) -> None:
    assert not queries.plans(cast.wang).exists()


def test_deadlines_of_a_plan_are_dated_and_cite_their_clause(cast: Cast, plan: Plan) -> None:
    found = {step.key: step for step in queries.steps(plan, date(2026, 3, 19))}
    assert (found["plan"].on, found["plan"].done) == (date(2026, 3, 13), True)
    assert (found["registration"].on, found["registration"].late) == (date(2026, 3, 18), True)
    assert (found["arrangement"].on, found["arrangement"].late) == (date(2026, 3, 20), False)
    assert all("本平台默认值" in str(step.clause) for step in found.values())
