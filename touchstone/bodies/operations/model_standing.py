"""示范机构: which social body is named as a model, by whom, and when is that taken back?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, ModelStanding
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, records, weakest
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.roles import BodyKind

MODEL = notice("二(二)")


@transaction.atomic
def name_model(*, body: Body, findings: Sequence[Finding], reason: str, by: Actor, at: datetime) -> ModelStanding:
    """This function will name a social body as a model. `findings` are what the conditions came to: they rest on its filings, which are
    known above, and the door brings them.

    :raises Refusal: when one of them is not met, without a reason, or for one that is a model already.
    """
    permissions.check_may_name_model(by)
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.kind != BodyKind.SOCIAL:
        raise Refusal("只有社会培训评价组织可以认定为示范机构。", MODEL, "请核对机构类别。")
    if not findings or weakest(findings) is not Outcome.MET:
        details = tuple(f"{one.reason}（依据：{one.clause}）" for one in findings if one.outcome is not Outcome.MET)
        raise Refusal(f"{body.name}还不具备认定为示范机构的条件。", MODEL, "请在条件具备后再认定。", details)
    if not reason.strip():
        raise Refusal("没有写明认定理由。", MODEL, "请写明理由，将随机构信息公开。")
    if body.model_standings.filter(until__isnull=True).exists():
        raise Refusal(f"{body.name}已是示范机构。", MODEL, "无需重复认定。")
    made = ModelStanding.objects.create(body=body, since=at.date(), reason=reason.strip(), named_at=at, named_by_id=by.user_id)
    record("body.model_named", body.number, by=by, at=at, reason=reason, detail={"findings": records(findings)})
    return made


@transaction.atomic
def take_back_model(*, body: Body, reason: str, by: Actor, at: datetime) -> ModelStanding:
    """This function will end a body's standing as a model from `at`'s day on. :raises Refusal: without a reason or a standing."""
    permissions.check_may_name_model(by)
    body = Body.objects.select_for_update().get(pk=body.pk)
    standing = body.model_standings.filter(until__isnull=True).first()
    if standing is None:
        raise Refusal(f"{body.name}现在不是示范机构。", MODEL, "无需办理取消。")
    if not reason.strip():
        raise Refusal("没有写明取消理由。", MODEL, "请写明理由，将通知该机构。")
    standing.until, standing.ended_because = at.date(), reason.strip()
    standing.save(update_fields=["until", "ended_because"])
    record("body.model_taken_back", body.number, by=by, at=at, reason=reason)
    return standing
