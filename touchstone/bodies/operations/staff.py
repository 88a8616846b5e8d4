"""人员队伍: who begins and who ends to serve a body, in which duty?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import enter_person
from touchstone.accounts.queries import not_restricted
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, StaffMember
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.violations.acts import Party

if TYPE_CHECKING:
    from touchstone.catalogue.models import Occupation

CORPS = notice("三(二)2")
EVIDENCE = notice("三(二)5")


@transaction.atomic
def add_staff(
    *,
    body: Body,
    name: str,
    id_number: str,
    duty: str,
    post: str,
    full_time: bool,
    occupation: "Occupation | None",
    highest_level: int | None,
    qualification: str,
    by: Actor,
    at: datetime,
) -> StaffMember:
    """This function will let a person serve a body in a duty. An assessor needs occupation, highest level and qualification.

    :raises Refusal: for a wrong identity number, a duty unknown or held already, an assessor without qualification, or somebody kept away.
    """
    permissions.check_may_keep(by, body)
    if duty not in StaffMember.Duty.values:
        raise Refusal("没有说明该人员的职责。", EVIDENCE, "请选择职责。")
    if not name.strip():
        raise Refusal("姓名没有填写。", EVIDENCE, "请按身份证填写姓名。")
    if duty == StaffMember.Duty.ASSESSOR:
        if occupation is None or highest_level not in range(1, 6):
            raise Refusal("考评人员没有说明考评的职业和可考评的最高等级。", CORPS, "请选择职业和等级，须与其资格证书一致。")
        if not qualification.strip():
            raise Refusal("考评人员没有填写资格证书编号。", CORPS, "请按考评员资格证书填写；尚未取得资格的，请先参加培训考核。")
    else:
        occupation, highest_level = None, None
    person = enter_person(name=name, id_number=id_number, by=by.with_key(""), at=at)
    standing = not_restricted(person.pk, Party.STAFF, at.date())
    if standing.outcome is not Outcome.MET:
        raise Refusal(f"{person.name}{standing.reason}。", standing.clause, "请另选人员；限制期满后可以再添加，对处理决定有异议的，由其本人申诉。")
    Body.objects.select_for_update().get(pk=body.pk)
    label = StaffMember.Duty(duty).label
    if body.staff.filter(person=person, duty=duty, occupation=occupation, until__isnull=True).exists():
        what = f"{label}（{occupation.name}）" if occupation else label
        raise Refusal(f"{person.name}已是本机构的{what}。", EVIDENCE, "如信息有变化，请先结束原来的记录，再重新添加。")
    member = StaffMember.objects.create(
        body=body,
        person=person,
        duty=duty,
        post=post.strip(),
        full_time=full_time,
        occupation=occupation,
        highest_level=highest_level,
        qualification=qualification.strip(),
        since=at.date(),
    )
    detail = {"person": person.number, "duty": duty, "occupation": occupation.code if occupation else "", "highest_level": highest_level}
    record("staff.added", body.number, by=by, at=at, detail=detail)
    return member


@transaction.atomic
def end_staff(*, member_id: int, by: Actor, at: datetime, reason: str = "") -> StaffMember:
    """This function will end a person's duty from `at`'s day on. :raises Refusal: when it has ended already."""
    member = StaffMember.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=member_id)
    permissions.check_may_keep(by, member.body)
    if member.until is not None:
        raise Refusal(f"{member.person.name}的这项职责已经结束。", EVIDENCE, "无需重复办理。")
    member.until = max(at.date(), member.since)
    member.save(update_fields=["until"])
    detail = {"person": member.person.number, "duty": member.duty}
    record("staff.ended", member.body.number, by=by, at=at, reason=reason, detail=detail)
    return member
