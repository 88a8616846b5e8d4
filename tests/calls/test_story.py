"""征集始末: from a recommendation to a body that may file, and every turn on the way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps

from tests.calls.conftest import CARE, TURNER, Stand, brought_to, lot_of, second_body
from tests.cast import WideCast
from touchstone.accounts.actor import PLATFORM
from touchstone.calls import operations, queries
from touchstone.calls.models import Application, DemandFigure, Project, Selection
from touchstone.catalogue import queries as catalogue
from touchstone.jobs import calls as jobs
from touchstone.jobs.messages import tell_people
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.queries import history
from touchstone.notices.operations import make_objection
from touchstone.notices.queries import of_case
from touchstone.policy.eligibility.levels import Level
from touchstone.simulation import calls as simulated
from touchstone.tasks.queries import open_on


def events(number: str) -> list[str]:
    return [line.event for line in history(number)]


def test_a_project_is_recommended_and_selected(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """第一关：推荐时逐项核对，遴选确定后依据随决定保存。"""
    number = stand("recommended").project
    (task,) = open_on(number)
    assert (task.office.number, task.role) == ("CENTRE", "director")
    operations.select_project(number=number, opinion="需求明确。", by=wide_cast.han, at=wide_cast.at)
    found = queries.project(number, wide_cast.tang)
    assert found.state == "selected"
    assert {one["outcome"] for one in found.findings} == {"met"}
    assert not open_on(number).exists()
    assert events(number) == ["project.recommended", "project.selected"]


def test_a_project_without_demand_cannot_be_selected_but_declined(wide_cast: WideCast) -> None:
    """需求不足的可以推荐，不能确定；不予确定的理由和依据都保存，之后可以重新推荐。"""
    given = {"occupation": CARE, "trade": "", "levels": [5, 4], "reason": "行业急需", "yearly_demand": 40, "employers": 9}
    project = operations.recommend_project(**given, by=wide_cast.tang, at=wide_cast.at)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="不符合遴选要求") as refusal:
        operations.select_project(number=project.number, opinion="同意", by=wide_cast.han, at=wide_cast.at)
    assert "应不少于100人次" in refusal.value.details[0]
    operations.decline_project(number=project.number, opinion="需求不足，请核实后再推荐。", by=wide_cast.han, at=wide_cast.at)
    found = queries.project(project.number, wide_cast.tang)
    assert found.state == "declined"
    assert "unmet" in {one["outcome"] for one in found.findings}
    assert operations.recommend_project(**{**given, "yearly_demand": 400}, by=wide_cast.tang, at=wide_cast.at).number != project.number  # type: ignore[arg-type]


def test_a_retired_project_is_called_for_no_longer_but_keeps_the_selected(wide_cast: WideCast) -> None:
    """停止征集后不能再列入公告，已入选的机构不受影响。"""
    done = brought_to("concluded", wide_cast)
    operations.retire_project(number=done.project, reason="布局已经饱和。", by=wide_cast.han, at=done.at)
    assert not queries.callable_projects().exists()
    care = catalogue.occupation(CARE, done.at.date())
    assert care is not None
    assert queries.passed_gates(wide_cast.body_e, care, None, Level.FOUR, done.at.date()).outcome is Outcome.MET


def test_publication_freezes_the_conditions(stand: Callable[[str], Stand]) -> None:
    """发布时的条件、数值和依据随公告固定。"""
    call = queries.call(stand("open").call)
    assert len(call.conditions) == 11
    years = next(one for one in call.conditions if one["key"] == "years")
    assert years["demand"] == "不少于3年"
    assert "本平台默认值" in years["clause"]


@pytest.mark.usefixtures("told_at_once")
def test_a_call_goes_its_whole_way_by_the_clock(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """截止、公示期满都由时钟办理；入选的一年内有效，可以通过备案前的关口。"""
    sent = stand("sent")
    assert jobs.close_calls_past_their_last_day(sent.at) == 0
    call = queries.call(sent.call)
    closed = simulated.closed_at(call, sent.at)
    assert jobs.close_calls_past_their_last_day(closed) == 1
    simulated.check_as_declared(sent.application, by=wide_cast.tao, at=closed)
    (outcome,) = operations.rank_call(number=sent.call, by=wide_cast.tao, at=closed)
    assert outcome.proposed
    assert "排第1名" in outcome.sentence
    operations.announce_result(number=sent.call, by=wide_cast.han, at=closed)
    assert jobs.conclude_announced_calls(closed) == 0
    over = closed + timedelta(days=9)
    assert jobs.conclude_announced_calls(over) == 1
    selection = Selection.objects.get(body=wide_cast.body_e)
    assert (selection.selected_on, selection.until.year) == (over.date(), over.year + 1)
    care = catalogue.occupation(CARE, over.date())
    assert care is not None
    assert queries.passed_gates(wide_cast.body_e, care, None, Level.FIVE, over.date()).outcome is Outcome.MET
    assert queries.passed_gates(wide_cast.body_e, care, None, Level.ONE, over.date()).outcome is Outcome.UNMET
    assert events(sent.call)[-2:] == ["call.announced", "call.concluded"]
    assert tell_people(over) > 0


def test_more_points_come_first_and_the_others_are_told_why(wide_cast: WideCast) -> None:
    """两家应征一个名额：分高的入选，另一家得到名次和理由；每件一条存证。"""
    opened = brought_to("open", wide_cast)
    _, rival = second_body(opened.at)
    lot = lot_of(opened.call)
    weaker = simulated.sent_application(lot, by=rival, at=opened.at, answers={**simulated.FIT, "years": 4, "rating": 0}).number
    stronger = simulated.sent_application(lot, by=wide_cast.xie, at=opened.at).number
    over = simulated.bring_to_result(queries.call(opened.call), clerk=wide_cast.tao, director=wide_cast.han, at=opened.at)
    first, second = (Application.objects.get(number=number) for number in (stronger, weaker))
    assert (first.rank, first.state) == (1, "selected")
    assert (second.rank, second.state) == (2, "not_selected")
    assert second.outcome_reason == f"符合条件，得{float(second.points or 0):g}分，排第2名，本项只遴选1家"
    assert sum(one["points"] for one in second.scores) == second.points
    assert [events(number)[-2:] for number in (stronger, weaker)] == [
        ["application.ranked", "application.selected"],
        ["application.ranked", "application.passed_over"],
    ]
    rows = of_case(opened.call).get().rows
    assert [row[2:4] for row in rows] == [["1", first.body.name], ["2", second.body.name]]
    assert [row[4:] for row in rows] == [[f"{float(first.points or 0):g}", "拟入选"], [f"{float(second.points or 0):g}", "未入选"]]
    assert queries.selections_of(first.body, over.date()).count() == 1


def test_an_organisation_that_does_not_fit_has_no_place(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """核实低于申报的写明依据；不符合条件的不排名，空缺照样公示。"""
    closed = stand("closed")
    answers = {**simulated.FIT, "staff": 3}
    with pytest.raises(Refusal, match="与申报不一致"):
        operations.check_application(number=closed.application, checked=answers, notes={}, by=wide_cast.tao, at=closed.at)
    notes = {"staff": "社保记录只有3人。"}
    found = operations.check_application(number=closed.application, checked=answers, notes=notes, by=wide_cast.tao, at=closed.at)
    assert found.qualified is False
    (outcome,) = operations.rank_call(number=closed.call, by=wide_cast.tao, at=closed.at)
    assert not outcome.proposed
    assert "专职工作人员3人（申报8人），应不少于5人" in outcome.sentence
    operations.announce_result(number=closed.call, by=wide_cast.han, at=closed.at)
    assert of_case(closed.call).get().rows == [["养老护理员", "全市", "", "没有符合条件的应征机构", "", "空缺"]]
    (settled,) = operations.conclude_call(number=closed.call, by=PLATFORM, at=closed.at + timedelta(days=12))
    assert not settled.selected
    assert not Selection.objects.exists()


def test_returned_is_put_right_after_the_last_day(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """退回补正的在补正期内可以重新提交，截止以后也行；补正期过了按没有补正处理。"""
    back = stand("returned")
    (task,) = open_on(back.application)
    assert task.office_id == wide_cast.body_e.office_id
    with pytest.raises(Refusal, match="届满"):
        operations.submit_application(number=back.application, by=wide_cast.xie, at=back.at + timedelta(days=20))
    operations.submit_application(number=back.application, by=wide_cast.xie, at=back.at + timedelta(days=2))
    assert not open_on(back.application).exists()


def test_never_put_right_is_passed_over(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """逾期不补正的不影响别人排序，结束时告知理由。"""
    back = stand("returned")
    call = queries.call(back.call)
    closed = simulated.closed_at(call, back.at)
    operations.close_call(number=back.call, by=PLATFORM, at=closed)
    operations.rank_call(number=back.call, by=wide_cast.tao, at=closed + timedelta(days=1))
    operations.announce_result(number=back.call, by=wide_cast.han, at=closed + timedelta(days=1))
    (settled,) = operations.conclude_call(number=back.call, by=PLATFORM, at=closed + timedelta(days=15))
    assert settled.sentence == "退回补正后没有在期限内重新提交"


def test_an_upheld_objection_reopens_the_judging(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """异议成立：公示中止，重新核实、重新排序、再次公示。"""
    public = stand("announced")
    notice = of_case(public.call).get()
    later = public.at + timedelta(days=2)
    made = make_objection(notice_number=notice.number, name="赵某", phone="13800000000", content="专家人数不实", by=PLATFORM, at=later)
    assert jobs.take_up_new_objections(later) == 1
    assert open_on(public.call).get().matter == "call.objection"
    given = {"number": public.call, "objection": made.number, "upheld": True, "answer": "经查专家只有4人。"}
    operations.answer_call_objection(**given, by=wide_cast.han, at=later)  # type: ignore[arg-type]
    assert queries.call(public.call).state == "closed"
    answers = {**simulated.FIT, "experts": 4}
    notes = {"experts": "聘书核实为4人。"}
    operations.check_application(number=public.application, checked=answers, notes=notes, by=wide_cast.tao, at=later)
    (outcome,) = operations.rank_call(number=public.call, by=wide_cast.tao, at=later)
    assert not outcome.proposed


def test_a_check_after_the_ranking_asks_for_another_ranking(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """排序之后又核实过的，重新排序才能公示。"""
    ranked = stand("ranked")
    later = ranked.at + timedelta(hours=1)
    simulated.check_as_declared(ranked.application, by=wide_cast.tao, at=later)
    with pytest.raises(Refusal, match="排序之后重新核实过"):
        operations.announce_result(number=ranked.call, by=wide_cast.han, at=later)
    operations.rank_call(number=ranked.call, by=wide_cast.tao, at=later)
    operations.announce_result(number=ranked.call, by=wide_cast.han, at=later)


def test_a_cancelled_call_tells_everyone(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """取消征集写明理由，已应征的逐件告知。"""
    sent = stand("sent")
    operations.cancel_call(number=sent.call, reason="项目布局调整。", by=wide_cast.han, at=sent.at)
    found = Application.objects.get(number=sent.application)
    assert (found.state, found.outcome_reason) == ("not_selected", "本次征集已取消：项目布局调整。")
    assert not open_on(sent.call).exists()


def test_saving_again_and_again_is_one_line(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """自动保存不刷屏：同一人同一天的保存合为一条存证。"""
    applying = stand("applying")
    for staff in (6, 7, 9):
        answers = {**simulated.FIT, "staff": staff}
        operations.save_application(number=applying.application, answers=answers, statement="设想", by=wide_cast.xie, at=applying.at)
    assert events(applying.application).count("application.saved") == 1
    assert Application.objects.get(number=applying.application).answers["staff"] == 9


def test_who_sees_what(wide_cast: WideCast, stand: Callable[[str], Stand]) -> None:
    """待遴选的项目只有本行业和市级看得见，公告拟定中外面看不见，应征申请提交前别人看不见。"""
    applying = stand("applying")
    assert queries.projects(wide_cast.pan).filter(number=applying.project).exists()
    turner = simulated.recommend(TURNER, by=wide_cast.pan, at=wide_cast.at)
    assert not queries.projects(wide_cast.tang).filter(number=turner.number).exists()
    assert not queries.applications(wide_cast.tao).exists()
    assert queries.applications(wide_cast.xie).count() == 1
    assert not queries.applications(wide_cast.shi).exists()
    draft = simulated.drafted_call(Project.objects.get(number=applying.project), clerk=wide_cast.tao, at=wide_cast.at)
    assert not queries.calls().filter(number=draft.number).exists()
    assert queries.calls(wide_cast.han).filter(number=draft.number).exists()


def test_demand_stands_beside_a_lot(wide_cast: WideCast) -> None:
    """需求数据取最近年度。"""
    care = catalogue.occupation(CARE, wide_cast.at.date())
    assert care is not None
    for year, people in ((2024, 800), (2025, 950)):
        DemandFigure.objects.create(occupation=care, year=year, people=people, source="行业调查", entered_at=wide_cast.at)
    assert queries.demand_figures([CARE])[(CARE, "")].people == 950


def test_no_row_of_this_app_is_left_in_a_test_by_mistake(db: None) -> None:
    """每个用例从空表开始。"""
    assert not any(model._default_manager.exists() for model in apps.get_app_config("calls").get_models())
