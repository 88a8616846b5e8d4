"""资料冻结: what an office called for is not altered by the body until the office releases it; the one place that says so."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.bodies.models import Body, RecordHold
from touchstone.kernel.law import Refusal
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.records import FROZEN, Frozen


def hold_records(*, body: Body, things: Iterable[tuple[Frozen, str]], call: str, office_id: int, at: datetime) -> None:
    """This function will freeze things (of what kind, under which number) for a call. It is part of the operation that called for them, which has
    checked who may and writes the ledger line."""
    known = dict.fromkeys(things)
    rows = [RecordHold(body=body, thing=thing.value, reference=number, call=call, office_id=office_id, since=at) for thing, number in known]
    RecordHold.objects.bulk_create(rows)


def release_records(*, call: str, at: datetime, thing: Frozen | None = None, reference: str = "") -> int:
    """This function will release what a call froze (of one thing alone, when named) and count it; part of the operation that ends it, as above."""
    held = RecordHold.objects.filter(call=call, released_at__isnull=True)
    return (held.filter(thing=thing.value, reference=reference) if thing else held).update(released_at=at)


def check_left_alone(*, by: Actor, thing: Frozen, reference: str) -> None:
    """This function will let a body alter something of its own only while no office has frozen it. What offices decide, what the platform carries out
    and what candidates do about themselves goes on, and shows. :raises Refusal: naming the call."""
    if by.office_kind is not OfficeKind.ASSESSMENT_BODY:
        return
    standing = RecordHold.objects.filter(thing=thing.value, reference=reference, released_at__isnull=True)
    held = standing.select_related("office").order_by("since").first()
    if held is None:
        return
    sentence = f"{thing.label}{reference}已由{held.office.name}于{localtime(held.since).date()}调取（{held.call}）并冻结，{thing.refused}。"
    raise Refusal(sentence, FROZEN, f"确需改动的，请写明情况，由{held.office.name}在该次调取中解除冻结；办结或者撤回调取以后自动解除。")
