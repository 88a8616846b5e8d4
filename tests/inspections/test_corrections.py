"""问题改正测试: is what an inspection found asked to be corrected at once, reported by the body, checked off by two, and never forgotten?"""

from datetime import timedelta
from functools import partial

import pytest

from tests.cast import Cast
from tests.inspections.stage import Stage
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import enter_person, grant_role, open_log_in
from touchstone.files.queries import of_case
from touchstone.inspections.models import Task, VisitFinding
from touchstone.inspections.operations import (
    check_off,
    correct_at_once,
    examine_correction,
    reject_correction,
    report_correction,
    suggest_case,
    take_up,
)
from touchstone.inspections.queries import visiting
from touchstone.inspections.states import FindingState
from touchstone.jobs.inspections import note_what_is_overdue, remind_of_corrections
from touchstone.ledger.models import Entry
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.roles import Role
from touchstone.simulation.cast import PASSWORD, actor_of
from touchstone.simulation.identity import id_number, phone
from touchstone.tasks.queries import open_on

WRONG = {"filing.scope": "计划中有备案范围以外的等级。", "archive.whole": "一个场次缺考场情况记录。"}


def body_leader(stage: Stage, task: Task) -> Actor:
    """Give the visited body somebody who answers for it."""
    at = stage.cast.at
    born = task.visit_on.replace(year=1980)
    person = enter_person(name="陆负责", id_number=id_number(460, birthday=born, male=True), phone=phone(960), by=PLATFORM, at=at)
    open_log_in(person=person, username="leader", password=PASSWORD, by=PLATFORM, at=at)
    for role in (Role.BODY_LEADER, Role.BODY_PLANNER):
        grant_role(person=person, office=task.body.office, role=role, since=at.date(), by=PLATFORM, at=at)
    return actor_of("leader", at.date())


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a sealed visit that found two things."""
    stage = Stage(cast)
    stage.visited(WRONG)
    return stage


def problems() -> list[VisitFinding]:
    """Give the findings in order."""
    return list(VisitFinding.objects.order_by("pk"))


def test_each_no_is_a_finding_that_somebody_treats(stage: Stage) -> None:
    """每项不符合成为一个问题，带可能涉及的情形；全部确定处理方式以后，待办才办结。"""
    task = stage.first_task()
    scope, archive = problems()
    assert (scope.acts, archive.acts) == (["out_of_scope_data"], ["small_archive_gap", "archive_incomplete"]) and scope.note == WRONG["filing.scope"]
    first, second = stage.inspectors(task)
    at, number = task.opens_at, task.number
    asked = lambda who, key=archive.pk, **told: correct_at_once(**{"problem": key, "asked": "补齐。", "by": who, "at": at} | told)  # noqa: E731
    for who, says in ((stage.cast.wu, "质量督导员"), (stage.cast.jiang, "浦东"), (stage.cast.lin, "质量督导员")):
        refused_and_nothing_changed(partial(asked, who), says, "inspections")
    refused_and_nothing_changed(lambda: asked(first, asked=" "), "改正要求", "inspections")
    refused_and_nothing_changed(lambda: asked(first, due_on=at.date() + timedelta(days=30)), "不晚于", "inspections")
    done = asked(first)
    assert done.due_on is not None and (done.due_on - at.date()).days <= 5 and open_on(number).filter(matter="treat_findings").exists()
    refused_and_nothing_changed(lambda: suggest_case(problem=scope.pk, words="", by=second, at=at), "建议立案的理由", "inspections")
    suggest_case(problem=scope.pk, words="备案范围以外的等级，涉及证书数据。", by=second, at=at)
    assert not open_on(number).filter(matter="treat_findings").exists()
    assert [one.check_key for one in visiting.findings_for_case(number)] == ["filing.scope"]
    taken = take_up(problem=scope.pk, case="AJ2026000001", by=first, at=at)
    assert taken.state == FindingState.TAKEN_UP and taken.case_number == "AJ2026000001"


def test_the_body_reports_and_two_people_check_off(stage: Stage) -> None:
    """只有本机构能报告；复查的两人不是同一人；不合格的退回另定期限；全部销号以后，公布的结果改为已改正。"""
    task = stage.first_task()
    first, second = stage.inspectors(task)
    leader, at, later = body_leader(stage, task), task.opens_at, task.opens_at + timedelta(days=1)
    keys = [one.pk for one in problems()]
    for key in keys:
        correct_at_once(problem=key, asked="改正并说明原因。", by=first, at=at)
    told = lambda who, words="已改正。", key=keys[0]: report_correction(problem=key, words=words, attachments=[], by=who, at=later)  # noqa: E731
    for who in (stage.cast.lin, stage.cast.shi, first):
        refused_and_nothing_changed(partial(told, who), "改正情况由", "inspections")
    refused_and_nothing_changed(lambda: told(leader, " "), "写明改正情况", "inspections")
    refused_and_nothing_changed(
        lambda: report_correction(problem=keys[0], words="见附件。", attachments=[("a.exe", b"MZ")], by=leader, at=later), "不能接收", "inspections"
    )
    report_correction(problem=keys[0], words="见附件。", attachments=[("说明.pdf", b"%PDF-1.4 x")], by=leader, at=later)
    assert of_case(task.number, f"{visiting.CORRECTION}·{keys[0]}").count() == 1
    refused_and_nothing_changed(lambda: check_off(problem=keys[0], by=first, at=later), "不能第二人复查销号", "inspections")
    examine_correction(problem=keys[0], opinion="已核对。", by=first, at=later)
    refused_and_nothing_changed(lambda: check_off(problem=keys[0], by=first, at=later), "另一名督导员", "inspections")
    reject_correction(problem=keys[0], opinion="说明没有写原因。", by=second, at=later)
    told(leader)
    told(leader, key=keys[1])
    for key in keys:
        examine_correction(problem=key, opinion="已核对。", by=second, at=later)
        assert Task.objects.get(pk=task.pk).outcome == VisitOutcome.TO_RECTIFY
        check_off(problem=key, by=first, at=later)
    assert {one.state for one in problems()} == {FindingState.CORRECTED} and problems()[0].findings[-1]["outcome"] == "met"
    assert Task.objects.get(pk=task.pk).outcome == VisitOutcome.CORRECTED
    assert not open_on(task.number).exists()


def test_the_body_is_reminded_and_what_is_late_is_an_act_of_its_own(stage: Stage) -> None:
    """到期前提醒一次；逾期记一次，提示“逾期没有改正”这一情形；逾期以后仍可报告，销号写明逾期，也可以移交立案。"""
    task = stage.first_task()
    first, second = stage.inspectors(task)
    leader, at = body_leader(stage, task), task.opens_at
    late, other = problems()
    for one in (late, other):
        correct_at_once(problem=one.pk, asked="改正。", by=first, at=at)
    due_on = problems()[0].due_on
    assert due_on is not None and remind_of_corrections(at) == 0
    eve, after = at + timedelta(days=(due_on - at.date()).days - 1), at + timedelta(days=(due_on - at.date()).days + 1)
    assert [remind_of_corrections(eve) for _ in range(2)] == [2, 0]
    assert [note_what_is_overdue(after) for _ in range(2)] == [2, 0]
    assert Entry.objects.filter(event="inspection.correction_overdue").count() == 2
    assert all(one.acts[0] == "not_corrected_at_once" and one.overdue_on for one in problems())
    report_correction(problem=late.pk, words="已改正。", attachments=[], by=leader, at=after)
    examine_correction(problem=late.pk, opinion="已核对。", by=first, at=after)
    done = check_off(problem=late.pk, by=second, at=after)
    assert done.state == FindingState.CORRECTED and done.findings[-1]["outcome"] == "unmet", "逾期改正，写在审查意见里"
    suggest_case(problem=other.pk, words="逾期没有改正。", by=second, at=after)
    assert [one.acts[0] for one in visiting.findings_for_case(task.number)] == ["not_corrected_at_once"]
