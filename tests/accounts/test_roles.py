"""岗位: who may grant what, and what may not be held together?"""

from datetime import date
from typing import Any

import pytest

from tests.cast import START, Cast
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.accounts.models import Holding
from touchstone.accounts.operations import RoleConflict, end_role, grant_role, set_up_office
from touchstone.accounts.queries import actors_of, office
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.roles import OfficeKind, Role

DAY = START.date()


def test_granting_a_role_writes_one_line(cast: Cast) -> None:
    """授予岗位，写一行存证。"""
    before = Entry.objects.count()
    grant_role(person=cast.person("lin"), office=cast.body_a.office, role=Role.BODY_PLANNER, since=DAY, by=cast.qin, at=START)
    assert Entry.objects.count() == before + 1
    assert cast.lin.roles == {Role.BODY_FILER, Role.BODY_PLANNER}


def test_granting_again_writes_no_second_line(cast: Cast) -> None:
    """重复授予不产生第二行。"""
    before = Entry.objects.count(), Holding.objects.count()
    grant_role(person=cast.person("lin"), office=cast.body_a.office, role=Role.BODY_FILER, since=DAY, by=cast.qin, at=START)
    assert (Entry.objects.count(), Holding.objects.count()) == before


@pytest.mark.parametrize(
    ("who", "office_number", "role", "sentence"),
    [
        pytest.param("lin", "BODY-A", Role.BODY_LEADER, "授予和收回岗位由安全管理员办理", id="经办人不能授予岗位"),
        pytest.param("zhu", "BODY-A", Role.BODY_LEADER, "授予和收回岗位由安全管理员办理", id="系统管理员不能授予岗位"),
        pytest.param("qian", "BODY-B", Role.BODY_FILER, "只能管理本机构人员", id="负责人不能授予别家机构的岗位"),
        pytest.param("qin", "BODY-A", Role.DIRECTOR, "不设", id="评价机构没有审批负责人岗位"),
    ],
)
def test_refuses_to_grant_and_changes_nothing(cast: Cast, who: str, office_number: str, role: Role, sentence: str) -> None:
    """拒绝授予且什么都没变。"""
    place = {"BODY-A": cast.body_a.office, "BODY-B": cast.body_b.office}[office_number]
    before = Entry.objects.count(), Holding.objects.count()
    with pytest.raises(Refusal, match=sentence):
        grant_role(person=cast.person("sun"), office=place, role=role, since=DAY, by=getattr(cast, who), at=START)
    assert (Entry.objects.count(), Holding.objects.count()) == before


def test_nobody_holds_two_administrators_roles(cast: Cast) -> None:
    """三类管理员不得兼任。"""
    with pytest.raises(RoleConflict, match="不得由同一人兼任"):
        grant_role(person=cast.person("zhu"), office=office("OPS"), role=Role.AUDIT_ADMINISTRATOR, since=DAY, by=cast.qin, at=START)


def test_a_role_ends_on_its_day_and_not_before(cast: Cast) -> None:
    """收回之日起不再持有，之前仍持有。"""
    holding = Holding.objects.get(person=cast.person("lin"))
    end_role(holding_id=holding.pk, until=date(2026, 6, 1), by=cast.qin, at=START, reason="调离")
    user = cast.person("lin").user
    assert [a.roles for a in actors_of(user, date(2026, 5, 31))] == [frozenset({Role.BODY_FILER})]
    assert actors_of(user, date(2026, 6, 1)) == []
    with pytest.raises(Refusal, match="已经收回"):
        end_role(holding_id=holding.pk, until=DAY, by=cast.qin, at=START)


def test_a_leader_grants_roles_in_their_own_body(cast: Cast) -> None:
    """负责人可以管理本机构岗位。"""
    grant_role(person=cast.person("sun"), office=cast.body_a.office, role=Role.BODY_FILER, since=DAY, by=cast.qian, at=START)
    assert Role.BODY_FILER in cast.sun.roles


def test_office_numbers_are_unique_and_security_sets_up_none(cast: Cast) -> None:
    """设立机构，编号不能重复，安全管理员不能设立。"""
    given: dict[str, Any] = {"kind": OfficeKind.INDUSTRY_AUTHORITY, "name": "某委", "short_name": "某委", "at": START}
    with pytest.raises(NotAllowed):
        set_up_office(number="NEW", by=cast.qin, **given)
    set_up_office(number="NEW", by=cast.zhu, **given)
    with pytest.raises(Refusal, match="已被使用"):
        set_up_office(number="NEW", by=PLATFORM, **given)
