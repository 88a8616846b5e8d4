"""调取资料测试: who calls for whose records, what is frozen and how does a change show, what does the body answer, and what if it is late?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.exams.stage import Stage, moment
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from tests.uploads.sending import LATER, SENT, confirmed, rows_of, sent_in
from touchstone.bodies.operations import check_left_alone
from touchstone.exams.models import ScoreEntry
from touchstone.exams.operations.archive import compile_archive
from touchstone.exams.operations.registration import withdraw_candidate
from touchstone.exams.operations.scores import corrected
from touchstone.inspections.facts.records import left_alone
from touchstone.inspections.models import RecordsCall
from touchstone.inspections.operations import records as acts
from touchstone.inspections.operations import records_answering as answers
from touchstone.inspections.operations.records import CallTerms, Wanted
from touchstone.inspections.queries import records as queries
from touchstone.inspections.states.records import CallState, ItemState, MoreTime, RecordsKind
from touchstone.jobs.inspections import note_what_is_late, remind_of_what_is_due
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.supervision.records import Frozen
from touchstone.tasks.queries import copies_to, waiting_for
from touchstone.uploads import operations

PDF = ("录像清单.pdf", b"%PDF-1.7 list")
DUE = date(2026, 3, 9)
"""Five working days after Monday, 2 March 2026."""


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a plan of body 甲 whose registration is closed."""
    return Stage(cast).reviewed()


def called(stage: Stage, *, due_on: date | None = None, wanted: list[Wanted] | None = None) -> RecordsCall:
    """Have 王怀瑾 call for the roster, which the platform holds, and for videos, which only the body can hold."""
    things = wanted or [
        Wanted(RecordsKind.ROSTER, "报名名册和核对情况", stage.plan.number),
        Wanted(RecordsKind.VIDEOS, "3月20日全部考场的监控录像"),
    ]
    terms = CallTerms("eligibility", "核实申报条件审核", things, due_on)
    return acts.call_for_records(body=stage.cast.body_a, terms=terms, by=stage.cast.wang, at=stage.cast.at)


def at(day: date, hour: int = 10) -> datetime:
    return moment(day, hour)


def test_records_are_called_for_frozen_handed_over_and_received(stage: Stage) -> None:
    """王怀瑾调取：名册由平台冻结，录像由机构提供；孙景明提供、提交，王怀瑾逐项核收、办结。"""
    cast = stage.cast
    call = called(stage)
    assert (call.due_on, call.state, call.item) == (DUE, CallState.CALLED, "eligibility")
    assert "督导检查" in call.charge["reason"]
    roster, videos = queries.items_of(call)
    assert (roster.state, videos.state) == (ItemState.HELD, ItemState.WAITING)
    assert len(roster.frozen) == 3 and len(roster.fingerprint) == 64 and call.position > 0
    assert [task.case for task in waiting_for(cast.sun) if task.case == call.number] == [call.number]
    handed = answers.hand_over(number=call.number, place=2, words="硬盘另附", files=[PDF], by=cast.sun, at=at(date(2026, 3, 4)))
    assert handed.state == ItemState.HANDED
    call = answers.finish_answer(number=call.number, by=cast.sun, at=at(date(2026, 3, 4)))
    assert call.state == CallState.HANDED and call.findings[-1]["outcome"] == "met"
    acts.judge_item(number=call.number, place=1, good=True, words="", by=cast.wang, at=at(date(2026, 3, 5)))
    acts.judge_item(number=call.number, place=2, good=True, words="齐全", by=cast.wang, at=at(date(2026, 3, 5)))
    call = acts.close_call(number=call.number, outcome="未发现问题", by=cast.wang, at=at(date(2026, 3, 5)))
    assert call.state == CallState.CLOSED and not waiting_for(cast.sun).filter(case=call.number).exists()
    told = [line.event for line in history(call.number) if line.event.startswith("records.")]
    assert told == ["records.called", "records.handed_over", "records.finished", "records.judged", "records.judged", "records.closed"]


def test_what_was_frozen_shows_every_change(stage: Stage) -> None:
    """冻结以后没有改动的，核对为没有改动；又登记一名考生、改了一名考生，逐处列出，最早的时间取自存证。"""
    call = called(stage, wanted=[Wanted(RecordsKind.ROSTER, "名册", stage.plan.number)])
    assert call.state == CallState.HANDED, "没有要机构提供的，直接核对"
    (item,) = queries.items_of(call)
    kept = left_alone(item, at(DUE))
    assert kept is not None and (kept.count, kept.finding.outcome) == (0, "met")
    person = stage.plan.candidates.order_by("number")[0]
    person.employer = "另一家公司"
    person.save()
    kept = left_alone(item, at(DUE))
    assert kept is not None and kept.count == 1 and kept.finding.outcome == "unmet"
    assert (kept.changes[0].part, kept.changes[0].how) == (f"{person.number} {person.name}", "改动")
    assert kept.changed_at == at(DUE), "存证里没有的改动，以发现的时间为准"
    judged = acts.judge_item(number=call.number, place=1, good=False, words="冻结后改动", by=stage.cast.wang, at=at(DUE))
    assert judged.findings[0]["outcome"] == "unmet"


