"""人员队伍: who may be entered in which duty, and what is kept of whom?"""

from datetime import timedelta

import pytest

from tests.bodies.people import AT, DAY, actor, id_number, make_body
from touchstone.accounts.actor import PLATFORM, Actor, NotAllowed
from touchstone.accounts.models import Person
from touchstone.bodies import operations, queries
from touchstone.bodies.models import Body, StaffMember
from touchstone.catalogue.models import Occupation
from touchstone.catalogue.operations import enter_occupation
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Body:
    return make_body()


@pytest.fixture
def filer(body: Body) -> Actor:
    return actor(body.office, Role.BODY_FILER)


@pytest.fixture
def turner() -> Occupation:
    return enter_occupation(code="6-18-01-01", name="车工", since=DAY, by=PLATFORM, at=AT)


def add(body: Body, by: Actor, **changed: object) -> StaffMember:
    serial = changed.pop("serial", 1)
    assert isinstance(serial, int)
    values: dict[str, object] = {
        "name": f"张{serial}",
        "id_number": id_number(serial),
        "duty": "manager",
        "post": "主任",
        "full_time": True,
        "occupation": None,
        "highest_level": None,
        "qualification": "",
        **changed,
    }
    return operations.add_staff(body=body, **values, by=by, at=AT)  # type: ignore[arg-type]


def test_one_person_may_hold_several_duties_but_each_once(body: Body, filer: Actor, turner: Occupation) -> None:
    add(body, filer)
    assessing = {"duty": "assessor", "occupation": turner, "highest_level": 3, "qualification": "KP1"}
    add(body, filer, **assessing)
    with pytest.raises(Refusal, match="已是本机构的考评人员（车工）"):
        add(body, filer, **assessing)
    assert Person.objects.filter(name="张1").count() == 1
    assert queries.staff_counts(body, DAY) == {"manager": 1, "assessor": 1, "internal_supervisor": 0, "invigilator": 0}


def test_a_duty_ends_from_its_day_on_and_may_begin_again(body: Body, filer: Actor) -> None:
    member = add(body, filer)
    later = AT + timedelta(days=10)
    operations.end_staff(member_id=member.pk, reason="离职", by=filer, at=later)
    assert queries.staff_of(body, DAY).count() == 1
    assert not queries.staff_of(body, later.date()).exists()
    with pytest.raises(Refusal, match="已经结束"):
        operations.end_staff(member_id=member.pk, by=filer, at=later)
    assert add(body, filer).pk != member.pk


def test_identity_is_masked_in_the_row_and_absent_from_the_ledger(body: Body, filer: Actor) -> None:
    member = add(body, filer)
    assert member.person.id_masked.count("*") == 11
    assert all(id_number(1) not in str(line.detail) for line in Entry.objects.all())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"id_number": "310999199001010"}, "15位旧号", id="十五位号码"),
        pytest.param({"name": ""}, "姓名没有填写", id="没有姓名"),
        pytest.param({"duty": "boss"}, "没有说明该人员的职责", id="没有职责"),
        pytest.param({"duty": "assessor"}, "没有说明考评的职业", id="考评人员没有职业"),
        pytest.param({"duty": "assessor", "level": 3}, "没有填写资格证书编号", id="考评人员没有证书"),
        pytest.param({"duty": "assessor", "level": 6, "qualification": "KP1"}, "没有说明考评的职业", id="六级"),
        pytest.param({"name": "李四", "id_number": id_number(500)}, "另一姓名", id="证件号码属于别人"),
    ],
)
def test_refuses_and_changes_nothing(body: Body, filer: Actor, turner: Occupation, changed: dict[str, object], says: str) -> None:
    if "level" in changed:
        changed = {**changed, "occupation": turner, "highest_level": changed["level"]}
        del changed["level"]
    before = (StaffMember.objects.count(), Person.objects.count(), Entry.objects.count())
    with pytest.raises(Refusal, match=says):
        add(body, filer, **changed)
    assert (StaffMember.objects.count(), Person.objects.count(), Entry.objects.count()) == before


def test_another_body_may_neither_add_nor_end(body: Body, filer: Actor) -> None:
    member = add(body, filer)
    other = actor(make_body(2).office, Role.BODY_LEADER, serial=502)
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        add(body, other, serial=9)
    with pytest.raises(NotAllowed):
        operations.end_staff(member_id=member.pk, by=other, at=AT)
    assert Entry.objects.count() == before
    assert StaffMember.objects.get().until is None
