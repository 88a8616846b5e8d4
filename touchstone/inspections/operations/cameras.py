"""摄像头接入: a body connects the cameras of its rooms, each under a key of its own, and takes them off again."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.inspections.models import Camera, CameraGap
from touchstone.inspections.permissions import cameras as permissions
from touchstone.inspections.queries.cameras import index_of
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.supervision.records import LAW
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.bodies.models import Room

SHOWN = 8


@transaction.atomic
def connect_camera(*, room: "Room", name: str, secret: str, by: Actor, at: datetime) -> Camera:
    """This function will connect a camera of a room under a key; `secret` is made by the door, shown once, and only its blind index is kept.

    :raises NotAllowed: :raises Refusal: without a name, for a name taken in the room, or a room no longer used.
    """
    permissions.check_may_keep_cameras(by, room.venue.body)
    if not name.strip():
        raise Refusal("请填写摄像头的位置。", LAW, "例如“前方全景”，用来区分同一考场的几个摄像头。")
    if room.until is not None and room.until <= at.date():
        raise Refusal("这个考场已经停用。", LAW, "请选择在用的考场。")
    if Camera.objects.filter(room=room, name=name.strip(), retired_at__isnull=True).exists():
        raise Refusal(f"这个考场已有位置为“{name.strip()}”的摄像头。", LAW, "请换一个名称，或者先停用原来的。")
    made = Camera.objects.create(
        number=f"SX{at:%Y}{next_serial(f'camera-{at:%Y}'):05d}",
        room=room,
        name=name.strip()[:60],
        begins=secret[:SHOWN],
        secret=index_of(secret),
        opened_at=at,
        opened_by_id=by.user_id,
    )
    record("camera.connected", made.number, by=by, at=at, detail={"room": room.pk, "venue": room.venue.number, "name": made.name})
    return made


@transaction.atomic
def change_camera_key(*, number: str, secret: str, by: Actor, at: datetime) -> Camera:
    """This function will give a camera another key; the old one no longer opens. :raises NotAllowed: :raises Refusal: for one that is retired."""
    found = _locked(number, by)
    found.begins, found.secret = secret[:SHOWN], index_of(secret)
    found.save(update_fields=["begins", "secret"])
    record("camera.key_changed", number, by=by, at=at, detail={"begins": found.begins})
    return found


@transaction.atomic
def retire_camera(*, number: str, reason: str, by: Actor, at: datetime) -> Camera:
    """This function will take a camera off. :raises NotAllowed: :raises Refusal: without a reason, or when it is retired."""
    found = _locked(number, by)
    if not reason.strip():
        raise Refusal("请填写停用原因。", LAW, "例如更换设备、考场停用。")
    found.retired_at, found.retired_because = at, reason.strip()[:200]
    found.save(update_fields=["retired_at", "retired_because"])
    record("camera.retired", number, by=by, at=at, reason=found.retired_because)
    return found


@transaction.atomic
def explain_gap(*, number: str, words: str, by: Actor, at: datetime) -> CameraGap:
    """This function will put down why a camera was silent, as the body says. :raises NotAllowed: :raises Refusal: without words."""
    gap = CameraGap.objects.select_for_update(of=("self",)).select_related("camera__room__venue__body").filter(number=number).first()
    if gap is None:
        raise Refusal("没有这段缺口。", LAW, "请从“考场摄像头”页中打开。")
    permissions.check_may_keep_cameras(by, gap.camera.room.venue.body)
    if not words.strip():
        raise Refusal("请写明中断的原因和当时的处置。", LAW, "例如：交换机断电，现场由监考人员全程录像，已补录。")
    gap.words, gap.explained_at, gap.explained_by_id = words.strip()[:600], at, by.user_id
    gap.save(update_fields=["words", "explained_at", "explained_by"])
    record("camera.gap_explained", number, by=by, at=at, reason=gap.words)
    close_tasks(case=number, by=by, at=at, outcome="已说明", office_id=by.office_id)
    return gap


def _locked(number: str, by: Actor) -> Camera:
    found = Camera.objects.select_for_update(of=("self",)).select_related("room__venue__body").filter(number=number).first()
    if found is None:
        raise Refusal("没有这个摄像头。", LAW, "请从“考场摄像头”列表中打开。")
    permissions.check_may_keep_cameras(by, found.room.venue.body)
    if found.retired_at is not None:
        raise Refusal("这个摄像头已经停用。", LAW, "请重新接入。")
    return found
