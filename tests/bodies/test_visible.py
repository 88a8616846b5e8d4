"""看得见谁: territory line × industry line, one office after another (`通知 一`, `三(三)1`)."""

import pytest

from tests.bodies.people import AT, DAY, actor, make_body, office
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor, NotAllowed
from touchstone.bodies import operations, permissions, queries
from touchstone.bodies.models import Body
from touchstone.policy.roles import ROLES_OF_OFFICE, OfficeKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies() -> list[Body]:
    """1 registered in 杨浦 (machinery), 2 in 静安 (catering) with a venue in 杨浦, 3 in 静安 (machinery)."""
    found = [make_body(1), make_body(2, district="310106", industry="catering"), make_body(3, district="310106")]
    operations.open_venue(
        body=found[1], name="杨浦点", address="一号", district="310110", tenure="owned", leased_until=None, by=PLATFORM, at=AT
    )
    return found


def someone(kind: OfficeKind, district: str = "", industry: str = "") -> Actor:
    return actor(office(kind, district=district, industry=industry), sorted(ROLES_OF_OFFICE[kind])[0])


@pytest.mark.parametrize(
    ("kind", "district", "industry", "sees"),
    [
        pytest.param(OfficeKind.CITY_BUREAU, "", "", {1, 2, 3}, id="市局看全市"),
        pytest.param(OfficeKind.CITY_CENTRE, "", "", {1, 2, 3}, id="市职鉴中心看全市"),
        pytest.param(OfficeKind.DISTRICT_BUREAU, "310110", "", {1, 2}, id="区局看注册在本区和考核点在本区的"),
        pytest.param(OfficeKind.DISTRICT_BUREAU, "310106", "", {2, 3}, id="另一个区"),
        pytest.param(OfficeKind.DISTRICT_BUREAU, "310151", "", set(), id="没有机构的区"),
        pytest.param(OfficeKind.INDUSTRY_AUTHORITY, "", "machinery", {1, 3}, id="市行业主管看本行业"),
        pytest.param(OfficeKind.INDUSTRY_AUTHORITY, "310106", "machinery", {3}, id="区行业主管看本区本行业"),
        pytest.param(OfficeKind.INDUSTRY_AUTHORITY, "", "health", set(), id="没有机构的行业"),
    ],
)
def test_an_office_sees_what_is_its_own(bodies: list[Body], kind: OfficeKind, district: str, industry: str, sees: set[int]) -> None:
    by = someone(kind, district, industry)
    assert set(queries.bodies(by)) == {bodies[number - 1] for number in sees}
    for number, body in enumerate(bodies, 1):
        if number in sees:
            permissions.check_may_see(by, body)
        else:
            with pytest.raises(NotAllowed, match="辖区和行业范围"):
                queries.body(body.number, by)


def test_a_body_sees_itself_and_a_visitor_nobody(bodies: list[Body]) -> None:
    leader = actor(bodies[0].office, sorted(ROLES_OF_OFFICE[OfficeKind.ASSESSMENT_BODY])[0])
    assert list(queries.bodies(leader)) == [bodies[0]]
    assert not queries.bodies(VISITOR).exists()


def test_a_closed_venue_no_longer_counts(bodies: list[Body]) -> None:
    operations.close_venue(venue_number=bodies[1].venues.get().number, by=PLATFORM, at=AT)
    assert set(queries.bodies(someone(OfficeKind.DISTRICT_BUREAU, "310110"))) == {bodies[0]}
    assert not queries.venues_of(bodies[1], DAY).exists()
