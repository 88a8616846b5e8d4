"""变更类别: a body becomes of another kind from a day on, and what it was before still reads as it was."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, FormerFact
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.roles import BodyKind

LAW = notice("三(一)2")


@transaction.atomic
def change_kind(*, body: Body, kind: BodyKind, case: str, by: Actor, at: datetime) -> Body:
    """This function will make a body of another kind from `at`'s day on, on the strength of a case, and keep its former kind with that day.

    :raises NotAllowed: unless by the director of 市职鉴中心 or the platform. :raises Refusal: when it is of that kind already.
    """
    permissions.check_may_change_kind(by)
    body = Body.objects.select_for_update(of=("self",)).select_related("office").get(pk=body.pk)
    before = BodyKind(body.kind)
    if before is kind:
        raise Refusal(f"{body.name}已是{kind.label}。", LAW, "无需变更类别。")
    FormerFact.objects.create(body=body, kind=before, name=body.name, until=at.date(), case=case, recorded_at=at)
    body.kind = kind
    body.save(update_fields=["kind"])
    record("body.kind_changed", body.number, by=by.with_key(""), at=at, detail={"before": before.value, "kind": kind.value, "case": case})
    return body
