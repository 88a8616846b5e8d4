"""摄像头信号: a camera is let in by its key, its heartbeats and stills are taken, and where it is silent during a sitting a gap is put down.

Heartbeats and stills are facts of a machine, dozens a minute: they write no line of the ledger. A gap does, when it is noted and when it ends.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.people import field_key
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.exams.queries.serving import under_way
from touchstone.files.operations import check
from touchstone.inspections.models import Camera, CameraGap, CameraStill
from touchstone.inspections.permissions.cameras import sitting_as_watched
from touchstone.inspections.queries.cameras import STILL_PLACE, gaps_to_end, gaps_to_tell, index_of, silent_in_sittings
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.roles import Role
from touchstone.policy.supervision.records import BEATS_A_MINUTE, LARGEST_STILL, LAW, SILENT_AFTER, STILLS_KEPT
from touchstone.policy.supervision.who import leads
from touchstone.tasks.operations import open_task

if TYPE_CHECKING:
    from touchstone.exams.models import Sitting

EXPLAIN = "camera_gap_explain"
AHEAD = timedelta(minutes=2)
"""How far a camera's clock may run ahead of the platform's."""


class CameraRefused(Refusal):
    """There is no camera with this key, or it was taken off."""


class CameraTooOften(Refusal):
    """The camera sends more than it may within a minute."""


@dataclass(frozen=True)
class Taken:
    """What came of a heartbeat or a still: whether it had come before, and whether it came too late to say that the camera is alive."""

    repeated: bool = False
    late: bool = False


def admit_camera(*, secret: str, at: datetime) -> Camera:
    """This function will let in a camera by its key and count the request. :raises CameraRefused: :raises CameraTooOften:"""
    rows = Camera.objects.select_related("room__venue")
    found = rows.filter(secret=index_of(secret), retired_at__isnull=True).first() if secret else None
    if found is None:
        step = "请核对请求头 Authorization: Bearer 后的密钥；由机构在“考场摄像头”页接入。"
        raise CameraRefused("摄像头密钥不正确，或者摄像头已经停用。", LAW, step)
    minute = at.replace(second=0, microsecond=0)
    more = Case(When(minute=minute, then=F("in_minute") + 1), default=Value(1))
    Camera.objects.filter(pk=found.pk).update(in_minute=more, minute=minute)
    most = in_force(BEATS_A_MINUTE, localtime(at).date())
    if Camera.objects.values_list("in_minute", flat=True).get(pk=found.pk) > most.value:
        raise CameraTooOften(f"一个摄像头每分钟最多{most.value}次请求。", most.clause, "请放慢发送间隔。")
    return found


@transaction.atomic
def take_beat(*, camera: Camera, sequence: int, taken_at: datetime | None, at: datetime) -> Taken:
    """This function will take a heartbeat: its number, and when it was made (now, where the camera has no clock). One that came before has no second
    effect; one held up on the way is taken, and does not say that the camera is alive now.

    :raises Refusal: for a moment ahead of the platform's clock.
    """
    made_at = taken_at or at
    if made_at > at + AHEAD:
        raise Refusal("摄像头的时间比平台快。", LAW, "请校准摄像头的时钟，或者不带时间。")
    made_at = min(made_at, at)
    row = Camera.objects.select_for_update().get(pk=camera.pk)
    if sequence <= row.last_sequence:
        return Taken(repeated=True)
    silent = timedelta(minutes=in_force(SILENT_AFTER, localtime(at).date()).value)
    late = at - made_at > silent
    row.last_sequence, row.beats = sequence, row.beats + 1
    if not late and (row.last_beat_at is None or made_at > row.last_beat_at):
        _end_gaps(row, before=row.last_beat_at, heard_at=made_at, silent=silent, at=at)
        row.last_beat_at = made_at
    row.save(update_fields=["last_sequence", "beats", "last_beat_at"])
    return Taken(late=late)


def _end_gaps(camera: Camera, *, before: datetime | None, heard_at: datetime, silent: timedelta, at: datetime) -> None:
    """A camera is heard again: its open gaps end; where nobody noticed in between, the gap is put down whole."""
    for one in CameraGap.objects.select_for_update().filter(camera=camera, ends_at__isnull=True):
        _end(one, max(heard_at, one.begins_at), at=at)
    if before is not None and heard_at - before <= silent:
        return
    for sitting in under_way(at, localtime(at).date()).filter(room_id=camera.room_id):
        assert sitting.opened_at is not None
        begins_at = max(before, sitting.opened_at) if before is not None else sitting.opened_at
        known = CameraGap.objects.filter(camera=camera, sitting=sitting, ends_at__gte=begins_at).exists()
        if not known and heard_at - begins_at > silent:
            _note(camera, sitting, begins_at, ends_at=heard_at, at=at)


def _note(camera: Camera, sitting: "Sitting", begins_at: datetime, *, ends_at: datetime | None, at: datetime) -> CameraGap:
    made = CameraGap.objects.create(
        number=f"ZD{at:%Y}{next_serial(f'camera-gap-{at:%Y}'):06d}", camera=camera, sitting=sitting, begins_at=begins_at, ends_at=ends_at, noted_at=at
    )
    detail = {"camera": camera.number, "sitting": sitting.number, "since": begins_at.isoformat(), "until": ends_at.isoformat() if ends_at else ""}
    record("camera.gap_noted", made.number, by=PLATFORM, at=at, detail=detail)
    return made


def _end(gap: CameraGap, ends_at: datetime, *, at: datetime) -> None:
    gap.ends_at = ends_at
    gap.save(update_fields=["ends_at"])
    detail = {"until": ends_at.isoformat(), "minutes": int((ends_at - gap.begins_at).total_seconds() // 60)}
    record("camera.gap_ended", gap.number, by=PLATFORM, at=at, detail=detail)


@transaction.atomic
def take_still(*, camera: Camera, content: bytes, taken_at: datetime | None, at: datetime) -> CameraStill:
    """This function will keep a still (JPEG): checked, drawn anew, sealed; of the older ones only the latest few stay. The same moment sent again is
    the same still.

    :raises Refusal: for what is no picture, too large, or ahead of the platform's clock.
    """
    day, made_at = localtime(at).date(), taken_at or at
    most = in_force(LARGEST_STILL, day)
    if len(content) > most.value * 1024:
        raise Refusal(f"监控画面超过{most.value}KB。", most.clause, "请降低分辨率或者画质。")
    if made_at > at + AHEAD:
        raise Refusal("摄像头的时间比平台快。", LAW, "请校准摄像头的时钟，或者不带时间。")
    before = CameraStill.objects.filter(camera=camera, taken_at=made_at).first()
    if before is not None:
        return before
    _, clean = check("画面.jpg", content, ("jpg",))
    sha256 = hashlib.sha256(clean).hexdigest()
    sealed = field_key().seal_bytes(clean, STILL_PLACE.format(camera=camera.pk, sha256=sha256))
    try:
        with transaction.atomic():
            made = CameraStill.objects.create(
                camera=camera, taken_at=made_at, received_at=at, sha256=sha256, size=len(clean), content_sealed=sealed
            )
    except IntegrityError:  # the very same was taken at the same time
        return CameraStill.objects.get(camera=camera, taken_at=made_at)
    kept = CameraStill.objects.filter(camera=camera).order_by("-taken_at").values_list("pk", flat=True)[: in_force(STILLS_KEPT, day).value]
    CameraStill.objects.filter(camera=camera).exclude(pk__in=list(kept)).delete()
    return made


def note_silent_cameras(at: datetime) -> int:
    """This function will put down a gap for every camera that has fallen silent in a sitting under way, end those whose sitting was closed, and count
    both."""
    done = 0
    for camera, sitting in silent_in_sittings(at):
        assert sitting.opened_at is not None
        with transaction.atomic():
            row = Camera.objects.select_for_update().get(pk=camera.pk)
            heard = row.last_beat_at
            if heard != camera.last_beat_at or CameraGap.objects.filter(camera=row, sitting=sitting, ends_at__isnull=True).exists():
                continue
            begins_at = max(heard, sitting.opened_at) if heard is not None else sitting.opened_at
            if CameraGap.objects.filter(Q(ends_at__gt=begins_at), camera=row, sitting=sitting).exists():
                continue
            _note(row, sitting, begins_at, ends_at=None, at=at)
            done += 1
    for gap in gaps_to_end():
        with transaction.atomic():
            row_gap = CameraGap.objects.select_for_update().get(pk=gap.pk)
            if row_gap.ends_at is None and gap.sitting.closed_at is not None:
                _end(row_gap, max(gap.sitting.closed_at, row_gap.begins_at), at=at)
                done += 1
    return done


@transaction.atomic
def tell_of_gap(*, number: str, at: datetime) -> bool:
    """This function will put a long gap before the office that leads at this venue, and before the body to explain, once; it says whether that was
    new."""
    rows = CameraGap.objects.select_for_update(of=("self",)).select_related(
        "camera", "sitting__room", "sitting__plan__body", "sitting__plan__venue", "sitting__plan__scope_item__filing__root"
    )
    gap = rows.get(number=number)
    if gap.told_at is not None:
        return False
    gap.told_at = at
    gap.save(update_fields=["told_at"])
    day, sitting = localtime(at).date(), gap.sitting
    place = leads(sitting_as_watched(sitting), day)
    office = district_bureau(place) if place else city_centre()
    title = f"监控中断：{sitting.plan.body.name}{sitting.room.name}{gap.camera.name}，{localtime(gap.begins_at):%H:%M}起"
    open_task(case=number, matter="camera_gap", title=title[:200], office_id=office.pk, role=Role.SUPERVISOR, by=PLATFORM, at=at)
    asked, theirs = f"说明监控中断：{sitting.room.name}{gap.camera.name}", sitting.plan.body.office_id
    open_task(case=number, matter=EXPLAIN, title=asked[:200], office_id=theirs, role=Role.BODY_PLANNER, by=PLATFORM, at=at)
    record("camera.gap_told", number, by=PLATFORM, at=at, detail={"office": office.number, "sitting": sitting.number})
    return True


def tell_of_long_gaps(at: datetime) -> int:
    """This function will put every long gap before the office that leads, once each, and count them."""
    return sum(tell_of_gap(number=number, at=at) for number in gaps_to_tell(at))
