"""机构自身页面: can a body keep its facts, venues, rooms and staff, and nobody else's?"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bodies.people import id_number
from tests.cast import Cast
from touchstone.bodies.models import Room, StaffMember, Venue
from touchstone.ledger.models import Entry
from touchstone.simulation.filing import equip

VENUE = {"name": "二号实训楼", "address": "虚构路1号", "district": "310110", "tenure": "owned", "leased_until": ""}
ROOM = {"act": "add_room", "name": "201机房", "purpose": "theory", "seats": "36", "cameras": "2", "equipment": ""}


def client_of(cast: Cast, username: str) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    user = cast.person(username).user
    client.force_login(user, backend="touchstone.accounts.backends.PasswordBackend")
    return client


def text(response) -> str:
    """Give the words of a page, without markup."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.fixture
def lin(cast: Cast) -> Client:
    """Give 林, who files for body 甲."""
    return client_of(cast, "lin")


@pytest.fixture
def venue(cast: Cast) -> Venue:
    """Give body 甲 a venue, rooms and staff."""
    return Venue.objects.get(number=equip(cast.body_a, by=cast.lin, at=cast.at))


def pages(venue: Venue) -> dict[str, str]:
    return {
        "机构信息": reverse("body:profile"),
        "考核点列表": reverse("body:venues"),
        "新增考核点": reverse("body:venue_new"),
        "考核点": reverse("body:venue", args=[venue.number]),
        "考场": reverse("body:room", args=[venue.number, venue.rooms.order_by("pk")[0].pk]),
        "人员": reverse("body:staff"),
        "添加人员": reverse("body:staff_new"),
        "结束职责": reverse("body:staff_end"),
    }


NAMES = ["机构信息", "考核点列表", "新增考核点", "考核点", "考场", "人员", "添加人员", "结束职责"]


@pytest.mark.parametrize("name", NAMES)
def test_who_comes_through(cast: Cast, venue: Venue, lin: Client, name: str) -> None:
    """本机构打开；主管部门看到一句说明；未登录先登录；别家机构的考核点不存在。"""
    address = pages(venue)[name]
    assert lin.get(address).status_code == 200
    assert Client(headers={"host": "127.0.0.1"}).get(address).status_code == 302
    refused = client_of(cast, "zhou").get(address)
    assert refused.status_code == 403
    assert "评价机构的工作页面" in text(refused)
    other = client_of(cast, "shi").get(address).status_code
    assert other == (404 if name in {"考核点", "考场"} else 200)


@pytest.mark.parametrize("name", ["新增考核点", "考场", "添加人员", "结束职责"])
def test_a_planner_may_look_but_not_change(cast: Cast, venue: Venue, name: str) -> None:
    """考务经办人不能维护机构信息，页面说明找谁。"""
    refused = client_of(cast, "sun").get(pages(venue)[name])
    assert refused.status_code == 403
    assert "由备案经办人或机构负责人维护" in text(refused)


def test_profile_is_saved_and_what_was_typed_stays_when_refused(cast: Cast, lin: Client) -> None:
    """保存后可见；漏填一项时，其余内容仍在。"""
    facts = {"address": "新路8号", "legal_representative": "钱书瑶", "contact_name": "林知夏", "contact_phone": "021-1234", "introduction": ""}
    assert lin.post(reverse("body:profile"), facts).status_code == 302
    assert "新路8号" in lin.get(reverse("body:profile")).content.decode()
    again = lin.post(reverse("body:profile"), {**facts, "address": "更新的路9号", "contact_phone": ""})
    assert "更新的路9号" in again.content.decode()
    assert "请填写联系电话" in text(again)
    cast.body_a.refresh_from_db()
    assert cast.body_a.address == "新路8号"


def test_a_venue_from_the_form_to_its_end(cast: Cast, lin: Client) -> None:
    """新增考核点，登记考场，改考场，停用考场，停用考核点。"""
    made = lin.post(reverse("body:venue_new"), VENUE)
    found = Venue.objects.get(name="二号实训楼")
    address = reverse("body:venue", args=[found.number])
    assert made.headers["Location"] == address
    assert lin.post(address, ROOM).status_code == 302
    room = Room.objects.get(venue=found)
    twice = lin.post(address, ROOM)
    assert "已有名为“201机房”的考场" in text(twice)
    assert lin.post(reverse("body:room", args=[found.number, room.pk]), {**ROOM, "seats": "30"}).status_code == 302
    room.refresh_from_db()
    assert room.seats == 30
    lin.post(address, {"act": "close_room", "room": str(room.pk)})
    lin.post(address, {"act": "close", "reason": "搬迁"})
    found.refresh_from_db()
    assert found.until is not None
    assert "已停用" in text(lin.get(address))
    assert "登记考场" not in text(lin.get(address))


