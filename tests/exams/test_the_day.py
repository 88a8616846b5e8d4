"""考试当日: is a sitting opened only with its internal supervisor, and is who came told once, by whom, and corrected as a new fact?"""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.exams.stage import EXAM_ON, Stage, moment
from touchstone.accounts import operations as accounts
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor, NotAllowed
from touchstone.accounts.models import User
from touchstone.accounts.queries import actors_of, office
from touchstone.exams.models import Seat, SignIn, Sitting
from touchstone.exams.operations.arranging import rearrange
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.day import close_sitting, correct_sign_in, open_sitting, sign_in
from touchstone.exams.queries.serving import sittings_of_person
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import AlreadyDone
from touchstone.policy.roles import Role

AT_NINE = moment(EXAM_ON, 9)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a plan whose sittings are settled: theory at nine, practical at one."""
    return Stage(cast).reviewed().with_sittings().arranged()


def desk_of(stage: Stage, name: str) -> Actor:
    """Give somebody of the body's staff a log-in of the corps, as supervisors and assessors have."""
    person = stage.cast.body_a.staff.get(person__name=name).person
    accounts.open_log_in(person=person, username=f"staff{person.pk}", password="touchstone-demo", by=PLATFORM, at=stage.cast.at)
    accounts.grant_role(person=person, office=office("CORPS"), role=Role.CORPS_MEMBER, since=date(2026, 1, 1), by=PLATFORM, at=stage.cast.at)
    return actors_of(User.objects.get(person=person), EXAM_ON)[0]


def watching(stage: Stage) -> str:
    """Name one of those who invigilate the sitting of theory."""
    return str(stage.sittings()[0].invigilators[0]["name"])


def theory(stage: Stage) -> str:
    """Give the number of the sitting of theory."""
    return stage.sittings()[0].number


def refuses(words: str, call: object, kind: type[Refusal] = Refusal) -> None:
    """Check that a call is refused with these words, in a whole sentence, and that nothing changed."""
    before = picture()
    with pytest.raises(kind) as caught:
        call()  # type: ignore[operator]
    assert words in str(caught.value), str(caught.value)
    assert caught.value.sentence.endswith("。")
    assert caught.value.next_step
    assert picture() == before


def picture() -> list[object]:
    """Give everything that the day writes."""
    rows = (Sitting, Seat, SignIn)
    return [Entry.objects.count(), *(list(model.objects.order_by("pk").values()) for model in rows)]


class TestOpening:
    def test_not_without_the_supervisor(self, stage: Stage) -> None:
        """逢考必督：督导员没有到场，不能开考。"""
        refuses("还没有核验身份", lambda: open_sitting(sitting_number=theory(stage), by=stage.cast.sun, at=AT_NINE))
        refuses("还没有核验身份", lambda: open_sitting(sitting_number=theory(stage), identity="熟人", by=stage.cast.sun, at=AT_NINE))

    def test_the_planner_lets_the_supervisor_in(self, stage: Stage) -> None:
        """经办人核验督导员身份后开考。"""
        opened = open_sitting(sitting_number=theory(stage), identity="id_card", by=stage.cast.sun, at=AT_NINE)
        assert (opened.phase, opened.opened_on, opened.opened_by_id) == ("opened", "id_card", stage.cast.sun.user_id)
        line = Entry.objects.get(event="sitting.opened")
        assert (line.detail["supervisor"], line.detail["in_person"]) == ("督导甲", False)

    def test_the_supervisor_opens_in_person(self, stage: Stage) -> None:
        """督导员本人在手机上开考，别的考评督导人员不能。"""
        opened = open_sitting(sitting_number=theory(stage), by=desk_of(stage, "督导甲"), at=AT_NINE)
        assert opened.opened_on == ""
        watcher = desk_of(stage, watching(stage))
        practical = stage.sittings()[1].number
        refuses("本场的内部质量督导员本人", lambda: open_sitting(sitting_number=practical, by=watcher, at=moment(EXAM_ON, 13)), NotAllowed)

    @pytest.mark.parametrize(
        ("at", "words"),
        [
            pytest.param(moment(EXAM_ON, 7, 59), "60分钟起才能开考", id="太早"),
            pytest.param(moment(EXAM_ON, 11), "时间已过", id="已过"),
        ],
    )
    def test_only_around_its_hour(self, stage: Stage, at: object, words: str) -> None:
        """不早于规定分钟，不晚于结束。"""
        refuses(words, lambda: open_sitting(sitting_number=theory(stage), identity="id_card", by=stage.cast.sun, at=at))  # type: ignore[arg-type]

    def test_once_only_and_only_when_settled(self, stage: Stage, cast: Cast) -> None:
        """不能开考两次；考务没有确认的不能开考；开考后不能重新编排。"""
        open_sitting(sitting_number=theory(stage), identity="id_card", by=cast.sun, at=moment(EXAM_ON, 8, 30))
        again = {"sitting_number": theory(stage), "identity": "id_card", "by": cast.sun, "at": AT_NINE}
        refuses("本场进行中", lambda: open_sitting(**again), MoveRefused)  # type: ignore[arg-type]
        early = moment(EXAM_ON, 8, 40)
        refuses("考试已经开始", lambda: rearrange(plan_number=stage.plan.number, reason="停电", by=cast.sun, at=early))
        other = Stage(cast, serial=7).reviewed()
        refuses_sitting = Sitting.objects.create(
            plan=other.plan,
            number="X-01",
            part="theory",
            room=stage.sittings()[0].room,
            starts_at=AT_NINE,
            ends_at=AT_NINE + timedelta(hours=2),
            supervisor=stage.sittings()[0].supervisor,
        )
        refuses("资格已审", lambda: open_sitting(sitting_number=refuses_sitting.number, identity="id_card", by=cast.sun, at=AT_NINE), MoveRefused)


