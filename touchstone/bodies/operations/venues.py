"""考核点与考场: a body opens, keeps and closes the places where it evaluates."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, Room, Venue
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.documents import notice, our_default

EVIDENCE = notice("三(二)5")
MOST_SEATS = 5_000


@transaction.atomic
def open_venue(
    *, body: Body, name: str, address: str, district: str, tenure: str, leased_until: date | None, by: Actor, at: datetime
) -> Venue:
    """This function will open a venue of a body; an empty `district` is a place outside the city.

    :raises Refusal: for a missing name or address, a name used already, an unknown district, a lease without or past its end.
    """
    permissions.check_may_keep(by, body)
    Body.objects.select_for_update().get(pk=body.pk)
    if district and district not in DISTRICTS:
        raise Refusal("考核点所在区不是本市16个区之一。", notice("三(三)1"), "请从列表中选择；不在本市的考核点请选择“外省市”。")
    _check_venue(body, name, address, tenure, leased_until, at.date())
    venue = Venue.objects.create(
        number=f"KD{next_serial('venue'):06d}",
        body=body,
        name=name.strip(),
        address=address.strip(),
        district=district,
        tenure=tenure,
        leased_until=leased_until if tenure == Venue.Tenure.LEASED else None,
        since=at.date(),
    )
    record("venue.opened", venue.number, by=by, at=at, detail={"body": body.number, "name": venue.name, "district": district})
    return venue


@transaction.atomic
def change_venue(*, venue_number: str, name: str, address: str, tenure: str, leased_until: date | None, by: Actor, at: datetime) -> Venue:
    """This function will correct a venue's facts. A venue that moves to another district is closed and opened anew.

    :raises Refusal: as `open_venue`, and for a venue that is closed.
    """
    venue = _open_venue_of(venue_number, by, at.date())
    _check_venue(venue.body, name, address, tenure, leased_until, at.date(), but=venue)
    before = {"name": venue.name, "address": venue.address, "tenure": venue.tenure, "leased_until": str(venue.leased_until or "")}
    venue.name, venue.address, venue.tenure = name.strip(), address.strip(), tenure
    venue.leased_until = leased_until if tenure == Venue.Tenure.LEASED else None
    venue.save()
    record("venue.changed", venue.number, by=by, at=at, detail={"before": before})
    return venue


@transaction.atomic
def close_venue(*, venue_number: str, by: Actor, at: datetime, reason: str = "") -> Venue:
    """This function will close a venue and its rooms from `at`'s day on. :raises Refusal: when it is closed already."""
    venue = _open_venue_of(venue_number, by, at.date())
    venue.until = at.date()
    venue.save(update_fields=["until"])
    rooms = venue.rooms.filter(until__isnull=True).update(until=at.date())
    record("venue.closed", venue.number, by=by, at=at, reason=reason, detail={"body": venue.body.number, "rooms": rooms})
    return venue


@transaction.atomic
def add_room(
    *, venue_number: str, name: str, purpose: str, seats: int, cameras: int, equipment: str, by: Actor, at: datetime
) -> Room:
    """This function will add a room to a venue. :raises Refusal: for a closed venue, a name used there, impossible figures."""
    venue = _open_venue_of(venue_number, by, at.date())
    _check_room(venue, name, purpose, seats, cameras)
    room = Room.objects.create(venue=venue, name=name.strip(), purpose=purpose, seats=seats, cameras=cameras, equipment=equipment.strip())
    record("room.added", venue.number, by=by, at=at, detail={"room": room.name, "purpose": purpose, "seats": seats, "cameras": cameras})
    return room


