"""限制与解除: a decided case keeps a body away from something for a time, and a later decision lets it back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, BodyRestriction
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.supervision.restrictions import LAW, Barred, Restriction


@transaction.atomic
def restrict(*, body: Body, restrictions: Sequence[Restriction], reason: str, by: Actor, at: datetime) -> list[BodyRestriction]:
    """This function will keep a body away from what a decided case says, one dated row each. It is part of the operation that decides the case.

    :raises Refusal: without a reason, or for one without an end.
    """
    permissions.check_may_restrict(by)
    if not reason.strip():
        raise Refusal("没有写明限制的事由。", LAW, "请写明所依据的处理决定。")
    made = []
    for one in restrictions:
        if one.period.until is None:
            raise Refusal(f"限制{one.barred.label}没有写明到哪一天为止。", LAW, "请写明限制的期限。")
        made.append(
            BodyRestriction.objects.create(
                body=body,
                barred=one.barred,
                since=one.period.since,
                until=one.period.until,
                case=one.case,
                clause=str(LAW),
                reason=reason.strip()[:300],
                imposed_at=at,
            )
        )
    told = [{"case": one.case, "barred": str(one.barred), "since": one.since.isoformat(), "until": one.until.isoformat()} for one in made]
    if made:
        record("body.restricted", body.number, by=by.with_key(""), at=at, reason=reason.strip(), detail={"restrictions": told, "clause": str(LAW)})
    return made


@transaction.atomic
def lift(*, case: str, reason: str, by: Actor, at: datetime, barred: Collection[Barred] = ()) -> int:
    """This function will end from today on what a case keeps a body away from (of `barred` alone, where named), and count the rows; whether it may be
    ended early the app that decides has checked. Nothing is restricted backwards, so nothing is freed backwards either.

    :raises Refusal: without a reason.
    """
    permissions.check_may_restrict(by)
    if not reason.strip():
        raise Refusal("没有写明解除的理由。", LAW, "请写明复查、申诉的结论。")
    standing = BodyRestriction.objects.select_for_update(of=("self",)).select_related("body").filter(case=case, lifted_at__isnull=True)
    found = list(standing.filter(barred__in=[one.value for one in barred]) if barred else standing)
    for one in found:
        one.lifted_on, one.lifted_at, one.lifted_because = localtime(at).date(), at, reason.strip()[:300]
        one.save(update_fields=["lifted_on", "lifted_at", "lifted_because"])
    if found:
        told = {"case": case, "barred": [str(one.barred) for one in found]}
        record("body.restriction_lifted", found[0].body.number, by=by.with_key(""), at=at, reason=reason.strip(), detail=told)
    return len(found)
