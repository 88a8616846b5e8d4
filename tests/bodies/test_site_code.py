"""站点代码: is every code six digits, one body's only, and kept for good?"""

import pytest

from tests.bodies.people import AT, actor, everyone_in, make_body, office
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.bodies.models import Body
from touchstone.bodies.operations import assign_site_code
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.roles import OfficeKind, Role

pytestmark = pytest.mark.django_db


def test_the_next_free_code_passes_over_those_taken() -> None:
    first, second, third = make_body(1), make_body(2), make_body(3)
    assert assign_site_code(body=first, code="000002", by=PLATFORM, at=AT).site_code == "000002"
    assert assign_site_code(body=second, code="", by=PLATFORM, at=AT).site_code not in {"000002", "", None}
    codes = {assign_site_code(body=body, code="", by=PLATFORM, at=AT).site_code for body in (first, second, third)}
    assert len(codes) == 3


def test_the_same_code_again_changes_nothing() -> None:
    body = assign_site_code(body=make_body(), code="100001", by=PLATFORM, at=AT)
    lines = Entry.objects.count()
    assert assign_site_code(body=body, code="", by=PLATFORM, at=AT).site_code == "100001"
    assert Entry.objects.count() == lines


@pytest.mark.parametrize(
    ("code", "says"),
    [
        pytest.param("12345", "不是有效的站点代码", id="只有五位"),
        pytest.param("12345A", "不是有效的站点代码", id="有字母"),
        pytest.param("000000", "不是有效的站点代码", id="全为0"),
        pytest.param("१२३४५६", "不是有效的站点代码", id="别种数字"),
        pytest.param("100001", "已分配给东方1号机械有限公司", id="已分配给别家"),
    ],
)
def test_refuses_and_changes_nothing(code: str, says: str) -> None:
    assign_site_code(body=make_body(1), code="100001", by=PLATFORM, at=AT)
    body = make_body(2)
    lines = Entry.objects.count()
    with pytest.raises(Refusal, match=says):
        assign_site_code(body=body, code=code, by=PLATFORM, at=AT)
    assert not Body.objects.filter(pk=body.pk, site_code__isnull=False).exists()
    assert Entry.objects.count() == lines


def test_a_code_once_given_is_not_changed() -> None:
    body = assign_site_code(body=make_body(), code="100001", by=PLATFORM, at=AT)
    with pytest.raises(Refusal, match="不能改动"):
        assign_site_code(body=body, code="100002", by=PLATFORM, at=AT)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        pytest.param(OfficeKind.CITY_CENTRE, {Role.INTAKE_CLERK}, id="中心受理经办人"),
        pytest.param(OfficeKind.DISTRICT_BUREAU, {Role.DIRECTOR}, id="区局审批负责人"),
        pytest.param(OfficeKind.ASSESSMENT_BODY, {Role.BODY_LEADER}, id="机构负责人"),
    ],
)
def test_only_the_centres_registrar_assigns(kind: OfficeKind, roles: set[Role]) -> None:
    body = make_body()
    by = actor(body.office if kind is OfficeKind.ASSESSMENT_BODY else office(kind, district="310110" if "bureau" in kind else ""), *roles)
    with pytest.raises(NotAllowed, match="备案登记员"):
        assign_site_code(body=body, code="", by=by, at=AT)


def test_the_registrar_assigns() -> None:
    assert assign_site_code(body=make_body(), code="", by=everyone_in(office(OfficeKind.CITY_CENTRE)), at=AT).site_code == "000001"