def test_every_kind_the_platform_holds_can_be_frozen(cast: Cast) -> None:
    """成绩、场次记录、评价档案按编号冻结；不是本机构的编号不行。"""
    stage = Stage(cast).all_the_way()
    day = moment(date(2026, 4, 8), 9)
    sitting = stage.sittings()[0].number
    wanted = [Wanted(RecordsKind.SCORES, "成绩", stage.plan.number), Wanted(RecordsKind.SITTING, "场次", sitting)]
    wanted += [Wanted(RecordsKind.ARCHIVE, "档案", one.number) for one in stage.plan.archives.all()]
    call = acts.call_for_records(body=cast.body_a, terms=CallTerms("scores", "核实", wanted), by=cast.wang, at=day)
    items = list(queries.items_of(call))
    assert all(one.state == ItemState.HELD and one.frozen for one in items)
    assert len(items[0].frozen) == 9, "三人各有理论、技能、结论"
    assert all(left_alone(one, day).count == 0 for one in items)  # type: ignore[union-attr]
    for archive in stage.plan.archives.all():
        with pytest.raises(Refusal, match=r"已由.*冻结，不能重新汇编.*解除冻结"):
            compile_archive(number=archive.number, reason="补登", by=cast.sun, at=day)


def test_a_batch_of_certificate_data_is_frozen_row_by_row(db: None) -> None:
    """证书数据批次按行冻结；以后审核通过，行的状态变了，逐行列出，时间取自存证。"""
    stage = confirmed()
    cast = stage.cast
    batch = sent_in(cast, rows_of(stage))
    wanted = [Wanted(RecordsKind.BATCH, "本批数据", batch.number)]
    call = acts.call_for_records(body=cast.body_a, terms=CallTerms("scores", "核实", wanted), by=cast.wang, at=SENT)
    (item,) = queries.items_of(call)
    assert len(item.frozen) == 4 and left_alone(item, SENT).count == 0  # type: ignore[union-attr]
    operations.submit(number=batch.number, by=cast.qian, at=LATER)
    kept = left_alone(item, LATER)
    assert kept is not None and kept.count > 0 and kept.changed_at == LATER


def test_more_time_is_asked_for_once(stage: Stage) -> None:
    """申请延期一次；同意以后期限改变、重新提醒；不能再申请。"""
    cast, call = stage.cast, called(stage)
    asked = answers.ask_more_time(number=call.number, until=date(2026, 3, 13), reason="硬盘在分校", by=cast.sun, at=at(date(2026, 3, 5)))
    assert asked.more_time == MoreTime.ASKED and waiting_for(cast.wang).filter(case=call.number, matter="records_time").exists()
    granted = answers.answer_more_time(number=call.number, until=date(2026, 3, 12), words="同意到12日", by=cast.wang, at=at(date(2026, 3, 6)))
    assert (granted.due_on, granted.first_due_on, granted.more_time) == (date(2026, 3, 12), DUE, MoreTime.GRANTED)
    answers.hand_over(number=call.number, place=2, words="", files=[PDF], by=cast.sun, at=at(date(2026, 3, 12)))
    done = answers.finish_answer(number=call.number, by=cast.sun, at=at(date(2026, 3, 12)))
    assert done.findings[-1]["outcome"] == "met", "在同意的期限内，不算逾期"


def test_a_body_is_reminded_once_and_then_late(stage: Stage) -> None:
    """到期前一个工作日提醒一次；过期一次登记逾期，提示可能构成的情形，交给调取单位；补交以后仍记为逾期。"""
    cast, call = stage.cast, called(stage)
    assert remind_of_what_is_due(at(date(2026, 3, 5))) == 0
    assert [remind_of_what_is_due(at(date(2026, 3, 6), hour)) for hour in (9, 10)] == [1, 0]
    assert copies_to(cast.sun).filter(case=call.number, title__contains="期限将到").exists()
    assert note_what_is_late(at(DUE)) == 0
    assert [note_what_is_late(at(DUE + timedelta(days=1), hour)) for hour in (1, 2)] == [1, 0]
    assert waiting_for(cast.wang).filter(case=call.number, matter="records_late").exists()
    call.refresh_from_db()
    assert call.overdue_at is not None and "逾期" in call.findings[-1]["reason"]
    assert history(call.number).filter(event="records.overdue", detail__act="records_late").exists()
    answers.say_not_there(number=call.number, place=2, reason="设备故障没有录像", by=cast.qian, at=at(date(2026, 3, 11)))
    late = answers.finish_answer(number=call.number, by=cast.qian, at=at(date(2026, 3, 11)))
    assert late.findings[-1]["outcome"] == "unmet"
    judged = acts.judge_item(number=call.number, place=2, good=False, words="应存未存", by=cast.wang, at=at(date(2026, 3, 12)))
    assert judged.state == ItemState.LACKING


