"""检查测试: is a visit answered, signed and sealed by two, does its result follow from the answers, and is nothing written over?"""

import hashlib
from datetime import timedelta
from functools import partial

import pytest

from tests.cast import Cast
from tests.inspections.stage import Stage
from tests.refusing import refused_and_nothing_changed
from touchstone.files.queries import content
from touchstone.inspections import queries
from touchstone.inspections.models import Answer, Position, Visit
from touchstone.inspections.operations import (
    AnswerChanged,
    Given,
    Where,
    answer_check,
    attach_evidence,
    note_hindrance,
    note_position,
    note_refusal,
    open_visit,
    remind_of_result,
    seal_visit,
    sign_by_hand,
    sign_visit,
)
from touchstone.inspections.queries import visiting
from touchstone.inspections.queries.visiting import results_due
from touchstone.inspections.states import TaskState, VisitState
from touchstone.jobs.inspections import remind_of_results
from touchstone.ledger.models import Entry
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.supervision.publication import RESULT_REMINDED, result_due
from touchstone.simulation.cast import actor_of
from touchstone.simulation.inspections import fill_in, scribble, sign_and_seal
from touchstone.tasks.queries import waiting_for

SCOPE, VENUE = "filing.scope", "filing.venue"


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a draw with its visits."""
    return Stage(cast).drawn()


def test_a_drawn_visit_is_begun_by_those_sent_at_its_hour(stage: Stage) -> None:
    """到检查日的揭晓时间才能开始，没派去的人不能开始；第二个人打开的是同一次检查；事项按机构类别从计划中取。"""
    task = stage.first_task()
    first, second = stage.inspectors(task)
    names = [sent.person.user.username for sent in task.inspectors.order_by("place")]
    other = next(actor_of(f"inspector{n}", stage.cast.at.date()) for n in range(4) if f"inspector{n}" not in names)
    early = task.opens_at - timedelta(minutes=1)
    refused_and_nothing_changed(lambda: open_visit(number=task.number, by=first, at=early), "还没有到检查日", "inspections")
    for who in (other, stage.cast.wu, stage.cast.du, stage.cast.lin):
        refused_and_nothing_changed(partial(open_visit, number=task.number, by=who, at=task.opens_at), "检查", "inspections")
    begun = open_visit(number=task.number, by=first, at=task.opens_at)
    assert open_visit(number=task.number, by=second, at=task.opens_at) == begun and Visit.objects.count() == 1
    assert begun.items == ["filing", "archive"] and visiting.body_of(task.number) == task.body


def test_two_phones_answer_and_neither_writes_over_the_other(stage: Stage) -> None:
    """同一条结论重复送达只留一条；另一人已有不同结论的，后到的被告知而不覆盖；更改须有理由，原来的结论留着。"""
    visit, task = stage.opened(), stage.first_task()
    first, second = stage.inspectors(task)

    def said(by, answer, key, note="", revision=0, reason="", check=SCOPE):
        given = Given(check, answer, note, revision, reason)
        return lambda: answer_check(number=visit.number, given=given, client_key=key, by=by, at=task.opens_at)

    kept = said(first, "yes", "phone-a-1")()
    assert said(first, "yes", "phone-a-1")() == kept and said(second, "yes", "phone-b-1")() == kept, "同样的结论不另记"
    refused_and_nothing_changed(said(second, "no", "phone-b-2", ""), "请写明事实", "inspections")
    with pytest.raises(AnswerChanged, match="没有覆盖"):
        said(second, "no", "phone-b-2", "计划外的等级。")()
    refused_and_nothing_changed(said(second, "no", "phone-b-2", "计划外的等级。", 1), "须写明理由", "inspections")
    changed = said(second, "no", "phone-b-2", "计划外的等级。", 1, "共同核对后更改")()
    assert (changed.revision, changed.given_by.name) == (2, second.person_name)
    assert [one.answer for one in Answer.objects.order_by("revision")] == ["yes", "no"] and visiting.answers_of(visit)[SCOPE] == changed
    for wrong, says in ((said(first, "fine", "x"), "请选择结论"), (said(first, "yes", "x", check="fees.words"), "清单")):
        refused_and_nothing_changed(wrong, says, "inspections")
    for who in (stage.cast.wu, stage.cast.du, stage.cast.lin):
        refused_and_nothing_changed(said(who, "yes", "x"), "检查", "inspections")


def test_a_visit_is_sealed_once_answered_and_signed_by_both_and_the_body(stage: Stage) -> None:
    """没填完不能签，少一人签字或者机构没签不能封存；签字以后改了结论须重签；封存的检查记录哈希在存证里，结果由结论得出。"""
    visit, task = stage.opened(), stage.first_task()
    first, second = stage.inspectors(task)
    number, at = visit.number, task.opens_at
    sign = lambda who, digest=None: sign_visit(number=number, digest=digest or visiting.digest_of(visit), by=who, at=at)  # noqa: E731
    seal = lambda: seal_visit(number=number, by=first, at=at)  # noqa: E731
    refused_and_nothing_changed(lambda: sign(first), "还有3项没有结论", "inspections")
    fill_in(number, {}, by=first, at=at)
    old = visiting.digest_of(visit)
    attach_evidence(number=number, check=VENUE, name="门牌.png", content=scribble(), by=second, at=at)
    refused_and_nothing_changed(lambda: sign(first, old), "又有改动", "inspections")
    sign(first)
    refused_and_nothing_changed(seal, "还有1名检查人员没有签字", "inspections")
    sign(second)
    refused_and_nothing_changed(seal, "机构没有签字", "inspections")
    answer_check(number=number, given=Given(VENUE, "not_here", "", 1, "笔误"), client_key="later", by=second, at=at)
    assert not visiting.signatures_of(visit).exists(), "改了结论，签字失效"
    refused_and_nothing_changed(
        lambda: sign_by_hand(number=number, digest=visiting.digest_of(visit), name="李某", post="", drawing=scribble(), by=first, at=at),
        "姓名、职务", "inspections",
    )  # fmt: skip
    sign_and_seal(number, (first, second), at=at)
    done = Visit.objects.get(number=number)
    kept = visiting.record_file(done)
    assert kept is not None and (done.state, done.outcome, done.score) == (VisitState.SEALED, VisitOutcome.CLEAN, 100.0)
    assert hashlib.sha256(content(kept)).hexdigest() == done.record_sha256 == Entry.objects.get(event="inspection.sealed").detail["record"]
    assert content(kept).startswith(b"%PDF")
    refused_and_nothing_changed(seal, "不能封存检查记录", "inspections")
    given = Given(SCOPE, "no", "改", 1, "补记")
    refused_and_nothing_changed(lambda: answer_check(number=number, given=given, client_key="x", by=first, at=at), "不能填写检查记录", "inspections")


def test_a_result_is_public_with_items_and_without_people(stage: Stage) -> None:
    """封存以前没有结果；封存以后公布事项和结论，不公布人员和事实细节；逾期封存的写进审查意见。"""
    assert list(queries.results()) == [] and not queries.any_result()
    task = stage.first_task()
    first, second = stage.inspectors(task)
    late = task.opens_at + timedelta(days=40)
    open_visit(number=task.number, by=first, at=late)
    fill_in(task.number, {SCOPE: "考生王某报考的等级不在备案范围。"}, by=first, at=late)
    sign_and_seal(task.number, (first, second), at=late)
    (told,) = queries.results()
    assert told.state == TaskState.CONFIRMED and told.outcome == VisitOutcome.TO_RECTIFY
    assert "1项不符合" in told.words and "王某" not in told.words and first.person_name not in told.words
    assert told.findings[-1]["outcome"] == "unmet", "超过二十个工作日"
    assert {told.reported_by_id, told.confirmed_by_id} == {first.user_id, second.user_id}


def test_the_body_may_refuse_to_sign_or_to_be_inspected(stage: Stage) -> None:
    """拒绝签字的写明情况、两人签字证明后可以封存；未能检查的写明情况，结果照此公布，不另填结论。"""
    visit, task = stage.opened(), stage.first_task()
    first, second = stage.inspectors(task)
    number, at = visit.number, task.opens_at
    refused_and_nothing_changed(lambda: note_refusal(number=number, words=" ", by=first, at=at), "没有签字的情况", "inspections")
    refused_and_nothing_changed(lambda: note_hindrance(number=number, outcome="clean", words="无", by=first, at=at), "只能是", "inspections")
    refused_and_nothing_changed(lambda: note_hindrance(number=number, outcome="obstructed", words="", by=first, at=at), "写明未能检查", "inspections")
    fill_in(number, {}, by=first, at=at)
    note_refusal(number=number, words="负责人看过记录后离开。", by=first, at=at)
    noted = Visit.objects.get(number=number)
    assert [one.reason for one in visiting.sealing_findings(noted) if one.outcome != "met"] == ["还有2名检查人员没有签字"], "不再等机构签字"
    note_hindrance(number=number, outcome=VisitOutcome.OBSTRUCTED, words="两次到达，门卫不让进入。", by=first, at=at)
    for who in (first, second):
        sign_visit(number=number, digest=visiting.digest_of(Visit.objects.get(number=number)), by=who, at=at)
    done = seal_visit(number=number, by=second, at=at)
    assert (done.outcome, done.score) == (VisitOutcome.OBSTRUCTED, None)
    assert queries.results()[0].words == "两次到达，门卫不让进入。"


def test_where_the_phone_was_is_asked_and_may_be_refused(stage: Stage) -> None:
    """定位自愿，可以写明理由不定位；没有已知地点的不算距离；不是地点的不收；同一条只留一次。"""
    visit, task = stage.opened(), stage.first_task()
    first, _ = stage.inspectors(task)

    def noted(key, **where):
        return lambda: note_position(number=visit.number, where=Where(**where), client_key=key, by=first, at=task.opens_at)

    refused_and_nothing_changed(noted("a"), "没有定位", "inspections")
    refused_and_nothing_changed(noted("a", latitude=131.0, longitude=121.5, accuracy=5.0), "数值不对", "inspections")
    noted("a", unknown_because="地下车间没有信号")()
    noted("b", latitude=31.22, longitude=121.54, accuracy=12.0)()
    noted("b", latitude=31.22, longitude=121.54, accuracy=12.0)()
    assert Position.objects.count() == 2 and [one.distance for one in visiting.positions_of(visit)] == [None]


def test_those_sent_are_reminded_before_the_result_is_due(stage: Stage) -> None:
    """公开期限届满前五个工作日提醒派去的两人，只提醒一次；封存以后待办办结；已经封存的不提醒；提前天数可以改。"""
    task, known = stage.first_task(), calendar()
    due, before = result_due(task.visit_on, known), RESULT_REMINDED.on(task.visit_on).value
    eve = next(n for n in range(40) if known.working_days_between(task.visit_on + timedelta(days=n), due) <= before)
    at = task.opens_at + timedelta(days=eve)
    assert results_due(at - timedelta(days=1)) == [] and task.number in results_due(at)
    refused_and_nothing_changed(lambda: remind_of_result(number=task.number, by=stage.cast.wang, at=at), "平台提醒", "inspections")
    assert remind_of_results(at) > 0 and remind_of_results(at) == 0
    first, second = stage.inspectors(task)
    own = [waiting_for(who).filter(case=task.number, matter__startswith="result_") for who in (first, second)]
    assert [one.get().due_on for one in own] == [due, due]
    assert Entry.objects.filter(event="inspection.result_due", subject=task.number).count() == 1
    stage.visited()
    assert not any(one.exists() for one in own)


def test_a_result_that_is_there_is_not_reminded_of(stage: Stage) -> None:
    """已经封存的检查不再提醒。"""
    task = stage.visited()
    assert task.number not in results_due(task.opens_at + timedelta(days=60))
