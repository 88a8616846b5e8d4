"""远程监控测试: how does a camera come in, what does a silent one leave behind, who is told, and who concludes a sitting watched from afar?"""

import io
from datetime import timedelta

import pytest
from PIL import Image

from tests.cast import Cast
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.refusing import all_refused_and_nothing_changed
from touchstone.bodies.models import Room
from touchstone.exams.models import Sitting
from touchstone.exams.operations.attendance import note_attendance
from touchstone.exams.operations.day import close_sitting, open_sitting
from touchstone.files.queries import of_case
from touchstone.inspections.models import Camera, CameraGap, CameraStill
from touchstone.inspections.operations import cameras as keeping
from touchstone.inspections.operations import feeding
from touchstone.inspections.operations import watching as acts
from touchstone.inspections.operations.feeding import note_silent_cameras, tell_of_long_gaps
from touchstone.inspections.queries import cameras as queries
from touchstone.inspections.states.watching import WatchState
from touchstone.policy.inspections import VisitOutcome
from touchstone.tasks.queries import waiting_for

NINE = moment(EXAM_ON, 9)
MINUTE = timedelta(minutes=1)


def picture(shade: int = 90) -> bytes:
    """Draw a still."""
    out = io.BytesIO()
    Image.new("RGB", (64, 36), (shade, shade, shade)).save(out, "JPEG")
    return out.getvalue()


