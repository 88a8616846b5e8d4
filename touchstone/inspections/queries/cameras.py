"""摄像头查询: which cameras watch a room, how is each, what gaps had a sitting, and which must be told of?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.people import field_key
from touchstone.exams.queries import serving
from touchstone.inspections.models import Camera, CameraGap, CameraStill, Observation, Watch, WatchSet
from touchstone.inspections.states.watching import WatchState
from touchstone.kernel.rules import Finding
from touchstone.parameters.queries import in_force
from touchstone.policy.supervision.records import GAP_TOLD_AFTER, LAW, SILENT_AFTER, camera_is_alive

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.exams.models import Sitting

STILL_PLACE = "inspections_still|{camera}|{sha256}"


def index_of(secret: str) -> bytes:
    """This function will give the blind index under which a camera's secret is kept."""
    return field_key().blind_index(secret, "inspections.camera.secret")


def cameras_of_body(body: "Body") -> QuerySet[Camera]:
    """This function will give a body's cameras, those in use first, by venue and room, each with how many gaps it had."""
    own = Camera.objects.filter(room__venue__body=body).select_related("room__venue").annotate(gap_count=Count("gaps"))
    return own.order_by("retired_at", "room__venue__number", "room__name", "name")


def camera(number: str, body: "Body") -> Camera:
    """This function will give a camera of a body. :raises NotAllowed: for another's."""
    found = Camera.objects.select_related("room__venue__body").filter(number=number, room__venue__body=body).first()
    if found is None:
        raise NotAllowed("没有这个摄像头，或者它不属于本机构。", LAW, "请从“考场摄像头”列表中打开。")
    return found


@dataclass(frozen=True)
class Seen:
    """A camera as it is at a moment: whether it is alive, its last still, and the gaps of the sitting."""

    camera: Camera
    finding: Finding | None
    still: CameraStill | None
    gaps: list[CameraGap]


def cameras_at(sitting: "Sitting", at: datetime) -> list[Seen]:
    """This function will give the cameras of a sitting's room as they are at a moment; three queries. Before it is opened and once it is closed
    nobody asks whether one is alive."""
    found = list(Camera.objects.filter(room_id=sitting.room_id).filter(_in_use_during(sitting)).order_by("name"))
    latest = CameraStill.objects.filter(camera__in=found).order_by("camera", "-taken_at").distinct("camera").defer("content_sealed")
    stills = {one.camera_id: one for one in latest}
    gaps: dict[int, list[CameraGap]] = {}
    for gap in gaps_of(sitting):
        gaps.setdefault(gap.camera_id, []).append(gap)
    under_way = sitting.opened_at is not None and sitting.closed_at is None
    day = localtime(at).date()
    return [
        Seen(one, camera_is_alive(one.last_beat_at, at, day) if under_way else None, stills.get(one.pk), gaps.get(one.pk, [])) for one in found
    ]


def _in_use_during(sitting: "Sitting") -> Q:
    return Q(retired_at__isnull=True) | Q(retired_at__gt=sitting.starts_at)


def gaps_of(sitting: "Sitting") -> QuerySet[CameraGap]:
    """This function will give the gaps of a sitting, in order of time."""
    return CameraGap.objects.filter(sitting=sitting).select_related("camera").order_by("begins_at", "id")


def gaps_of_body(body: "Body") -> QuerySet[CameraGap]:
    """This function will give the gaps in a body's sittings, newest first."""
    return CameraGap.objects.filter(sitting__plan__body=body).select_related("camera__room", "sitting").order_by("-begins_at", "-id")


def gap(number: str) -> CameraGap | None:
    """This function will give a gap by its number."""
    rows = CameraGap.objects.select_related("camera__room__venue", "sitting__plan__body", "sitting__plan__venue", "sitting__room")
    return rows.filter(number=number).first()


def stills_of(one: Camera) -> QuerySet[CameraStill]:
    """This function will give the stills of a camera that are kept, newest first."""
    return CameraStill.objects.filter(camera=one).order_by("-taken_at")


def still_bytes(still: CameraStill) -> bytes:
    """This function will open a still. :raises SealBroken: when it was changed."""
    place = STILL_PLACE.format(camera=still.camera_id, sha256=still.sha256)
    return field_key().open_bytes(bytes(still.content_sealed), place)


def still_of_sitting(sitting: "Sitting", sha256: str) -> CameraStill | None:
    """This function will give a still of the room of a sitting by its fingerprint."""
    return CameraStill.objects.filter(camera__room_id=sitting.room_id, sha256=sha256).order_by("-taken_at").first()