def test_what_does_not_answer_is_sent_back(stage: Stage) -> None:
    """提供的不符合要求，退回补交；撤回以后机构不再欠。"""
    cast, call = stage.cast, called(stage)
    answers.hand_over(number=call.number, place=2, words="", files=[PDF], by=cast.sun, at=cast.at)
    answers.finish_answer(number=call.number, by=cast.sun, at=cast.at)
    item = acts.send_back_item(number=call.number, place=2, reason="缺下午场", by=cast.wang, at=cast.at)
    call.refresh_from_db()
    assert (item.state, call.state, call.handed_at) == (ItemState.WAITING, CallState.CALLED, None)
    assert waiting_for(cast.sun).filter(case=call.number).exists()
    acts.withdraw_call(number=call.number, reason="改为现场检查", by=cast.wang, at=cast.at)
    assert not waiting_for(cast.sun).filter(case=call.number).exists()


def test_what_must_not_be(stage: Stage) -> None:
    """别的区、行业、机构、没有岗位的人不能调取；别的机构不能答；期限长了要理由；不在清单的事项、没有的编号、没有内容的都不行。"""
    cast, now = stage.cast, stage.cast.at
    one = [Wanted(RecordsKind.VIDEOS, "录像")]

    def call(by=cast.wang, **changed):
        said = {"item": "eligibility", "purpose": "核实", "wanted": one, "due_on": None} | changed
        return lambda: acts.call_for_records(body=cast.body_a, terms=CallTerms(**said), by=by, at=now)

    other = [Wanted(RecordsKind.ROSTER, "名册", "JH2026999999")]
    attempts = [
        ("别的区", call(by=cast.du), "监管职责"),
        ("机构自己", call(by=cast.lin), "质量督导员"),
        ("行业", call(by=cast.jiang), "质量督导员"),
        ("负责人", call(by=cast.wu), "质量督导员"),
        ("没有用途", call(purpose=" "), "用途"),
        ("没有资料", call(wanted=[]), "逐项"),
        ("事项不用调取的方式", call(item="venue"), "方式"),
        ("不在清单", call(item="secret"), "清单"),
        ("期限已过", call(due_on=now.date()), "今天以后"),
        ("期限长了没有理由", call(due_on=date(2026, 3, 10)), "更长"),
        ("平台没有的编号", call(wanted=other), "没有计划编号"),
    ]
    all_refused_and_nothing_changed(attempts, "inspections")
    made = called(stage)
    number: dict[str, Any] = {"number": made.number, "at": now}
    again = [
        ("别的机构提供", lambda: answers.hand_over(place=2, words="", files=[PDF], by=cast.shi, **number), "您所在机构"),
        ("监管单位替机构提供", lambda: answers.hand_over(place=2, words="", files=[PDF], by=cast.wang, **number), "办理"),
        ("没有文件", lambda: answers.hand_over(place=2, words="x", files=[], by=cast.sun, **number), "文件"),
        ("冻结的不用提供", lambda: answers.hand_over(place=1, words="", files=[PDF], by=cast.sun, **number), "已冻结"),
        ("没有的一项", lambda: answers.hand_over(place=9, words="", files=[PDF], by=cast.sun, **number), "没有这一项"),
        ("不写原因", lambda: answers.say_not_there(place=2, reason="", by=cast.sun, **number), "为什么"),
        ("没有提供完", lambda: answers.finish_answer(by=cast.sun, **number), "第2项"),
        ("延到同一天", lambda: answers.ask_more_time(until=DUE, reason="x", by=cast.sun, **number), "晚于"),
        ("没有申请就答复", lambda: answers.answer_more_time(until=None, words="x", by=cast.wang, **number), "没有待答复"),
        ("还没提供就核收", lambda: acts.judge_item(place=2, good=True, words="", by=cast.wang, **number), "还没有提供"),
        ("市中心替区办结", lambda: acts.close_call(outcome="x", by=cast.shen, **number), "办理"),
        ("没有核收就办结", lambda: acts.close_call(outcome="x", by=cast.wang, **number), "没有核收意见"),
    ]
    all_refused_and_nothing_changed(again, "inspections")
    seen = {who: queries.calls(getattr(cast, who)).count() for who in ("wang", "han", "shen", "du", "sun", "lin", "shi", "jiang")}
    assert seen == {"wang": 1, "han": 1, "shen": 1, "du": 0, "sun": 1, "lin": 1, "shi": 0, "jiang": 0}


