"""考场记录: what happens in a sitting is told on the spot; its papers change hands with two signatures; neighbours have different papers."""

import io

import pytest
from PIL import Image

from tests.cast import Cast
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.exams.test_the_day import desk_of, refuses, theory, watching
from touchstone.accounts.actor import VISITOR, Actor, NotAllowed
from touchstone.exams.models import HandOver, Incident, Seat
from touchstone.exams.operations.attendance import note_attendance
from touchstone.exams.operations.incidents import Papers, confirm_hand_over, hand_over_papers, record_incident
from touchstone.files.queries import of_case
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry

AT_NINE = moment(EXAM_ON, 9)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a plan whose sittings are settled: theory at nine, practical at one."""
    return Stage(cast).reviewed().with_sittings().arranged()


def drawn() -> bytes:
    """Give a signature drawn on a phone."""
    out = io.BytesIO()
    Image.new("RGB", (60, 30), "white").save(out, "PNG")
    return out.getvalue()


def test_an_incident_is_told_on_the_spot(stage: Stage) -> None:
    """监考人员当场记录考生违纪，带照片；考生可以不填。"""
    stage.opened()
    watcher, number = desk_of(stage, watching(stage)), theory(stage)
    told = {"sitting_number": number, "by": watcher, "at": AT_NINE}
    made = record_incident(kind="misconduct", words="桌面留有写有公式的纸条", ticket=stage.tickets()[0], photos=(("纸条.png", drawn()),), **told)  # type: ignore[arg-type]
    assert (made.candidate and made.candidate.ticket_number, made.teller) == (stage.tickets()[0], watcher.person_name)
    assert [one.label for one in of_case(made.number)] == ["现场照片"]
    line = Entry.objects.get(event="sitting.incident_recorded")
    assert (line.subject, line.reason) == (number, "桌面留有写有公式的纸条")
    assert record_incident(kind="equipment", words="一台电脑蓝屏", **told).candidate is None  # type: ignore[arg-type]
    before = Incident.objects.count()
    refuses("没有选择考场情况的类别", lambda: record_incident(kind="其他", words="x", **told))  # type: ignore[arg-type]
    refuses("请写明情况", lambda: record_incident(kind="late", words=" ", **told))  # type: ignore[arg-type]
    refuses("没有准考证号", lambda: record_incident(kind="late", words="x", ticket="9", **told))  # type: ignore[arg-type]
    assert Incident.objects.count() == before


def test_nothing_is_told_before_the_sitting_is_opened(stage: Stage) -> None:
    """没有开考，没有考场情况。"""
    call = {"sitting_number": theory(stage), "by": stage.cast.sun, "at": AT_NINE}
    refuses("还没有开考", lambda: record_incident(kind="late", words="x", **call), MoveRefused)  # type: ignore[arg-type]


def test_papers_are_handed_over_with_two_signatures(stage: Stage) -> None:
    """两人各用自己的账号，或者一人账号、一人手写签名；自己不能与自己交接。"""
    number, sun, at = theory(stage), stage.cast.sun, moment(EXAM_ON, 8, 40)
    received = Papers("received", packets=1, sheets=3, intact=True)
    made = hand_over_papers(sitting_number=number, papers=received, by=sun, at=at)
    assert (made.first_name, made.second_name, made.second_at) == ("孙景明", "", None)
    refuses("不能自己与自己交接", lambda: confirm_hand_over(number=made.number, by=sun, at=at))
    made = confirm_hand_over(number=made.number, by=desk_of(stage, "督导甲"), at=at)
    assert (made.second_name, made.second_at) == ("督导甲", at)
    refuses("已由孙景明和督导甲签字", lambda: confirm_hand_over(number=made.number, by=stage.cast.qian, at=at))
    opened = Papers("opened", packets=1, sheets=3, intact=True)
    here = hand_over_papers(sitting_number=number, papers=opened, second=watching(stage), signature=drawn(), by=sun, at=at)
    assert here.second_at == at
    assert [one.number for one in of_case(here.number)] == [here.signature]
    refuses("姓名和手写签名都要有", lambda: hand_over_papers(sitting_number=number, papers=opened, second="督导甲", by=sun, at=at))
    alone = {"papers": opened, "second": "孙景明", "signature": drawn(), "by": sun, "at": at}
    refuses("不能自己与自己交接", lambda: hand_over_papers(sitting_number=number, **alone))  # type: ignore[arg-type]


def test_counts_that_do_not_add_up_are_explained(stage: Stage) -> None:
    """份数不符、密封异常，须写明说明，并留下核对结果。"""
    stage.opened()
    number, sun = theory(stage), stage.cast.sun
    few = Papers("opened", packets=1, sheets=2, intact=True)
    refuses("应到3人，试卷只有2份", lambda: hand_over_papers(sitting_number=number, papers=few, by=sun, at=AT_NINE))
    torn = Papers("received", packets=1, sheets=3, intact=False)
    refuses("密封有异常", lambda: hand_over_papers(sitting_number=number, papers=torn, by=sun, at=AT_NINE))
    told = Papers("opened", packets=1, sheets=2, intact=True, remark="缺1份，已启用备用卷")
    made = hand_over_papers(sitting_number=number, papers=told, by=sun, at=AT_NINE)
    assert [one["outcome"] for one in made.findings] == ["unmet"]
    note_attendance(sitting_number=number, marks={stage.tickets()[0]: True}, by=sun, at=AT_NINE)
    back = Papers("collected", packets=1, sheets=1, intact=True)
    assert hand_over_papers(sitting_number=number, papers=back, by=sun, at=moment(EXAM_ON, 11)).findings[0]["outcome"] == "met"


@pytest.mark.parametrize("who", ["lin", "shi", "wang", "lv"], ids=["备案经办人", "别家机构", "区质量督导员", "别的区"])
def test_others_tell_nothing(stage: Stage, who: str) -> None:
    """不当班的人、别家机构、别的区、没有登录的人，不能记录和交接。"""
    stage.opened()
    number, papers = theory(stage), Papers("received", 1, 3, True)
    made = hand_over_papers(sitting_number=number, papers=papers, by=stage.cast.sun, at=AT_NINE)

    def tries(by: Actor) -> None:
        refuses("当班", lambda: record_incident(sitting_number=number, kind="late", words="x", by=by, at=AT_NINE), NotAllowed)
        refuses("当班", lambda: hand_over_papers(sitting_number=number, papers=papers, by=by, at=AT_NINE), NotAllowed)
        refuses("当班", lambda: confirm_hand_over(number=made.number, by=by, at=AT_NINE), NotAllowed)

    tries(getattr(stage.cast, who))
    tries(VISITOR)
    assert HandOver.objects.get().second_at is None


def test_neighbours_have_different_papers(stage: Stage) -> None:
    """理论考场座位分A、B卷，相邻不同；技能不分卷；种子和核对结果记入存证。"""
    forms = dict(Seat.objects.filter(sitting__number=theory(stage)).values_list("seat_number", "form"))
    assert forms == {1: "A", 2: "B", 3: "A"}
    assert set(Seat.objects.filter(sitting=stage.sittings()[1]).values_list("form", flat=True)) == {""}
    line = Entry.objects.filter(event="plan.seated").latest("id")
    assert (line.detail["seed"], [one["outcome"] for one in line.detail["findings"]]) == ("种子", ["met"])
