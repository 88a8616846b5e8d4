"""考核点与考场: what may be opened, changed and closed, by whom, and what has not changed after a refusal?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.bodies.people import AT, DAY, actor, make_body, office
from touchstone.accounts.actor import VISITOR, Actor, NotAllowed
from touchstone.bodies import operations, queries
from touchstone.bodies.models import Body, Room, Venue
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.roles import OfficeKind, Role

pytestmark = pytest.mark.django_db
VENUE = {"name": "实训中心", "address": "长阳路1号", "district": "310110", "tenure": "owned", "leased_until": None}
ROOM = {"name": "101", "purpose": "theory", "seats": 40, "cameras": 2, "equipment": "课桌"}


@pytest.fixture
def body() -> Body:
    return make_body()


@pytest.fixture
def filer(body: Body) -> Actor:
    return actor(body.office, Role.BODY_FILER)


def open_one(body: Body, by: Actor, **changed: object) -> Venue:
    return operations.open_venue(body=body, **{**VENUE, **changed}, by=by, at=AT)  # type: ignore[arg-type]


def add_one(venue: Venue, by: Actor, **changed: object) -> Room:
    return operations.add_room(venue_number=venue.number, **{**ROOM, **changed}, by=by, at=AT)  # type: ignore[arg-type]


def everything() -> list[object]:
    return [list(Venue.objects.order_by("pk").values()), list(Room.objects.order_by("pk").values()), Entry.objects.count()]


def test_a_venue_and_its_rooms(body: Body, filer: Actor) -> None:
    venue = open_one(body, filer)
    room = add_one(venue, filer)
    assert venue.number == "KD000001"
    assert queries.districts_of(body, DAY) == ["310110"]
    assert list(queries.rooms_of_body(body, DAY)) == [room]
    (found,) = queries.venues_of(body, DAY)
    assert found.open_rooms == 1  # type: ignore[attr-defined]


def test_closing_a_venue_closes_its_rooms_from_that_day_on(body: Body, filer: Actor) -> None:
    venue = open_one(body, filer)
    add_one(venue, filer)
    operations.close_venue(venue_number=venue.number, reason="搬迁", by=filer, at=AT)
    assert not queries.venues_of(body, DAY).exists()
    assert queries.venues_of(body, DAY - timedelta(days=1)).exists()
    assert not queries.rooms_of_body(body, DAY).exists()
    before = everything()
    for verb in (
        lambda: add_one(venue, filer, name="102"),
        lambda: operations.close_venue(venue_number=venue.number, by=filer, at=AT),
        lambda: change(venue, filer),
    ):
        with pytest.raises(Refusal, match="已于2026年11月02日停用"):
            verb()
    assert everything() == before


def change(venue: Venue, by: Actor, **changed: object) -> Venue:
    kept = {name: value for name, value in {**VENUE, **changed}.items() if name != "district"}
    return operations.change_venue(venue_number=venue.number, **kept, by=by, at=AT)  # type: ignore[arg-type]


def test_a_name_becomes_free_again_when_its_venue_is_closed(body: Body, filer: Actor) -> None:
    venue = open_one(body, filer)
    with pytest.raises(Refusal, match="已有名为"):
        open_one(body, filer)
    operations.close_venue(venue_number=venue.number, by=filer, at=AT)
    assert open_one(body, filer).pk != venue.pk


def test_changes_keep_what_stood_before_on_record(body: Body, filer: Actor) -> None:
    venue = open_one(body, filer)
    change(venue, filer, name="新实训中心", tenure="leased", leased_until=date(2028, 1, 1))
    line = Entry.objects.get(event="venue.changed")
    assert line.detail["before"]["name"] == "实训中心"
    room = add_one(venue, filer)
    operations.change_room(room_id=room.pk, **{**ROOM, "seats": 30}, by=filer, at=AT)  # type: ignore[arg-type]
    assert Room.objects.get().seats == 30
    operations.close_room(room_id=room.pk, by=filer, at=AT)
    with pytest.raises(Refusal, match="考场“101”已停用"):
        operations.close_room(room_id=room.pk, by=filer, at=AT)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"name": " "}, "考核点名称没有填写", id="没有名称"),
        pytest.param({"address": ""}, "考核点地址没有填写", id="没有地址"),
        pytest.param({"district": "320500"}, "不是本市16个区之一", id="外省市的区"),
        pytest.param({"tenure": "borrowed"}, "自有还是租赁", id="借用"),
        pytest.param({"tenure": "leased"}, "没有填写租赁到期日", id="租赁没有到期日"),
        pytest.param({"tenure": "leased", "leased_until": DAY}, "租赁已于", id="租赁当天到期"),
    ],
)
def test_a_venue_refused_changes_nothing(body: Body, filer: Actor, changed: dict[str, object], says: str) -> None:
    before = everything()
    with pytest.raises(Refusal, match=says) as told:
        open_one(body, filer, **changed)
    assert told.value.clause is not None
    assert told.value.next_step
    assert everything() == before


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"name": ""}, "考场名称没有填写", id="没有名称"),
        pytest.param({"name": "101 "}, "已有名为", id="同名考场"),
        pytest.param({"name": "2", "purpose": "party"}, "没有说明考场的用途", id="没有用途"),
        pytest.param({"name": "2", "seats": 0}, "至少要有1个座位", id="没有座位"),
        pytest.param({"name": "2", "seats": -1}, "不合理", id="负数座位"),
        pytest.param({"name": "2", "cameras": 5001}, "不合理", id="摄像头太多"),
    ],
)
def test_a_room_refused_changes_nothing(body: Body, filer: Actor, changed: dict[str, object], says: str) -> None:
    venue = open_one(body, filer)
    add_one(venue, filer)
    before = everything()
    with pytest.raises(Refusal, match=says):
        add_one(venue, filer, **changed)
    assert everything() == before


def test_a_room_for_papers_needs_no_seats(body: Body, filer: Actor) -> None:
    assert add_one(open_one(body, filer), filer, purpose="secrecy", seats=0).seats == 0


def strangers(body: Body) -> dict[str, Callable[[], Actor]]:
    return {
        "未登录": lambda: VISITOR,
        "本机构考务经办人": lambda: actor(body.office, Role.BODY_PLANNER, serial=601),
        "别家机构负责人": lambda: actor(make_body(2).office, Role.BODY_LEADER, serial=602),
        "本区受理经办人": lambda: actor(office(OfficeKind.DISTRICT_BUREAU, district="310110"), Role.INTAKE_CLERK, serial=603),
        "中心备案登记员": lambda: actor(office(OfficeKind.CITY_CENTRE), Role.REGISTRAR, serial=604),
    }


@pytest.mark.parametrize("who", ["未登录", "本机构考务经办人", "别家机构负责人", "本区受理经办人", "中心备案登记员"])
def test_others_may_not_touch_a_bodys_facts(body: Body, filer: Actor, who: str) -> None:
    venue = open_one(body, filer)
    room = add_one(venue, filer)
    stranger = strangers(body)[who]()
    before = everything()
    for verb in (
        lambda: open_one(body, stranger, name="二号"),
        lambda: change(venue, stranger, name="二号"),
        lambda: operations.close_venue(venue_number=venue.number, by=stranger, at=AT),
        lambda: add_one(venue, stranger, name="2"),
        lambda: operations.change_room(room_id=room.pk, **ROOM, by=stranger, at=AT),  # type: ignore[arg-type]
        lambda: operations.close_room(room_id=room.pk, by=stranger, at=AT),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert everything() == before
