"""登记材料的查看: which offices and people may open what a body entered, and who sees a whole identity number?"""

from dataclasses import replace

import pytest

from tests.bodies.people import AT, actor, everyone_in, id_number, office
from tests.bodies.test_populations import Scene, agreement, commission, pilot, scene, student, subsidiary, worker
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor, NotAllowed
from touchstone.bodies import operations, permissions
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.roles import OfficeKind, Role

__all__ = ["scene"]
pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 paper"


def of(kind: OfficeKind, role: Role, **ground: str) -> Actor:
    """Somebody in such an office, without a log-in: only who they are matters."""
    return Actor(1, "某人", 9_999, kind.label, kind, roles=frozenset({role}), **ground)


HERE, FOREIGN = {"district": "310110"}, {"district": "310151"}
FIELD, OTHER_FIELD = {"industry": "machinery"}, {"industry": "catering"}
D, B, C, I = OfficeKind.DISTRICT_BUREAU, OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.INDUSTRY_AUTHORITY  # noqa: E741
WHO = [
    ("本区受理经办人", of(D, Role.INTAKE_CLERK, **HERE), True, True),
    ("本区质量督导员", of(D, Role.SUPERVISOR, **HERE), True, True),
    ("本区审批负责人", of(D, Role.DIRECTOR, **HERE), True, True),
    ("本区技术评估员", of(D, Role.TECHNICAL_ASSESSOR, **HERE), True, False),
    ("外区审批负责人", of(D, Role.DIRECTOR, **FOREIGN), False, False),
    ("市职鉴中心登记员", of(C, Role.REGISTRAR), True, True),
    ("市职鉴中心政策管理员", of(C, Role.POLICY_OFFICER), True, False),
    ("市局审批负责人", of(B, Role.DIRECTOR), True, True),
    ("本行业意见经办人", of(I, Role.CONSENT_OFFICER, **FIELD), True, False),
    ("本行业审批负责人", of(I, Role.DIRECTOR, **FIELD), True, False),
    ("别的行业审批负责人", of(I, Role.DIRECTOR, **OTHER_FIELD), False, False),
    ("市局系统管理员", of(B, Role.SYSTEM_ADMINISTRATOR), False, False),
    ("运行单位审计管理员", of(OfficeKind.OPERATOR, Role.AUDIT_ADMINISTRATOR), False, False),
    ("访客", VISITOR, False, False),
]


@pytest.mark.parametrize(("who", "reads", "unmasks"), [w[1:] for w in WHO], ids=[w[0] for w in WHO])
def test_who_may_read_and_who_may_unmask(scene: Scene, who: Actor, reads: bool, unmasks: bool) -> None:
    assert permissions.can_read_registers(who, scene.firm) is reads
    assert (permissions.why_not_unmask(who, scene.firm) == "") is unmasks


def test_the_body_reads_its_own_and_no_other_bodys(scene: Scene) -> None:
    assert permissions.can_read_registers(scene.lin, scene.firm)
    assert not permissions.can_read_registers(scene.lin, scene.school)
    assert "只供该机构和负责管理的部门查看" in permissions.why_not_read_registers(scene.lin, scene.school)


def test_a_whole_number_is_seen_with_a_reason_and_on_record(scene: Scene) -> None:
    """没有理由、没有权限都看不到，也不留下已查看的记录；写明理由后可以看到，记录谁看了谁。"""
    number = worker(scene).number
    clerk = everyone_in(office(OfficeKind.DISTRICT_BUREAU, district=scene.firm.district), serial=610)
    before = Entry.objects.count()
    for wrong, reason in ((clerk, " "), (scene.lin, "核对"), (replace(clerk, district="310151"), "核对"), (VISITOR, "核对")):
        with pytest.raises(Refusal):
            operations.unmask_identity(number=number, reason=reason, by=wrong, at=AT)
    assert Entry.objects.count() == before
    assert operations.unmask_identity(number=number, reason="核对考生身份", by=clerk, at=AT) == id_number(11)
    line = Entry.objects.get(event="identity.unmasked")
    assert (line.subject, line.reason, line.detail["number"], line.actor_id) == (scene.firm.number, "核对考生身份", number, clerk.user_id)


def test_a_paper_with_identity_numbers_is_opened_with_a_reason(scene: Scene) -> None:
    number = worker(scene).number
    kept = operations.file_evidence(number=number, label="劳动合同", name="合同.pdf", content=PDF, by=scene.lin, at=AT)
    clerk = actor(office(OfficeKind.CITY_CENTRE, number="centre-2"), Role.INTAKE_CLERK, serial=611)
    with pytest.raises(Refusal, match="没有写明查看的理由"):
        operations.open_personal_paper(number=number, attachment=kept.number, reason="", by=clerk, at=AT)
    with pytest.raises(Refusal, match="没有这份材料"):
        operations.open_personal_paper(number=number, attachment="A0", reason="核对", by=clerk, at=AT)
    with pytest.raises(NotAllowed, match="由人社部门"):
        planner = replace(clerk, roles=frozenset({Role.POLICY_OFFICER}))
        operations.open_personal_paper(number=number, attachment=kept.number, reason="核对", by=planner, at=AT)
    assert operations.open_personal_paper(number=number, attachment=kept.number, reason="核对", by=clerk, at=AT) == kept
    assert Entry.objects.get(event="paper.opened").detail["label"] == "劳动合同"


@pytest.mark.parametrize("enter", [agreement, commission, subsidiary, pilot], ids=["协议", "委托", "下属企业", "试点"])
def test_what_is_no_person_has_no_identity_number(scene: Scene, enter) -> None:
    with pytest.raises(Refusal, match="不是人员登记"):
        operations.unmask_identity(number=enter(scene).number, reason="核对", by=PLATFORM, at=AT)


def test_a_students_number_too(scene: Scene) -> None:
    assert operations.unmask_identity(number=student(scene).number, reason="核对", by=PLATFORM, at=AT) == id_number(12)


def test_papers_with_identity_numbers_take_a_reason() -> None:
    """职工、学生、名册和委托（附名单）的材料须写明理由才能打开；协议、下属企业和试点的不用。"""
    assert [permissions.needs_reason(f"{kind}2026000001") for kind in ("ZG", "XJ", "MC", "WT", "XY", "XS", "SD")] == [True] * 4 + [False] * 3
