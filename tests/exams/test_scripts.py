"""机考办理: who may begin and when, what is kept of answers, what happens at the end, and who may say what at the seat."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.exams.computer import END, HOUR, Room, at_the_computer, open_up
from tests.exams.stage import moment
from touchstone.accounts.actor import PLATFORM, VISITOR, NotAllowed
from touchstone.exams.models import Answer, ComputerExam, Script, SeatTry
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.computer_exams import set_on_computer, set_on_paper
from touchstone.exams.operations.day import close_sitting
from touchstone.exams.operations.script_answers import Change, HandedIn, save_answers
from touchstone.exams.operations.script_begin import begin_script, made_ready, sit_down
from touchstone.exams.operations.script_submit import digest_of, submit_ended, submit_script
from touchstone.exams.operations.script_watch import allow_move, give_more_time
from touchstone.exams.queries.scripts import changes, room_now, standing
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.exams.scripts import form_of
from touchstone.questions.operations.delivering import delivered_form
from touchstone.questions.queries.papers import letters_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db: None) -> Room:
    """Give the sitting at its hour: three candidates signed in, the paper opened."""
    return at_the_computer()


def save(held: Any, *changed: Change, at: Any = HOUR) -> Any:
    """Let the browser send changes."""
    return save_answers(script_id=held.script.pk, holder=held.holder, changes=changed, at=at)


def test_only_who_sits_there_sits_down(room: Room) -> None:
    """准考证号、证件后六位、口令有一样不对，都是同一句话；别人的座位进不去。"""
    mine, other = room.claim(0), room.claim(1)
    assert sit_down(**mine, at=HOUR).candidate == room.seats[0].candidate
    assert sit_down(**{**mine, "code": mine["code"].lower()}, at=HOUR).pk == room.seats[0].pk
    for wrong in ({"digits": "000000"}, {"digits": ""}, {"ticket": "1"}, {"code": "AAAAAA"}, {"digits": other["digits"] + "1"}):
        with pytest.raises(NotAllowed, match="对不上"):
            sit_down(**{**mine, **wrong}, at=HOUR)


def test_the_digits_cannot_be_tried_through(room: Room) -> None:
    """同一准考证号五分钟内填错十次以后须等待，填对也不行；过了时间可以再试；别的考生不受影响；不存在的准考证号不留记录。"""
    mine = room.claim(0)
    for _ in range(10):
        with pytest.raises(NotAllowed):
            sit_down(**{**mine, "digits": "000000"}, at=HOUR)
    with pytest.raises(Refusal, match="已填错10次"):
        sit_down(**mine, at=HOUR + timedelta(minutes=4))
    assert sit_down(**room.claim(1), at=HOUR).candidate == room.seats[1].candidate
    assert sit_down(**mine, at=HOUR + timedelta(minutes=6)).candidate == room.seats[0].candidate
    with pytest.raises(NotAllowed):
        sit_down(**{**mine, "ticket": "1"}, at=HOUR)
    assert SeatTry.objects.count() == 10


def test_a_script_is_begun_at_its_hour_and_no_earlier(room: Room) -> None:
    """早一分钟不行，时间过了不行；到点可以；存证记下卷别、种子和题序摘要。"""
    for at, says in ((HOUR - timedelta(minutes=1), "09:00开始，现在08:59"), (END, "已经结束")):
        with pytest.raises(Refusal, match=says):
            room.begins(at=at)
    assert not Script.objects.exists()
    held = room.begins()
    assert (held.holder, held.script.ends_at) == (1, END)
    line = Entry.objects.get(event="script.begun", subject=held.script.number)
    assert line.detail["seed"] == held.script.seed
    assert line.actor_label == "理论一室1号座位 " + room.seats[0].candidate.name


def test_the_paper_is_read_before_the_bell(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """核对信息时就把试卷读进内存：开始作答时只问一次库；没有启封的不读，也不报错。"""
    room = at_the_computer(open_paper=False)
    early, seat = HOUR - timedelta(minutes=10), room.seats[0]
    assert not made_ready(seat, at=early)
    open_up(room)
    assert made_ready(seat, at=early)
    letter = form_of(seat.form, seat.seat_number, letters_of(room.exam.paper_id))
    with django_assert_num_queries(1):
        assert delivered_form(room.exam.paper_id, letter, HOUR).placed


@pytest.mark.parametrize("case", ["没有签到", "登记缺考", "试卷没有启封"])
def test_nobody_begins_who_is_not_signed_in_or_before_the_paper_is_opened(case: str) -> None:
    """没有签到的、登记缺考的、试卷还封着的，都不能开始。"""
    room = at_the_computer(open_paper=case != "试卷没有启封", signed_in=case == "试卷没有启封")
    if case == "登记缺考":
        ticket = room.claim()["ticket"]
        note_attendance(sitting_number=room.sitting.number, marks={ticket: False}, by=room.stage.cast.sun, at=HOUR)
    with pytest.raises(Refusal, match="没有启封" if case == "试卷没有启封" else "没有签到"):
        room.begins()
    assert not Script.objects.exists()
    if case == "试卷没有启封":
        open_up(room)
        assert room.begins().script.pk


def test_neighbours_differ_in_form_and_everybody_in_order(room: Room) -> None:
    """相邻座位卷别不同；同卷别的题序不同；题目按题型分段，一题不少。"""
    scripts = [room.begins(place).script for place in range(3)]
    assert [one.letter for one in scripts] == ["A", "B", "A"]
    first, third = ([position for position, _ in one.layout] for one in (scripts[0], scripts[2]))
    assert first != third
    assert sorted(first) == sorted(third) == list(range(1, 21))
    kinds = [room.question(scripts[0], place)[0].kind for place in range(1, 21)]
    assert sorted(kinds) == ["choice"] * 9 + ["extended"] * 2 + ["true_false"] * 9
    assert len(list(dict.fromkeys(kinds))) == sum(one != other for one, other in pairwise([*kinds, ""]))
    by_kind = {kind: [orders[0] for (_, orders), one in zip(scripts[0].layout, kinds, strict=True) if one == kind] for kind in kinds}
    assert any(order != [0, 1, 2, 3] for order in by_kind["choice"])
    assert by_kind["true_false"] == [[0, 1]] * 9
    assert by_kind["extended"] == [[], []]


def test_every_change_is_kept_and_the_last_stands(room: Room) -> None:
    """改答案：两次都在，后一次算数；同一序号再送没有变化；清空也是一次变更。"""
    held = room.begins()
    script = held.script
    wrong, right = room.change(script, 1, 1, right=False), room.change(script, 2, 1)
    assert save(held, wrong, right, room.change(script, 3, 2)).kept == [1, 2, 3]
    assert save(held, wrong, right).kept == [1, 2]
    assert Answer.objects.count() == 3
    position = script.layout[0][0]
    assert standing(script)[position] == room.question(script, 1)[0].content.key[0]
    assert Script.objects.get().answered == 2
    save(held, Change(4, 2, [None], HOUR))
    assert Script.objects.get().answered == 1
    assert list(standing(script)) == [position]
    late = Answer.objects.get(sequence=2)
    assert (late.at, late.said_at, late.spent_ms) == (HOUR, HOUR, 1200)


def test_a_change_that_arrives_out_of_turn_does_not_undo_a_later_one(room: Room) -> None:
    """网络乱序：先作出的后到，也不会盖掉后作出的。"""
    held = room.begins()
    save(held, room.change(held.script, 2, 1))
    save(held, room.change(held.script, 1, 1, right=False))
    assert standing(held.script)[held.script.layout[0][0]] == room.question(held.script, 1)[0].content.key[0]


@pytest.mark.parametrize("value", [None, "A", [], [9], [-1], [True], [[0]], [{"a": 1}], [0, 1], ["true"]], ids=str)
def test_what_no_browser_of_ours_sends_is_refused_alone(room: Room, value: Any) -> None:
    """格式不对的一处被拒并说明，同时送来的其他作答照收。"""
    held = room.begins()
    saved = save(held, Change(1, 1, value, HOUR), room.change(held.script, 2, 2), Change(3, 99, [0], HOUR))
    assert saved.kept == [2]
    assert saved.refused[1] == "作答的格式不对，没有保存。"
    assert saved.refused[3] == "没有这道题。"
    assert Answer.objects.count() == 1


def test_the_server_keeps_the_time(room: Room) -> None:
    """结束前作出、迟到一分钟以内的收；结束后作出的不收；迟到更久的不收，但可因故延长后再送。"""
    held = room.begins()
    script = held.script
    in_time = room.change(script, 1, 1, said_at=END - timedelta(seconds=2))
    assert save(held, in_time, at=END + timedelta(seconds=60)).kept == [1]
    after = save(held, room.change(script, 2, 2, said_at=END + timedelta(seconds=1)), at=END + timedelta(seconds=2))
    assert "已在11:00:00结束" in after.refused[2]
    long_after = END + timedelta(seconds=61)
    much = save(held, room.change(script, 3, 3, said_at=END - timedelta(minutes=5)), at=long_after)
    assert "晚于结束后60秒" in much.refused[3]
    sun = room.stage.cast.sun
    give_more_time(sitting_number=room.sitting.number, scripts=[script.number], minutes=5, reason="机房断网", by=sun, at=long_after)
    assert save(held, room.change(script, 3, 3, said_at=END - timedelta(minutes=5)), at=long_after).kept == [3]


def test_handing_in_counts_once_and_hashes_every_change(room: Room) -> None:
    """交卷带最后的作答；再交一次没有变化；之后的作答不收；存证里的摘要可以从变更重算。"""
    held = room.begins()
    save(held, room.change(held.script, 1, 1))
    given: dict[str, Any] = {"script_id": held.script.pk, "holder": 1, "changes": [room.change(held.script, 2, 2)]}
    submit_script(**given, at=HOUR + timedelta(minutes=40))
    submit_script(**given, at=HOUR + timedelta(minutes=41))
    script = Script.objects.get()
    assert (script.submitted_by, script.answered, script.submitted_at) == ("candidate", 2, HOUR + timedelta(minutes=40))
    line = Entry.objects.get(event="script.submitted")
    rows = list(changes(script).values_list("holder", "sequence", "position", "response", "said_at", "at", "spent_ms"))
    assert line.detail["sha256"] == script.digest == digest_of(rows)
    with pytest.raises(HandedIn):
        save(held, room.change(script, 3, 3), at=HOUR + timedelta(minutes=42))
    with pytest.raises(Refusal, match="已经交卷"):
        room.begins(at=HOUR + timedelta(minutes=42))


def test_the_clock_hands_in_after_the_grace(room: Room) -> None:
    """时间到再加一分钟，平台自动交卷；已交的不动；考试没有全部交卷不能确认结束。"""
    scripts = [room.begins(place) for place in range(3)]
    submit_script(script_id=scripts[0].script.pk, holder=1, changes=[], at=END)
    assert submit_ended(by=PLATFORM, at=END + timedelta(seconds=60)) == 0
    note_attendance(
        sitting_number=room.stage.sittings()[1].number, marks=dict.fromkeys(room.stage.tickets(), True), by=room.stage.cast.sun,
        at=moment(END.date(), 13),
    )  # fmt: skip
    evening = moment(END.date(), 17)
    with pytest.raises(Refusal, match="还有2份答卷没有交卷"):
        close_sitting(sitting_number=room.sitting.number, by=room.stage.cast.sun, at=evening)
    with pytest.raises(Refusal, match="还有2份答卷没有交卷"):
        close_sittings(plan_number=room.stage.plan.number, by=room.stage.cast.sun, at=evening)
    assert submit_ended(by=PLATFORM, at=END + timedelta(seconds=61)) == 2
    assert submit_ended(by=PLATFORM, at=END + timedelta(seconds=62)) == 0
    assert sorted(Script.objects.values_list("submitted_by", flat=True)) == ["candidate", "clock", "clock"]
    for sitting in room.stage.sittings():
        close_sitting(sitting_number=sitting.number, by=room.stage.cast.sun, at=evening)
    assert close_sittings(plan_number=room.stage.plan.number, by=room.stage.cast.sun, at=evening).state == "held"


def test_a_second_computer_takes_over_by_the_invigilators_word_only(room: Room) -> None:
    """第二台机器先被拒并提示监考；允许后接着答，原机不能再写；两次都在存证。"""
    held = room.begins()
    save(held, room.change(held.script, 1, 1))
    with pytest.raises(Refusal, match="已在另一台计算机上打开"):
        room.begins()
    assert next(one.state for one in room_now(room.sitting, HOUR)) == "moving"
    sun, number = room.stage.cast.sun, held.script.number
    with pytest.raises(Refusal, match="写明理由"):
        allow_move(script_number=number, reason=" ", by=sun, at=HOUR)
    allow_move(script_number=number, reason="主机死机", by=sun, at=HOUR)
    second = room.begins()
    assert second.holder == 2
    with pytest.raises(NotAllowed, match="换到另一台"):
        save(held, room.change(held.script, 2, 2))
    assert save(second, room.change(held.script, 1, 2)).kept == [1]
    assert len(standing(held.script)) == 2
    with pytest.raises(Refusal, match="已在另一台计算机上打开"):
        room.begins()
    events = list(Entry.objects.filter(subject=number).order_by("id").values_list("event", "reason"))
    assert events == [("script.begun", ""), ("script.move_allowed", "主机死机"), ("script.moved", "")]


def test_more_time_for_one_with_its_reason(room: Room) -> None:
    """为一名考生延长：只他晚交；时间到自动交卷后也可重开；自行交卷的不行，逐人告知；合计有上限。"""
    first, second = room.begins(0), room.begins(1)
    submit_script(script_id=second.script.pk, holder=1, changes=[], at=HOUR)
    sun, numbers = room.stage.cast.sun, [first.script.number, second.script.number, "没有"]
    given: dict[str, Any] = {"sitting_number": room.sitting.number, "scripts": numbers, "by": sun}
    submit_ended(by=PLATFORM, at=END + timedelta(minutes=2))
    told = give_more_time(**given, minutes=20, reason="停电二十分钟", at=END + timedelta(minutes=3))
    assert [(one.done, one.sentence) for one in told] == [
        (True, "延长20分钟"),
        (False, f"{second.script.seat.candidate.name}已自行交卷，不能延长。"),
        (False, "本场次没有这份答卷。"),
    ]
    first.script.refresh_from_db()
    assert (first.script.ends_at, first.script.submitted_at) == (END + timedelta(minutes=23), None)
    assert save(first, room.change(first.script, 1, 1, said_at=END + timedelta(minutes=20)), at=END + timedelta(minutes=20)).kept == [1]
    assert "合计不能超过60分钟" in give_more_time(**given, minutes=41, reason="还要", at=END)[0].sentence
    with pytest.raises(Refusal, match="写明理由"):
        give_more_time(**given, minutes=5, reason="", at=END)


def test_who_has_not_been_heard_of_is_shown_as_lost(room: Room) -> None:
    """监考页：未开始、作答中、没有消息、已交卷；不含任何作答内容。"""
    first, second = room.begins(0), room.begins(1)
    save(second, at=HOUR + timedelta(seconds=50))
    assert [one.label for one in room_now(room.sitting, HOUR + timedelta(seconds=50))] == ["没有消息", "作答中", "未开始"]
    submit_script(script_id=first.script.pk, holder=1, changes=[], at=HOUR + timedelta(seconds=51))
    assert [one.label for one in room_now(room.sitting, HOUR + timedelta(seconds=95))] == ["已交卷", "作答中", "未开始"]


def test_a_paper_must_fit_and_be_the_bodys(room: Room) -> None:
    """技能场次不能机考；别人的试卷不能用；开考后不能再换；有人开始后不能改回纸笔。"""
    sun, early = room.stage.cast.sun, room.stage.cast.at
    theory, skills = room.stage.sittings()
    paper = room.exam.paper.number
    for sitting, number, at, says in (
        (skills, paper, early, "技能考核不能用计算机考试"),
        (theory, "SJ209900001", early, "没有可用于本计划的试卷"),
        (theory, paper, HOUR, "已经开始"),
    ):
        with pytest.raises(Refusal, match=says):
            set_on_computer(sitting_number=sitting.number, paper_number=number, by=sun, at=at)
    code = room.exam.code
    assert set_on_computer(sitting_number=theory.number, paper_number=paper, by=sun, at=early).code == code
    room.begins()
    with pytest.raises(Refusal, match="已有考生开始作答"):
        set_on_paper(sitting_number=theory.number, by=sun, at=HOUR)


NOT_THEIRS = {"shi": "别家机构", "lin": "备案经办人", "wang": "区督导员", "ji": "市中心", "zhu": "系统管理员", "logged_out": "未登录"}


@pytest.mark.parametrize("who", NOT_THEIRS, ids=list(NOT_THEIRS.values()))
def test_refuses_and_changes_nothing(room: Room, who: str) -> None:
    """别家机构、没有考务岗位的、区、市、平台运行、未登录：都不能设定机考、允许换机、延长时间。"""
    held = room.begins()
    by = VISITOR if who == "logged_out" else getattr(room.stage.cast, who)
    before, number = Entry.objects.count(), room.sitting.number
    acts = (
        lambda: set_on_computer(sitting_number=number, paper_number=room.exam.paper.number, by=by, at=HOUR - timedelta(days=1)),
        lambda: set_on_paper(sitting_number=number, by=by, at=HOUR - timedelta(days=1)),
        lambda: allow_move(script_number=held.script.number, reason="死机", by=by, at=HOUR),
        lambda: give_more_time(sitting_number=number, scripts=[held.script.number], minutes=5, reason="停电", by=by, at=HOUR),
        lambda: submit_ended(by=by, at=END + timedelta(hours=1)),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert Entry.objects.count() == before
    script = Script.objects.get()
    assert (script.move_allowed_at, script.extra_minutes, script.submitted_at) == (None, 0, None)
    assert ComputerExam.objects.get().pk == room.exam.pk


def test_a_retried_beginning_is_one_script(room: Room) -> None:
    """同一座位的开始只成一份答卷。"""
    seat = sit_down(**room.claim(), at=HOUR)
    begin_script(seat_id=seat.pk, at=HOUR)
    with pytest.raises(Refusal):
        begin_script(seat_id=seat.pk, at=HOUR)
    assert Script.objects.count() == 1