def test_a_lease_needs_its_end_and_outside_the_city_is_a_choice(lin: Client) -> None:
    """租赁须填到期日；外省市的考核点可以登记，不属于任何一个区。"""
    answer = lin.post(reverse("body:venue_new"), {**VENUE, "tenure": "leased"})
    assert "请按合同填写租赁到期日" in text(answer)
    assert "二号实训楼" in answer.content.decode()
    assert not Venue.objects.filter(name="二号实训楼").exists()
    assert lin.post(reverse("body:venue_new"), {**VENUE, "district": "outside"}).status_code == 302
    assert Venue.objects.get(name="二号实训楼").district == ""


def test_another_bodys_rooms_cannot_be_closed_through_my_venue(cast: Cast, venue: Venue) -> None:
    """拿别家考场的编号停用，得到“不存在”。"""
    theirs = venue.rooms.order_by("pk")[0]
    mine = Venue.objects.get(number=equip(cast.body_b, by=cast.shi, at=cast.at, first=400))
    answer = client_of(cast, "shi").post(reverse("body:venue", args=[mine.number]), {"act": "close_room", "room": str(theirs.pk)})
    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.until is None


STAFF = {"name": "毛一新", "id_number": "", "duty": "assessor", "post": "", "full_time": "yes", "qualification": "KP77"}


@pytest.mark.parametrize(
    ("occupation", "words"),
    [
        pytest.param("6-18-01-01 车工", "", id="从列表中选择"),
        pytest.param("车工", "", id="写名称"),
        pytest.param("数控车工", "", id="写工种"),
        pytest.param("工", "对应多个职业", id="太含糊"),
        pytest.param("炼丹师", "目录中没有", id="目录之外"),
        pytest.param("", "没有说明考评的职业", id="没写"),
    ],
)
def test_an_assessors_occupation_must_be_one_of_the_catalogue(lin: Client, occupation: str, words: str) -> None:
    """考评职业按编码、名称或工种选定；不明确时说明怎样改，已填内容仍在。"""
    answer = lin.post(reverse("body:staff_new"), {**STAFF, "id_number": id_number(990), "occupation": occupation, "highest_level": "3"})
    if words:
        assert words in text(answer)
        assert "毛一新" in answer.content.decode()
        assert not StaffMember.objects.filter(person__name="毛一新").exists()
    else:
        assert answer.status_code == 302
        assert StaffMember.objects.get(person__name="毛一新", occupation__code="6-18-01-01").highest_level == 3


def test_staff_leave_as_a_file_masked_and_on_record(cast: Cast, venue: Venue, lin: Client) -> None:
    """导出的名单证件号码只显示一部分，导出留痕。"""
    answer = lin.get(reverse("body:staff"), {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    members = StaffMember.objects.filter(body=cast.body_a)
    assert len(lines) == members.count() + 1
    assert all("***********" in line for line in lines[1:])
    assert Entry.objects.get(event="list.exported").detail == {"list": "staff", "format": "csv", "rows": members.count()}


def test_duties_end_after_a_look_with_an_outcome_for_each(cast: Cast, venue: Venue, lin: Client) -> None:
    """批量结束：先看名单，再逐人办理，逐人有结果；别家的人不在其中。"""
    equip(cast.body_b, by=cast.shi, at=cast.at, first=400)
    mine = list(StaffMember.objects.filter(body=cast.body_a).order_by("pk")[:2])
    theirs = StaffMember.objects.filter(body=cast.body_b)[0]
    rows = [str(member.pk) for member in (*mine, theirs)]
    address = reverse("body:staff_end")
    shown = lin.post(address, {"row": rows, "action": "end"})
    assert mine[0].person.name in text(shown)
    assert not StaffMember.objects.filter(until__isnull=False).exists()
    lin.post(reverse("body:staff_end"), {"row": rows[:1], "confirmed": "1", "request_key": "k1"})
    done = lin.post(address, {"row": rows, "confirmed": "1", "reason": "离职", "request_key": "k2"}, follow=True)
    assert text(done).count("自今天起结束") == 1
    assert text(done).count("已经结束") == 1
    theirs.refresh_from_db()
    assert theirs.until is None


@pytest.mark.parametrize("name", ["考核点列表", "人员"])
def test_lists_ask_as_often_for_many_rows_as_for_few(cast: Cast, venue: Venue, lin: Client, name: str) -> None:
    """列表页的查询次数不随行数增加。"""
    address = pages(venue)[name]
    lin.get(address)
    with CaptureQueriesContext(connection) as few:
        lin.get(address)
    for number in range(5):
        lin.post(reverse("body:venue_new"), {**VENUE, "name": f"{number}号楼"})
        lin.post(reverse("body:staff_new"), {**STAFF, "name": f"毛{number}", "id_number": id_number(900 + number), "duty": "invigilator"})
    lin.get(address)  # takes the messages
    with CaptureQueriesContext(connection) as many:
        shown = lin.get(address)
    assert "4号楼" in text(shown) or "毛4" in text(shown)
    assert len(many) == len(few) <= 16
