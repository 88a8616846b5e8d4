"""回避: an inspector says to which body they must not be sent; it counts from the next freezing of a roster on."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import person_behind
from touchstone.bodies.queries import bodies_named
from touchstone.inspections import permissions
from touchstone.inspections.models import Recusal
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.inspections import LAW, Ground


@transaction.atomic
def declare_recusal(*, body_number: str, ground: Ground | str, words: str, by: Actor, at: datetime) -> Recusal:
    """This function will put down that the actor stays away from a body. :raises Refusal: for no such body, or one declared already."""
    permissions.check_may_declare(by)
    person, body = person_behind(by), bodies_named([body_number.strip()]).first()
    assert person is not None
    if body is None:
        raise Refusal(f"没有编号为{body_number.strip()}的评价机构。", LAW, "请从评价机构名录中核对机构编号。")
    if Recusal.objects.filter(person=person, body=body, ground=Ground(ground), ended_at__isnull=True).exists():
        raise Refusal(f"您已经申报对{body.name}回避。", LAW, "不需要重复申报。")
    made = Recusal.objects.create(
        person=person, office_id=by.office_id, body=body, ground=Ground(ground), words=words.strip()[:200], declared_at=at, declared_by_id=by.user_id
    )
    record("recusal.declared", person.number, by=by, at=at, reason=made.words, detail={"body": body.number, "ground": made.ground, "note": body.name})
    return made


@transaction.atomic
def end_recusal(*, key: int, reason: str, by: Actor, at: datetime) -> Recusal:
    """This function will end a recusal whose ground has gone. :raises NotAllowed: one's own. :raises Refusal: without a reason, or ended before."""
    found = Recusal.objects.select_for_update(of=("self",)).select_related("person", "body").filter(pk=key, ended_at__isnull=True).first()
    if found is None:
        raise Refusal("没有这项回避，或者它已经解除。", LAW, "请刷新页面查看。")
    permissions.check_may_end_recusal(by, found)
    if not reason.strip():
        raise Refusal("解除回避须写明理由。", LAW, "例如：亲属已离职满三年。")
    found.ended_at, found.ended_because = at, reason.strip()[:200]
    found.save()
    detail = {"body": found.body.number, "ground": found.ground, "note": found.body.name}
    record("recusal.ended", found.person.number, by=by, at=at, reason=found.ended_because, detail=detail)
    return found
