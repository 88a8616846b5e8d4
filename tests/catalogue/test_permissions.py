"""目录权限: who may change the list, who may enter standards, and who may not?"""

import pytest

from tests.bodies.people import AT, DAY, actor, make_body, office
from touchstone.accounts.actor import VISITOR, Actor, NotAllowed
from touchstone.catalogue import operations, permissions
from touchstone.catalogue.models import CatalogueImport, Occupation
from touchstone.ledger.models import Entry
from touchstone.policy.roles import OfficeKind, Role

LIST = {
    "enter_occupation": {"code": "1-01-01-01", "name": "甲", "since": DAY},
    "end_occupation": {"code": "6-31-01-03", "until": DAY, "reason": "调整"},
    "enter_trade": {"code": "6-31-01-03", "name": "矿山电工", "since": DAY},
    "open_levels": {"code": "6-31-01-03", "trade": "", "levels": (5,), "since": DAY, "document": "目录"},
    "end_level": {"level_id": 1, "until": DAY, "reason": "调整"},
    "recode_occupation": {"code": "6-31-01-03", "new_code": "6-31-01-04", "since": DAY, "reason": "调整"},
    "import_occupations": {"name": "a.csv", "content": b"code,name\n6-31-01-03,x\n", "dry_run": False},
    "load_shipped": {},
}
NEW_EDITION = {"number": "1", "kind": "national", "code": "6-31-01-03", "title": "t", "edition": "e", "levels": (5,), "in_force_from": DAY}
STANDARDS = {
    "enter_standard": NEW_EDITION,
    "approve_specification": {"number": "1", "approved_on": DAY},
    "end_standard": {"number": "1", "until": DAY, "reason": "调整"},
}


def someone(kind: OfficeKind | None, role: Role | None) -> Actor:
    if kind is None or role is None:
        return VISITOR
    found = make_body().office if kind is OfficeKind.ASSESSMENT_BODY else office(kind, district="310110" if "bureau" in kind else "")
    return actor(found, role)


OUTSIDERS = [
    pytest.param(None, None, id="未登录"),
    pytest.param(OfficeKind.ASSESSMENT_BODY, Role.BODY_LEADER, id="机构负责人"),
    pytest.param(OfficeKind.DISTRICT_BUREAU, Role.DIRECTOR, id="区局负责人"),
    pytest.param(OfficeKind.INDUSTRY_AUTHORITY, Role.DIRECTOR, id="行业负责人"),
    pytest.param(OfficeKind.CITY_CENTRE, Role.SUPERVISOR, id="中心督导员"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "role"), OUTSIDERS)
@pytest.mark.parametrize("verb", [*LIST, *STANDARDS])
def test_refuses_and_changes_nothing(verb: str, kind: OfficeKind | None, role: Role | None) -> None:
    by = someone(kind, role)
    lines = Entry.objects.count()
    with pytest.raises(NotAllowed) as told:
        getattr(operations, verb)(**{**LIST, **STANDARDS}[verb], by=by, at=AT)
    assert told.value.clause is not None
    assert Entry.objects.count() == lines
    assert not Occupation.objects.exists()
    assert not CatalogueImport.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "act", "may"),
    [
        pytest.param(Role.POLICY_OFFICER, "keep_list", True, id="政策管理员可维护目录"),
        pytest.param(Role.POLICY_OFFICER, "keep_standards", True, id="政策管理员可登记标准"),
        pytest.param(Role.REGISTRAR, "keep_list", False, id="备案登记员不能维护目录"),
        pytest.param(Role.REGISTRAR, "keep_standards", True, id="备案登记员可登记标准"),
    ],
)
def test_who_may_at_the_centre(role: Role, act: str, may: bool) -> None:
    by = actor(office(OfficeKind.CITY_CENTRE), role)
    assert permissions.can(by, act) is may
    assert (permissions.why_not(by, act) == "") is may