@transaction.atomic
def change_room(
    *, room_id: int, name: str, purpose: str, seats: int, cameras: int, equipment: str, by: Actor, at: datetime
) -> Room:
    """This function will correct a room's facts. :raises Refusal: as `add_room`, and for a room that is closed."""
    room = _open_room(room_id, by, at.date())
    _check_room(room.venue, name, purpose, seats, cameras, but=room)
    before = {"name": room.name, "purpose": room.purpose, "seats": room.seats, "cameras": room.cameras}
    room.name, room.purpose, room.seats, room.cameras, room.equipment = name.strip(), purpose, seats, cameras, equipment.strip()
    room.save()
    record("room.changed", room.venue.number, by=by, at=at, detail={"room": room.name, "before": before})
    return room


@transaction.atomic
def close_room(*, room_id: int, by: Actor, at: datetime) -> Room:
    """This function will close a room from `at`'s day on. :raises Refusal: when it is closed already."""
    room = _open_room(room_id, by, at.date())
    room.until = at.date()
    room.save(update_fields=["until"])
    record("room.closed", room.venue.number, by=by, at=at, detail={"room": room.name})
    return room


def _open_venue_of(number: str, by: Actor, day: date) -> Venue:
    venue = Venue.objects.select_for_update(of=("self",)).select_related("body").get(number=number)
    permissions.check_may_keep(by, venue.body)
    if venue.until is not None and venue.until <= day:
        raise Refusal(f"考核点“{venue.name}”已于{venue.until:%Y年%m月%d日}停用。", EVIDENCE, "如需继续使用，请新增考核点。")
    return venue


def _open_room(room_id: int, by: Actor, day: date) -> Room:
    room = Room.objects.select_for_update(of=("self",)).select_related("venue__body").get(pk=room_id)
    permissions.check_may_keep(by, room.venue.body)
    if room.until is not None and room.until <= day:
        raise Refusal(f"考场“{room.name}”已停用。", EVIDENCE, "如需继续使用，请新增考场。")
    return room


def _check_venue(
    body: Body, name: str, address: str, tenure: str, leased_until: date | None, day: date, but: Venue | None = None
) -> None:
    for value, label in ((name, "考核点名称"), (address, "考核点地址")):
        if not value.strip():
            raise Refusal(f"{label}没有填写。", EVIDENCE, f"请填写{label}。")
    same = body.venues.filter(name=name.strip(), until__isnull=True)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Refusal(f"本机构已有名为“{name.strip()}”的考核点。", EVIDENCE, "请换一个能区分的名称。")
    if tenure not in Venue.Tenure.values:
        raise Refusal("没有说明考核点是自有还是租赁。", EVIDENCE, "请选择使用权。")
    if tenure == Venue.Tenure.LEASED:
        if leased_until is None:
            raise Refusal("租赁的考核点没有填写租赁到期日。", EVIDENCE, "请按租赁合同填写到期日。")
        if leased_until <= day:
            raise Refusal(f"租赁已于{leased_until:%Y年%m月%d日}到期。", EVIDENCE, "请先续签租赁合同，再填写新的到期日。")


def _check_room(venue: Venue, name: str, purpose: str, seats: int, cameras: int, but: Room | None = None) -> None:
    if not name.strip():
        raise Refusal("考场名称没有填写。", EVIDENCE, "请填写门上所挂的名称或房间号。")
    if purpose not in Room.Purpose.values:
        raise Refusal("没有说明考场的用途。", EVIDENCE, "请选择考场用途。")
    if not 0 <= seats <= MOST_SEATS or not 0 <= cameras <= MOST_SEATS:
        raise Refusal("座位数或摄像头数不合理。", our_default("考场数据范围"), f"请填写0至{MOST_SEATS}之间的数。")
    if seats == 0 and purpose != Room.Purpose.SECRECY:
        raise Refusal("考场至少要有1个座位或工位。", EVIDENCE, "请按实际可用的座位或工位填写。")
    same = venue.rooms.filter(name=name.strip(), until__isnull=True)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Refusal(f"考核点“{venue.name}”已有名为“{name.strip()}”的考场。", EVIDENCE, "请换一个能区分的名称。")
