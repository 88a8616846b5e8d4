"""机构入驻: who is entered, who is refused, and what has not changed afterwards?"""

from datetime import date

import pytest

from tests.bodies.people import AT, DAY, PASSWORD, actor, facts, id_number, make_body, uscc
from touchstone.accounts.actor import PLATFORM, VISITOR, NotAllowed
from touchstone.accounts.models import Office, Person, User
from touchstone.accounts.queries import actors_of
from touchstone.bodies import operations, queries
from touchstone.bodies.models import Body
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.ledger.queries import history
from touchstone.policy.roles import OfficeKind, Role

pytestmark = pytest.mark.django_db
FIRST = operations.FirstPerson("林小满", id_number(1), "13800000001", "lin", PASSWORD)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Body, Office, Person, User, Entry))


def test_a_body_comes_in_with_its_own_office() -> None:
    body = make_body()
    assert body.office.kind == OfficeKind.ASSESSMENT_BODY
    assert (body.office.district, body.office.industry, body.office.name) == ("310110", "machinery", body.name)
    assert body.site_code is None
    assert [line.event for line in history(body.number)] == ["office.set_up", "body.registered"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"uscc": "91310101MA00000X"}, "应为18位", id="信用代码少两位"),
        pytest.param({"uscc": uscc(9)[:17] + ("0" if uscc(9)[17] != "0" else "1")}, "校验位不符", id="信用代码校验位错"),
        pytest.param({"uscc": uscc(2)}, "已经入驻", id="信用代码已入驻"),
        pytest.param({"name": "东方2号 机械有限公司"}, "同名机构", id="同名机构已入驻"),
        pytest.param({"district": "320500"}, "16个区", id="注册地在外省市"),
        pytest.param({"district": ""}, "16个区", id="没有注册地"),
        pytest.param({"name": " "}, "机构名称没有填写", id="没有名称"),
        pytest.param({"industry": ""}, "所属行业没有填写", id="没有行业"),
        pytest.param({"address": ""}, "注册地址没有填写", id="没有地址"),
        pytest.param({"legal_representative": ""}, "法定代表人没有填写", id="没有法定代表人"),
        pytest.param({"founded_on": date(2026, 11, 3)}, "成立日期晚于今天", id="成立日期在明天"),
    ],
)
def test_refuses_and_changes_nothing(changed: dict[str, object], says: str) -> None:
    make_body(2)
    before = counts()
    with pytest.raises(Refusal, match=says) as told:
        operations.register_body(**facts(1, **changed), by=VISITOR, at=AT)  # type: ignore[arg-type]
    assert told.value.clause is not None
    assert told.value.next_step
    assert counts() == before


def test_somebody_who_acts_for_a_body_cannot_register_another() -> None:
    filer = actor(make_body(2).office, Role.BODY_FILER)
    before = counts()
    with pytest.raises(NotAllowed, match="一个账号只代表一家机构"):
        operations.register_body(**facts(1), by=filer, at=AT)  # type: ignore[arg-type]
    assert counts() == before


def test_full_width_code_and_brackets_are_put_right() -> None:
    wide = "".join(chr(ord(place) + 0xFEE0) for place in uscc(1))
    body = make_body(1, uscc=wide, name="东方（上海）有限公司")
    assert (body.uscc, body.name) == (uscc(1), "东方（上海）有限公司")


def test_the_first_person_leads_files_and_plans() -> None:
    body = operations.sign_up(person=FIRST, **facts(), by=VISITOR, at=AT)  # type: ignore[arg-type]
    (acting,) = actors_of(User.objects.get(username="lin"), DAY)
    assert acting.office_id == body.office_id
    assert acting.roles == {Role.BODY_LEADER, Role.BODY_FILER, Role.BODY_PLANNER}


@pytest.mark.parametrize(
    ("person", "says"),
    [
        pytest.param({"id_number": id_number(1)[:-1] + "?"}, "末位应为数字或X", id="证件号码写错"),
        pytest.param({"password": "12345678"}, "密码过于简单", id="密码太简单"),
        pytest.param({"username": "taken"}, "已被使用", id="登录名已有人用"),
        pytest.param({"id_number": id_number(500), "name": "王500"}, "已有登录账号", id="本人已有账号"),
        pytest.param({"id_number": id_number(500), "name": "别人"}, "另一姓名", id="证件号码属于别人"),
    ],
)
def test_sign_up_refuses_and_changes_nothing(person: dict[str, str], says: str) -> None:
    other = actor(make_body(2).office, Role.BODY_FILER)
    assert other.user_id
    User.objects.filter(pk=other.user_id).update(username="taken")
    before = counts()
    with pytest.raises(Refusal, match=says):
        operations.sign_up(person=operations.FirstPerson(**{**FIRST.__dict__, **person}), **facts(), by=VISITOR, at=AT)  # type: ignore[arg-type]
    assert counts() == before


def test_a_body_changes_its_profile_but_not_into_nothing() -> None:
    body = make_body()
    filer = actor(body.office, Role.BODY_FILER)
    new = {"address": "杨浦区平凉路2号", "legal_representative": "赵新", "contact_name": "林", "contact_phone": "021-1", "introduction": "机床"}
    operations.change_profile(body=body, **new, by=filer, at=AT)
    assert Body.objects.filter(pk=body.pk, **new).exists()
    line = history(body.number).last()
    assert line is not None
    assert line.detail["changed"]["address"] == ["杨浦区长阳路1号", "杨浦区平凉路2号"]
    before = counts()
    with pytest.raises(Refusal, match="联系电话不能为空"):
        operations.change_profile(body=body, **{**new, "contact_phone": " "}, by=filer, at=AT)
    assert counts() == before


def test_search_finds_by_part_of_the_name_and_by_code() -> None:
    body, other = make_body(1), make_body(2)
    assert list(queries.search("1号机械")) == [body]
    assert list(queries.search(other.uscc.lower())) == [other]
    assert list(queries.search("东方")) == [body, other]
    assert not queries.search("西方").exists()


def test_the_platform_registers_bodies_too() -> None:
    assert operations.register_body(**facts(), by=PLATFORM, at=AT).number == "PJ000001"  # type: ignore[arg-type]