def watched_rows(actor: Actor, first: date, last: date, at: datetime) -> "QuerySet[Sitting]":
    """This function will give the sittings on the actor's ground of some days, each with how many cameras its room has, how many of them were heard
    lately, and how many gaps it had."""
    since = at - timedelta(minutes=in_force(SILENT_AFTER, localtime(at).date()).value)
    in_room = Camera.objects.filter(room_id=OuterRef("room_id"), retired_at__isnull=True).order_by().values("room_id")
    gaps = CameraGap.objects.filter(sitting_id=OuterRef("pk")).order_by().values("sitting_id")
    rows = serving.sittings_on_ground(actor, first, last)
    return rows.annotate(
        connected=Coalesce(Subquery(in_room.annotate(many=Count("pk")).values("many")), 0),
        heard=Coalesce(Subquery(in_room.filter(last_beat_at__gte=since).annotate(many=Count("pk")).values("many")), 0),
        gaps=Coalesce(Subquery(gaps.annotate(many=Count("pk")).values("many")), 0),
    )


def silent_in_sittings(at: datetime) -> "list[tuple[Camera, Sitting]]":
    """This function will give the cameras that were not heard for too long in a sitting under way, and about which no gap is open yet."""
    day = localtime(at).date()
    since = at - timedelta(minutes=in_force(SILENT_AFTER, day).value)
    rooms: dict[int, list[Sitting]] = {}
    for one in serving.under_way(at, day):
        if one.opened_at is not None and one.opened_at < since:
            rooms.setdefault(one.room_id, []).append(one)
    silent = Camera.objects.filter(room_id__in=rooms, retired_at__isnull=True).filter(Q(last_beat_at__lt=since) | Q(last_beat_at__isnull=True))
    open_ones = set(CameraGap.objects.filter(ends_at__isnull=True, sitting__room_id__in=rooms).values_list("camera_id", "sitting_id"))
    found = [(camera, sitting) for camera in silent.order_by("pk") for sitting in rooms[camera.room_id]]
    return [pair for pair in found if (pair[0].pk, pair[1].pk) not in open_ones]


def gaps_to_end() -> QuerySet[CameraGap]:
    """This function will give the gaps that are open though their sitting was closed."""
    return CameraGap.objects.filter(ends_at__isnull=True, sitting__closed_at__isnull=False).select_related("sitting").order_by("pk")[:500]


def gaps_to_tell(at: datetime) -> list[str]:
    """This function will give the gaps of the last two days that last, or lasted, so long that the office is told, and of which it was not."""
    least = timedelta(minutes=in_force(GAP_TOLD_AFTER, localtime(at).date()).value)
    lately = CameraGap.objects.filter(told_at__isnull=True, begins_at__gte=at - timedelta(days=2), begins_at__lte=at - least)
    rows = lately.filter(Q(ends_at__isnull=True) | Q(ends_at__gte=F("begins_at") + least))
    return list(rows.order_by("pk").values_list("number", flat=True)[:500])


def watches(actor: Actor) -> WatchSet:
    """This function will give the watchings the actor may see, newest first, with how many observations each has."""
    seen = Observation.objects.filter(watch=OuterRef("pk")).order_by().values("watch").annotate(many=Count("pk")).values("many")
    rows = Watch.objects.visible_to(actor).select_related("office", "body", "sitting__room")
    return rows.annotate(seen=Coalesce(Subquery(seen), 0)).order_by("-id")


def watch_of(sitting: "Sitting", office_id: int) -> Watch | None:
    """This function will give the watching of a sitting by an office."""
    rows = Watch.objects.filter(sitting=sitting, office_id=office_id).exclude(state=WatchState.DROPPED)
    return rows.select_related("office", "body", "reported_by__person", "confirmed_by__person").first()


def watches_of(sitting: "Sitting") -> QuerySet[Watch]:
    """This function will give every watching of a sitting that was not dropped."""
    return Watch.objects.filter(sitting=sitting).exclude(state=WatchState.DROPPED).select_related("office").order_by("id")


def watch(number: str, actor: Actor) -> Watch:
    """This function will give a watching the actor may see. :raises NotAllowed: for another's, and where there is none."""
    rows = Watch.objects.visible_to(actor).select_related("office", "body", "sitting", "reported_by__person", "confirmed_by__person")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这次远程监控，或者它不归您查看。", LAW, "请从“远程监控”列表中打开。")
    return found


def observations_of(watches: Iterable[Watch]) -> QuerySet[Observation]:
    """This function will give what was seen, in order."""
    return Observation.objects.filter(watch__in=list(watches)).select_related("camera", "watch__office").order_by("watch", "place")