def test_the_body_does_not_alter_what_was_called_for(stage: Stage) -> None:
    """名册被调取以后机构不能办理退出，说明由谁的哪次调取锁定、怎样解除；考生本人仍可退出；逐项解除或者办结以后可以办理。"""
    cast, call = stage.cast, called(stage)
    first, second = stage.plan.candidates.order_by("number")[:2]

    def leave(number: str) -> None:
        withdraw_candidate(number=number, reason="报错", by=cast.sun, at=cast.at)

    attempts: list[tuple[str, Callable[[], object], str]] = [("退出", lambda: leave(first.number), f"调取（{call.number}）并冻结，不能办理退出")]
    attempts.append(("不写理由", lambda: acts.release_item(number=call.number, place=1, reason=" ", by=cast.wang, at=cast.at), "理由"))
    attempts.append(("机构自己解除", lambda: acts.release_item(number=call.number, place=1, reason="x", by=cast.sun, at=cast.at), "办理"))
    attempts.append(("没有冻结的", lambda: acts.release_item(number=call.number, place=2, reason="x", by=cast.wang, at=cast.at), "没有锁定"))
    all_refused_and_nothing_changed(attempts, "inspections", "bodies", "exams")
    acts.release_item(number=call.number, place=1, reason="已取证，允许更正", by=cast.wang, at=cast.at)
    leave(first.number)
    again = called(stage)
    acts.withdraw_call(number=again.number, reason="已取得", by=cast.wang, at=cast.at)
    leave(second.number)
    assert history(call.number).filter(event="records.released").exists()


def test_scores_and_batches_stay_as_they_were_called_for(db: None) -> None:
    """证书数据批次不能更正、撤下和撤回，接着要办的照办；成绩不能更正和解锁，解除以后可以。"""
    stage = confirmed()
    cast, batch, plan = stage.cast, sent_in(stage.cast, rows_of(stage)), stage.plan
    wanted = [Wanted(RecordsKind.BATCH, "核实", batch.number), Wanted(RecordsKind.SCORES, "核实", plan.number)]
    call = acts.call_for_records(body=cast.body_a, terms=CallTerms("scores", "核实", wanted), by=cast.wang, at=SENT)
    here: dict[str, Any] = {"number": batch.number, "reason": "x", "by": cast.sun, "at": SENT}
    for attempt in (
        lambda: operations.revert(**here),
        lambda: operations.take_row_back(row=1, **here),
        lambda: operations.correct(row=1, told={"name": "王五"}, **here),
        lambda: check_left_alone(by=cast.sun, thing=Frozen.SCORES, reference=plan.number),
    ):
        with pytest.raises(Refusal, match="冻结"):
            attempt()
    check_left_alone(by=cast.wang, thing=Frozen.SCORES, reference=plan.number)
    operations.submit(number=batch.number, by=cast.qian, at=LATER)
    acts.release_item(number=call.number, place=2, reason="已取证", by=cast.wang, at=LATER)
    check_left_alone(by=cast.sun, thing=Frozen.SCORES, reference=plan.number)


def test_scores_called_for_are_not_corrected(cast: Cast) -> None:
    """成绩登记以后被调取：不能更正；解除以后可以更正，改动列出。"""
    stage = Stage(cast).reviewed().with_sittings().arranged().held().scored(look=False)
    day = moment(date(2026, 3, 23), 9)
    terms = CallTerms("scores", "核实", [Wanted(RecordsKind.SCORES, "成绩", stage.plan.number)])
    call = acts.call_for_records(body=cast.body_a, terms=terms, by=cast.wang, at=day)
    entry = ScoreEntry.objects.filter(candidate__plan=stage.plan).order_by("pk")[0]

    def correct() -> None:
        corrected(stage.plan, entry, entry.value + 1, "登分笔误", by=cast.sun, at=day)

    refused_and_nothing_changed(correct, "冻结，不能更正和解锁", "exams", "bodies")
    acts.release_item(number=call.number, place=1, reason="已取证", by=cast.wang, at=day)
    correct()
    (item,) = queries.items_of(call)
    kept = left_alone(item, day)
    assert kept is not None and kept.count > 0