class TestSigningIn:
    def test_only_in_an_open_sitting(self, stage: Stage) -> None:
        """没有开考不能签到，也不能按签到表登记。"""
        ticket, sun = stage.tickets()[0], stage.cast.sun
        call = {"sitting_number": theory(stage), "by": sun, "at": AT_NINE}
        refuses("还没有开考", lambda: sign_in(ticket=ticket, identity="id_card", **call), MoveRefused)  # type: ignore[arg-type]
        refuses("还没有开考", lambda: note_attendance(marks={ticket: True}, **call), MoveRefused)  # type: ignore[arg-type]

    def test_signed_in_once(self, stage: Stage) -> None:
        """凭准考证签到，重复扫码只算一次，座位随之为到考。"""
        stage.opened()
        ticket, call = stage.tickets()[0], {"sitting_number": theory(stage), "identity": "id_card", "by": desk_of(stage, watching(stage))}
        seat = sign_in(ticket=ticket, scanned=True, at=AT_NINE, **call)  # type: ignore[arg-type]
        again = sign_in(ticket=ticket, scanned=True, at=AT_NINE, **call)  # type: ignore[arg-type]
        assert (seat.pk, seat.present, again.pk) == (again.pk, True, seat.pk)
        told = SignIn.objects.get(seat=seat)
        assert (told.how, told.identity, told.present) == ("scanned", "id_card", True)
        assert Entry.objects.filter(event="sitting.signed_in").count() == 1

    def test_refused_with_reasons(self, stage: Stage) -> None:
        """没有核验证件、走错考场、没有这张准考证、迟到过久，都说明原因。"""
        stage.opened()
        ticket, sun = stage.tickets()[0], stage.cast.sun
        call = {"sitting_number": theory(stage), "by": sun}
        refuses("没有选择核验身份", lambda: sign_in(ticket=ticket, identity="", at=AT_NINE, **call))  # type: ignore[arg-type]
        refuses("没有准考证号为“1”", lambda: sign_in(ticket="1", identity="id_card", at=AT_NINE, **call))  # type: ignore[arg-type]
        late = moment(EXAM_ON, 9, 31)
        refuses("迟到31分钟，超过30分钟", lambda: sign_in(ticket=ticket, identity="id_card", at=late, **call))  # type: ignore[arg-type]
        Seat.objects.filter(sitting__number=theory(stage), candidate__ticket_number=ticket).delete()
        refuses("该考生的座位：技能考核在车工车间 13:00", lambda: sign_in(ticket=ticket, identity="id_card", at=AT_NINE, **call))  # type: ignore[arg-type]

    def test_put_right_as_a_new_fact(self, stage: Stage) -> None:
        """登记错了，写明理由另记一条，原来的保留。"""
        stage.opened()
        ticket, sun = stage.tickets()[0], stage.cast.sun
        call = {"sitting_number": theory(stage), "by": sun, "at": AT_NINE}
        refuses("还没有登记", lambda: correct_sign_in(ticket=ticket, present=True, reason="x", **call))  # type: ignore[arg-type]
        note_attendance(marks={ticket: False}, **call)  # type: ignore[arg-type]
        refuses("已登记为缺考", lambda: sign_in(ticket=ticket, identity="id_card", **call))  # type: ignore[arg-type]
        (row,) = note_attendance(marks={ticket: True}, **call)  # type: ignore[arg-type]
        assert (row.done, "写明更正理由" in row.sentence) == (False, True)
        refuses("请填写更正理由", lambda: correct_sign_in(ticket=ticket, present=True, reason=" ", **call))  # type: ignore[arg-type]
        seat = correct_sign_in(ticket=ticket, present=True, reason="点错了行", **call)  # type: ignore[arg-type]
        told = list(SignIn.objects.filter(seat=seat).order_by("id").values_list("present", "reason", "replaced_at"))
        assert told == [(False, "", AT_NINE), (True, "点错了行", None)]
        seat.refresh_from_db()
        assert seat.present is True

    def test_a_repeated_request_is_done_once(self, stage: Stage) -> None:
        """同一次请求重发，只办一次。"""
        by = stage.cast.sun.with_key("k1")
        open_sitting(sitting_number=theory(stage), identity="id_card", by=by, at=AT_NINE)
        with pytest.raises((AlreadyDone, MoveRefused)):
            open_sitting(sitting_number=theory(stage), identity="id_card", by=by, at=AT_NINE)