def opened_at_nine(cast: Cast) -> Stage:
    """Give a plan whose theory was opened at nine."""
    stage = Stage(cast).reviewed().with_sittings().arranged()
    open_sitting(sitting_number=stage.sittings()[0].number, identity="id_card", by=cast.sun, at=NINE)
    return stage


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a plan whose theory is under way."""
    return opened_at_nine(cast)


def theory(stage: Stage) -> Sitting:
    """Give the theory sitting as offices look at it."""
    return Sitting.objects.select_related("plan__body", "plan__venue", "plan__scope_item__filing", "room").get(pk=stage.sittings()[0].pk)


def camera(stage: Stage, name: str = "前方全景", secret: str = "tsc_one") -> Camera:
    """Connect a camera of the theory room."""
    room = Room.objects.select_related("venue__body__office").get(pk=theory(stage).room_id)
    return keeping.connect_camera(room=room, name=name, secret=secret, by=stage.cast.sun, at=stage.cast.at)


def heard(one: Camera, minutes: int, sequence: int, taken: int | None = None) -> feeding.Taken:
    """Have a camera heard some minutes after nine; what it sent was made then, or at another minute."""
    at = NINE + minutes * MINUTE
    return feeding.take_beat(camera=one, sequence=sequence, taken_at=NINE + taken * MINUTE if taken is not None else None, at=at)


def test_a_camera_is_heard_doubled_and_held_up(stage: Stage) -> None:
    """心跳发两遍只算一次；路上耽搁的收下，但不说明现在有信号；比平台快的不收；停用、密钥不对的进不来。"""
    one = camera(stage)
    assert feeding.admit_camera(secret="tsc_one", at=NINE).pk == one.pk
    assert heard(one, 0, 1) == feeding.Taken()
    assert heard(one, 1, 1) == feeding.Taken(repeated=True)
    assert heard(one, 2, 2, taken=1) == feeding.Taken()
    assert heard(one, 10, 3, taken=2).late
    one.refresh_from_db()
    assert (one.last_beat_at, one.beats) == (NINE + MINUTE, 3)
    attempts = [
        ("快", lambda: heard(one, 0, 9, taken=5), "比平台快"),
        ("密钥不对", lambda: feeding.admit_camera(secret="tsc_two", at=NINE), "密钥"),
        ("没有密钥", lambda: feeding.admit_camera(secret="", at=NINE), "密钥"),
    ]
    all_refused_and_nothing_changed(attempts, "inspections")
    keeping.change_camera_key(number=one.number, secret="tsc_new", by=stage.cast.qian, at=NINE)
    keeping.retire_camera(number=one.number, reason="拆除", by=stage.cast.sun, at=NINE)
    all_refused_and_nothing_changed([("停用", lambda: feeding.admit_camera(secret="tsc_new", at=NINE), "停用")], "inspections")


def test_only_the_latest_stills_are_kept(stage: Stage) -> None:
    """画面重新编码、加密保存，同一时刻只有一张，只留最近12张；太大的、不是图片的不收。"""
    one = camera(stage)
    for n in range(15):
        feeding.take_still(camera=one, content=picture(60 + n), taken_at=NINE + n * MINUTE, at=NINE + n * MINUTE)
    same = feeding.take_still(camera=one, content=picture(10), taken_at=NINE + 14 * MINUTE, at=NINE + 15 * MINUTE)
    kept = list(queries.stills_of(one))
    assert len(kept) == 12 and kept[0] == same and kept[-1].taken_at == NINE + 3 * MINUTE
    assert queries.still_bytes(kept[0]).startswith(b"\xff\xd8\xff")
    attempts = [
        ("太大", lambda: feeding.take_still(camera=one, content=b"\xff" * 310_000, taken_at=None, at=NINE), "300KB"),
        ("不是图片", lambda: feeding.take_still(camera=one, content=b"hello", taken_at=None, at=NINE), "画面"),
        ("快", lambda: feeding.take_still(camera=one, content=picture(), taken_at=NINE + 9 * MINUTE, at=NINE), "比平台快"),
    ]
    all_refused_and_nothing_changed(attempts, "inspections")


def test_a_silent_camera_leaves_a_gap_with_begin_and_end(stage: Stage) -> None:
    """考试中三分钟没有信号记一段缺口，恢复时结束；五分钟以上报告牵头的区，只报一次；没有人看着时，恢复的那一刻补记。"""
    one, second = camera(stage), camera(stage, "后方全景", "tsc_b")
    heard(one, 0, 1)
    heard(second, 0, 1)
    heard(second, 4, 2)
    assert CameraGap.objects.count() == 1, "第二个停了四分钟，恢复时补记"
    assert note_silent_cameras(NINE + 3 * MINUTE) == 0, "三分钟以内不算"
    assert [note_silent_cameras(NINE + n * MINUTE) for n in (4, 5)] == [1, 0]
    gap = CameraGap.objects.get(camera=one)
    assert (gap.begins_at, gap.ends_at, gap.sitting_id) == (NINE, None, theory(stage).pk)
    assert tell_of_long_gaps(NINE + 4 * MINUTE) == 0
    assert [tell_of_long_gaps(NINE + n * MINUTE) for n in (6, 7)] == [1, 0]
    assert waiting_for(stage.cast.wang).filter(case=gap.number, matter="camera_gap").exists()
    assert not waiting_for(stage.cast.du).filter(case=gap.number).exists()
    assert waiting_for(stage.cast.sun).filter(case=gap.number).exists(), "机构收到待办，说明原因"
    keeping.explain_gap(number=gap.number, words="断电", by=stage.cast.sun, at=NINE + 7 * MINUTE)
    assert not waiting_for(stage.cast.sun).filter(case=gap.number).exists()
    heard(one, 8, 2)
    gap.refresh_from_db()
    assert gap.ends_at == NINE + 8 * MINUTE
    assert note_silent_cameras(NINE + 9 * MINUTE) == 1, "第二个又停了"
    seen = {seen.camera.name: seen.finding.outcome for seen in queries.cameras_at(theory(stage), NINE + 9 * MINUTE) if seen.finding}
    assert seen == {"前方全景": "met", "后方全景": "unmet"}


def test_a_camera_never_heard_and_a_sitting_that_ends(stage: Stage) -> None:
    """开考以后从来没有信号的，缺口从开考算起；本场结束，缺口到结束为止；结束以后不再问有没有信号。"""
    one = camera(stage)
    note_silent_cameras(NINE + 4 * MINUTE)
    gap = CameraGap.objects.get()
    sitting = theory(stage)
    assert (gap.begins_at, gap.ends_at) == (sitting.opened_at, None)
    for ticket in stage.tickets():
        note_attendance(sitting_number=sitting.number, marks={ticket: True}, by=stage.cast.sun, at=sitting.ends_at)
    close_sitting(sitting_number=sitting.number, by=stage.cast.sun, at=sitting.ends_at)
    assert note_silent_cameras(sitting.ends_at + MINUTE) == 1
    gap.refresh_from_db()
    assert gap.ends_at == sitting.ends_at
    assert [seen.finding for seen in queries.cameras_at(theory(stage), sitting.ends_at)] == [None]
    said = keeping.explain_gap(number=gap.number, words="交换机断电", by=stage.cast.sun, at=sitting.ends_at)
    assert said.words == "交换机断电" and one.number in str(gap.camera)


def test_a_sitting_is_watched_and_concluded_by_two(stage: Stage) -> None:
    """王怀瑾监控、附上画面记录；画面另存，不随清理消失；他填写结论，另一名督导员确认，机构才能看到。"""
    from tests.inspections.stage import inspector

    cast, one = stage.cast, camera(stage)
    other = inspector(0, cast.at)
    still = feeding.take_still(camera=one, content=picture(), taken_at=NINE, at=NINE)
    watch = acts.begin_watch(sitting=theory(stage), by=cast.wang, at=NINE)
    noted = acts.note_observation(number=watch.number, words="第三排有人交头接耳", wrong=True, still=still, by=cast.wang, at=NINE + MINUTE)
    CameraStill.objects.all().delete()
    (kept,) = of_case(noted.number)
    assert (noted.seen_at, noted.still_sha256, noted.camera) == (NINE, still.sha256, one) and kept.media == "image/jpeg"
    clean = [("没有发现问题", lambda: conclude(VisitOutcome.CLEAN), "不能是")]

    def conclude(outcome: VisitOutcome = VisitOutcome.TO_RECTIFY):
        return acts.report_watch(number=watch.number, outcome=outcome, words="九时至十时", by=cast.wang, at=NINE + 60 * MINUTE)

    all_refused_and_nothing_changed(clean, "inspections")
    conclude()
    assert waiting_for(other).filter(case=watch.number).exists() and queries.watches(cast.lin).count() == 0
    own = [("自己确认", lambda: acts.confirm_watch(number=watch.number, by=cast.wang, at=NINE), "另一名")]
    all_refused_and_nothing_changed(own, "inspections")
    acts.send_back_watch(number=watch.number, reason="写明考场", by=other, at=NINE + 70 * MINUTE)
    conclude()
    done = acts.confirm_watch(number=watch.number, by=other, at=NINE + 80 * MINUTE)
    assert done.state == WatchState.CONFIRMED and queries.watches(cast.lin).count() == 1


def test_who_may_not_watch(stage: Stage) -> None:
    """别的区、机构、行业、负责人不能监控；一个单位一场只有一份记录；没有内容的、没有开考的不行；摄像头只由本机构接入。"""
    cast, sitting = stage.cast, theory(stage)
    room = Room.objects.select_related("venue__body__office").get(pk=sitting.room_id)

    def begin(by):
        return lambda: acts.begin_watch(sitting=sitting, by=by, at=NINE)

    def connect(by=cast.sun, name="前方", secret="s"):
        return lambda: keeping.connect_camera(room=room, name=name, secret=secret, by=by, at=NINE)

    attempts = [(who, begin(getattr(cast, who)), "质量督导员") for who in ("lin", "jiang", "wu")]
    attempts += [("别的区", begin(cast.du), "监管职责")]
    attempts += [(f"{who}接入", connect(getattr(cast, who)), "本机构") for who in ("shi", "wang")]
    attempts += [("没有位置", connect(name=" "), "位置")]
    all_refused_and_nothing_changed(attempts, "inspections")
    begin(cast.wang)()
    watch = queries.watch_of(sitting, cast.wang.office_id)
    assert watch is not None
    again = [
        ("第二份", begin(cast.wang), "已经在监控"),
        ("没有内容", lambda: acts.note_observation(number=watch.number, words="", wrong=False, still=None, by=cast.wang, at=NINE), "情况"),
        ("市中心替区记", lambda: acts.note_observation(number=watch.number, words="x", wrong=False, still=None, by=cast.han, at=NINE), "质量督导员"),
    ]
    all_refused_and_nothing_changed(again, "inspections")
    acts.drop_watch(number=watch.number, reason="改为现场检查", by=cast.wang, at=NINE)
    assert queries.watch_of(sitting, cast.wang.office_id) is None
