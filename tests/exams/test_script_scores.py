"""机考评分: what a machine scores, what two blind markers and a third come to, and how the whole gets into the book of scores."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.clocks import travel_to
from tests.exams.computer import END, HOUR, Room, at_the_computer
from tests.exams.stage import moment
from tests.exams.test_pages import enter
from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams.models import ComputerExam, Mark, ScoreEntry, Script
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.day import close_sitting, correct_sign_in
from touchstone.exams.operations.remarks import ask_remark
from touchstone.exams.operations.script_answers import Change, save_answers
from touchstone.exams.operations.script_begin import Held
from touchstone.exams.operations.script_marks import appoint_markers, give_mark, to_mark
from touchstone.exams.operations.script_scores import score_never_begun
from touchstone.exams.operations.script_submit import submit_script
from touchstone.exams.queries.scripts import never_begun
from touchstone.exams.states import Part
from touchstone.jobs.scripts import score_what_is_closed
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.tasks.models import Task
from touchstone.web.cases import task_url

pytestmark = pytest.mark.django_db
LATER = moment(END.date(), 12)


@pytest.fixture
def room(db: None) -> Room:
    """Give the sitting at its hour."""
    return at_the_computer(door_clock=HOUR)


def writes(room: Room, place: int, right: int, texts: int = 0) -> Held:
    """Let a candidate answer so many questions rightly, one wrongly, so many in words, and hand in."""
    held = room.begins(place)
    places = room.places(held.script)
    changes = [room.change(held.script, n, question, right=n <= right) for n, question in enumerate(places[: right + 1], 1)]
    open_ones = room.places(held.script, by_people=True)[:texts]
    changes += [Change(100 + n, question, [f"作答{n}"], HOUR, 9000) for n, question in enumerate(open_ones)]
    save_answers(script_id=held.script.pk, holder=1, changes=changes, at=HOUR)
    submit_script(script_id=held.script.pk, holder=1, changes=[], at=HOUR + timedelta(minutes=30))
    return held


def closed(room: Room, at: datetime = LATER) -> None:
    """End the sitting."""
    close_sitting(sitting_number=room.sitting.number, by=room.stage.cast.sun, at=at)
    room.sitting.refresh_from_db()


def held_exam(room: Room) -> None:
    """End the skills test too, and declare the exam over."""
    sun, evening = room.stage.cast.sun, moment(END.date(), 17)
    skills = room.stage.sittings()[1].number
    note_attendance(sitting_number=skills, marks=dict.fromkeys(room.stage.tickets(), True), by=sun, at=moment(END.date(), 13))
    close_sitting(sitting_number=skills, by=sun, at=evening)
    close_sittings(plan_number=room.stage.plan.number, by=sun, at=evening)


def worth(room: Room, script: Script, count: int) -> Decimal:
    """Give the points of the first so many questions that a machine scores."""
    return sum((room.question(script, place)[0].points for place in room.places(script)[:count]), Decimal(0))


def mark_all(room: Room, by: Actor, *given: tuple[str, str]) -> None:
    """Let a marker give what is waiting the points named, in turn."""
    for one, (first, second) in zip(to_mark(room.sitting, by, LATER), given, strict=True):
        give_mark(script_number=one.script.number, position=one.position, given={"1": first, "2": second}, by=by, at=LATER)


def test_what_a_machine_scores_goes_to_the_book_of_scores(room: Room) -> None:
    """只答客观题的，结束后自动评分；考试确认结束后按唯一的登记入口进成绩册，只进一次；没来考的不动。"""
    helds = [writes(room, 0, 12), writes(room, 1, 18)]
    assert score_what_is_closed(LATER) == 0, "本场没有结束，不评分"
    room.begins(2)
    submit_script(script_id=Script.objects.latest("pk").pk, holder=1, changes=[], at=HOUR)
    closed(room)
    assert score_what_is_closed(LATER) == 3
    assert not ScoreEntry.objects.exists()
    held_exam(room)
    score_what_is_closed(LATER)
    score_what_is_closed(LATER)
    found = {one.candidate_id: one.value for one in ScoreEntry.objects.filter(part="theory")}
    for held, count in zip(helds, (12, 18), strict=True):
        assert found[held.script.seat.candidate_id] == worth(room, held.script, count)
    assert sorted(found.values())[0] == 0
    assert Entry.objects.filter(event="scores.entered").count() == 1
    assert Entry.objects.filter(event="script.scored").count() == 3


def test_whoever_never_began_is_proposed_for_nought(room: Room) -> None:
    """到考而没有开始的：本场结束后列出，考试确认结束后由考务经办人一次登记0分；缺考的、已作答的不在其中；没有了就拒绝。"""
    sun, number = room.stage.cast.sun, room.sitting.number
    writes(room, 0, 3)
    closed(room)
    assert [one.seat_number for one in never_begun(ComputerExam.objects.select_related("sitting").get(pk=room.exam.pk))] == [2, 3]
    call: dict[str, Any] = {"sitting_number": number, "at": LATER}
    for by in (room.stage.cast.shi, room.stage.cast.wang, room.stage.cast.lin):
        with pytest.raises(NotAllowed):
            score_never_begun(by=by, **call)
    with pytest.raises(Refusal, match="考试"):
        score_never_begun(by=sun, **call)
    correct_sign_in(sitting_number=number, ticket=room.seats[2].candidate.ticket_number or "", present=False, reason="误登", by=sun, at=LATER)
    held_exam(room)
    assert [one.done for one in score_never_begun(by=sun, **call)] == [True]
    assert ScoreEntry.objects.get(candidate=room.seats[1].candidate).value == 0
    score_what_is_closed(LATER)
    assert ScoreEntry.objects.filter(part="theory").count() == 2
    with pytest.raises(Refusal, match="没有已签到而没有开始"):
        score_never_begun(by=sun, **call)


def test_two_markers_who_do_not_see_each_other_and_a_third(room: Room) -> None:
    """两人独立评；相近取平均，相差大的到第三人；评完才有卷面分；每人只看到自己要评的，没有姓名。"""
    held = writes(room, 0, 5, texts=2)
    cast = room.stage.cast
    users = [cast.lin.user_id or 0, cast.sun.user_id or 0, cast.qian.user_id or 0]
    appoint_markers(sitting_number=room.sitting.number, users=users, by=cast.sun, at=HOUR)
    with pytest.raises(NotAllowed, match="还没有结束"):
        to_mark(room.sitting, cast.lin, LATER)
    closed(room)
    assert score_what_is_closed(LATER) == 0
    tasks = Task.objects.open().filter(case=room.sitting.number)
    assert {one.taken_by_id for one in tasks} == {cast.lin.user_id, cast.sun.user_id}, "有作答待评的人各有一件待办"
    assert task_url(tasks[0], cast.sun).endswith("/marking")
    assert len(to_mark(room.sitting, cast.lin, LATER)) == 2
    assert to_mark(room.sitting, cast.qian, LATER) == []
    mark_all(room, cast.lin, ("3", "1"), ("3", "2"))
    assert to_mark(room.sitting, cast.lin, LATER) == []
    assert len(to_mark(room.sitting, cast.sun, LATER)) == 2
    mark_all(room, cast.sun, ("2.5", "1"), ("1", "0.5"))
    (third,) = to_mark(room.sitting, cast.qian, LATER)
    assert score_what_is_closed(LATER) == 0
    assert [one.taken_by_id for one in tasks.all()] == [cast.qian.user_id], "评完的结清，第三人的出现"
    give_mark(script_number=third.script.number, position=third.position, given={"1": "2", "2": "1"}, by=cast.qian, at=LATER)
    assert score_what_is_closed(LATER) == 1
    assert not tasks.all().exists()
    script = Script.objects.get()
    assert script.machine_points == worth(room, held.script, 5)
    assert script.points == script.machine_points + Decimal("3.75") + 3
    with pytest.raises(Refusal, match="已经评分"):
        give_mark(script_number=third.script.number, position=third.position, given={"1": "2", "2": "1"}, by=cast.qian, at=LATER)


def test_a_script_is_marked_anew_by_somebody_else(room: Room) -> None:
    """考生对机考主观题成绩有异议的，由一评、二评以外的人重新评卷：评完即更正成绩册，原成绩保留，结果记在考生名下；没有指定别人的不能提出。"""
    held, cast, evening = writes(room, 0, 5, texts=1), room.stage.cast, moment(END.date(), 18)
    appoint_markers(sitting_number=room.sitting.number, users=[one.user_id or 0 for one in (cast.lin, cast.sun, cast.qian)], by=cast.sun, at=HOUR)
    closed(room)
    mark_all(room, cast.lin, ("1", "1"))
    mark_all(room, cast.sun, ("1", "1"))
    held_exam(room)
    score_what_is_closed(LATER)
    before = ScoreEntry.objects.get(candidate=held.script.seat.candidate, part="theory")
    ticket, number = held.script.seat.candidate.ticket_number or "", room.stage.plan.number
    call: dict[str, Any] = {"plan_number": number, "ticket": ticket, "part": Part.THEORY, "reason": "考生有异议", "by": cast.sun, "at": evening}
    for marker in (0, cast.lin.user_id or 0, cast.shi.user_id or 0):
        with pytest.raises(Refusal, match="请指定另一名评卷人"):
            ask_remark(**call, marker=marker)
    remark = ask_remark(**call, marker=cast.qian.user_id or 0)
    assert to_mark(room.sitting, cast.lin, evening) == []
    (one,) = to_mark(room.sitting, cast.qian, evening)
    give_mark(script_number=one.script.number, position=one.position, given={"1": "2.5", "2": "2"}, by=cast.qian, at=evening)
    remark.refresh_from_db()
    script = Script.objects.get()
    after = ScoreEntry.objects.get(candidate=before.candidate, part="theory", replaced_at=None)
    assert (remark.before, remark.after, after.value) == (before.value, script.points, script.points)
    assert after.value == before.value + Decimal("2.5")
    assert ScoreEntry.objects.get(pk=before.pk).replaced_at == evening
    assert to_mark(room.sitting, cast.sun, evening) == []
    with pytest.raises(Refusal, match="已经评分"):
        give_mark(script_number=one.script.number, position=one.position, given={"1": "1", "2": "1"}, by=cast.qian, at=evening)


def test_a_mark_may_be_put_right_and_the_former_is_kept(room: Room) -> None:
    """评错可以改评，原给分保留；越界、半分以外、漏给的不收。"""
    writes(room, 0, 1, texts=1)
    cast = room.stage.cast
    users = [cast.lin.user_id or 0, cast.sun.user_id or 0, cast.qian.user_id or 0]
    appoint_markers(sitting_number=room.sitting.number, users=users, by=cast.sun, at=HOUR)
    closed(room)
    (one,) = to_mark(room.sitting, cast.lin, LATER)
    given: dict[str, Any] = {"script_number": one.script.number, "position": one.position, "by": cast.lin, "at": LATER}
    wrong = ({"1": "3.5", "2": "1"}, {"1": "3"}, {"1": "0.3", "2": "1"}, {"1": "-1", "2": "1"}, {"1": "NaN", "2": "1"})
    for points in wrong:
        with pytest.raises(Refusal, match="每个评分要点都要给分"):
            give_mark(**given, given=points)
    give_mark(**given, given={"1": "1", "2": "1"})
    assert give_mark(**given, given={"1": "2.5", "2": "1"}).points == Decimal("3.5")
    assert list(Mark.objects.order_by("pk").values_list("points", "replaced_at")) == [(Decimal("2.00"), LATER), (Decimal("3.50"), None)]
    with pytest.raises(Refusal, match="已经开始评卷"):
        appoint_markers(sitting_number=room.sitting.number, users=users, by=cast.sun, at=LATER)
    with pytest.raises(Refusal, match="两名评卷人还没有评完"):
        give_mark(**{**given, "by": cast.qian}, given={"1": "1", "2": "1"})


def test_markers_are_three_people_of_the_body(room: Room) -> None:
    """评卷人三名、不同、本机构有岗位；由考务经办人或负责人指定；别人不能评卷。"""
    cast, number = room.stage.cast, room.sitting.number
    lin, sun, qian, shi = (getattr(cast, name).user_id or 0 for name in ("lin", "sun", "qian", "shi"))
    for users, says in (([lin, sun], "3名不同"), ([lin, lin, sun], "3名不同"), ([lin, sun, shi], "不是本机构")):
        with pytest.raises(Refusal, match=says):
            appoint_markers(sitting_number=number, users=users, by=cast.sun, at=HOUR)
    for name in ("lin", "shi", "wang", "ji"):
        with pytest.raises(NotAllowed):
            appoint_markers(sitting_number=number, users=[lin, sun, qian], by=getattr(cast, name), at=HOUR)
        with pytest.raises(NotAllowed, match="指定的评卷人"):
            to_mark(room.sitting, getattr(cast, name), LATER)


def test_nobody_sees_figures_before_the_end(room: Room) -> None:
    """本场结束前机构、区、市都看不到答卷；结束后看得到得分和逐次变更，看不到试题内容；别家机构、别的区看不到。"""
    held = writes(room, 0, 3, texts=1)
    number, sitting = room.stage.plan.number, room.sitting.number
    addresses = [reverse(f"{side}:scripts", args=[number, sitting]) for side in ("body", "authority")]
    logs = [reverse(f"{side}:script_log", args=[number, sitting, held.script.number]) for side in ("body", "authority")]
    allowed = {"sun": 0, "wang": 1, "xu": 1}
    for who, side in allowed.items():
        for address in (addresses[side], logs[side]):
            response = enter(who).get(address)
            assert response.status_code == 403
            assert "考试结束以前，谁都不能查看" in response.content.decode()
    travel_to(LATER)
    closed(room)
    for who, side in allowed.items():
        listed = enter(who).get(addresses[side]).content.decode()
        assert "待评卷1题" in listed
        log = enter(who).get(logs[side]).content.decode()
        assert "文字3字" in log
        for place in room.places(held.script)[:4]:
            one, _ = room.question(held.script, place)
            assert not any(len(str(option.content[0])) > 3 and str(option.content[0]) in log for option in one.content.options)
    for who, side in (("shi", 0), ("lv", 1)):
        assert enter(who).get(addresses[side]).status_code == 403
        assert enter(who).get(logs[side]).status_code == 403
    assert Client().get(addresses[0]).headers["Location"].startswith("/login")