class TestClosing:
    def test_needs_every_seat_and_the_hour(self, stage: Stage) -> None:
        """座位没有登记完、时间未到又没有理由，都不能结束；结束后不能再签到。"""
        stage.opened()
        number, sun = theory(stage), stage.cast.sun
        refuses("还有3个座位", lambda: close_sitting(sitting_number=number, by=sun, at=moment(EXAM_ON, 11)))
        note_attendance(sitting_number=number, marks=dict.fromkeys(stage.tickets(), True), by=sun, at=AT_NINE)
        early = moment(EXAM_ON, 10)
        refuses("应到11:00结束", lambda: close_sitting(sitting_number=number, by=sun, at=early))
        assert close_sitting(sitting_number=number, reason="全部交卷", by=sun, at=early).phase == "closed"
        refuses("已经结束", lambda: close_sitting(sitting_number=number, by=sun, at=moment(EXAM_ON, 11)), MoveRefused)
        last = {"identity": "id_card", "by": sun, "at": early}
        refuses("已经结束", lambda: sign_in(sitting_number=number, ticket=stage.tickets()[0], **last), MoveRefused)  # type: ignore[arg-type]

    def test_the_exam_is_over_when_every_sitting_is(self, stage: Stage) -> None:
        """逐场结束以后，才能确认考试结束。"""
        stage.opened()
        for one in stage.sittings():
            note_attendance(sitting_number=one.number, marks=dict.fromkeys(stage.tickets(), True), by=stage.cast.sun, at=one.ends_at)
        evening = moment(EXAM_ON, 17)
        refuses("还有2个场次没有结束", lambda: close_sittings(plan_number=stage.plan.number, by=stage.cast.sun, at=evening))
        for one in stage.sittings():
            close_sitting(sitting_number=one.number, by=stage.cast.sun, at=evening)
        assert close_sittings(plan_number=stage.plan.number, by=stage.cast.sun, at=evening).state == "held"


@pytest.mark.parametrize("who", ["lin", "shi", "wang", "lv", "xu"], ids=["备案经办人", "别家机构", "区质量督导员", "别的区", "市职鉴中心"])
def test_others_do_nothing_on_the_day(stage: Stage, who: str) -> None:
    """无权的人、别家机构、别的区、没有登录的人，什么也办不了。"""
    stage.opened()
    ticket, number = stage.tickets()[0], theory(stage)

    def tries(by: Actor) -> None:
        refuses("当班", lambda: open_sitting(sitting_number=number, identity="id_card", by=by, at=AT_NINE), NotAllowed)
        refuses("当班", lambda: close_sitting(sitting_number=number, reason="x", by=by, at=AT_NINE), NotAllowed)
        refuses("当班", lambda: sign_in(sitting_number=number, ticket=ticket, identity="id_card", by=by, at=AT_NINE), NotAllowed)
        told = {"ticket": ticket, "present": True, "reason": "x", "by": by, "at": AT_NINE}
        refuses("当班", lambda: correct_sign_in(sitting_number=number, **told), NotAllowed)  # type: ignore[arg-type]

    tries(getattr(stage.cast, who))
    tries(VISITOR)


def test_my_sittings_are_those_i_serve_in(stage: Stage) -> None:
    """本人当班的场次。"""
    def parts(by: Actor, day: date) -> list[str]:
        return [one.part for one in sittings_of_person(User.objects.get(pk=by.user_id or 0), day, day)]

    supervisor, watcher = desk_of(stage, "督导甲"), desk_of(stage, watching(stage))
    assert (parts(supervisor, EXAM_ON), parts(watcher, EXAM_ON)) == (["theory", "practical"], ["theory"])
    assert parts(supervisor, EXAM_ON + timedelta(days=1)) == []
