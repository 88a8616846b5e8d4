"""机构系统查询: which keys has a body, how much are they used, and what came of a batch?"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.people import field_key
from touchstone.accounts.queries import holdings_in, users_of
from touchstone.bodies.queries import bodies
from touchstone.policy.documents import notice
from touchstone.policy.systems import CONNECTED
from touchstone.systems.models import Batch, BatchRow, Key, Usage
from touchstone.systems.permissions import ACTING
from touchstone.systems.states import BatchState

if TYPE_CHECKING:
    from touchstone.accounts.models import User
    from touchstone.bodies.models import Body, BodySet

SEEN = timedelta(days=30)
"""How far back pages look at the use of a key."""
KeySet = QuerySet[Key]
BatchRowSet = QuerySet[BatchRow]


def index_of(secret: str) -> bytes:
    """This function will give the blind index under which a secret is kept."""
    return field_key().blind_index(secret, "systems.key.secret")


def keys_of(body: "Body", day: date) -> KeySet:
    """This function will give a body's keys, the newest first, each with its requests of the last 30 days and those refused or failed."""
    own = Key.objects.filter(body=body).select_related("holder__person").order_by("-id")
    return own.annotate(
        requests=_recent("requests", day, key=OuterRef("pk")),
        wrong=_recent(F("refused") + F("failed"), day, key=OuterRef("pk")),
    )


def key(number: str, body: "Body") -> Key:
    """This function will give a key of a body. :raises NotAllowed: when it is another's, or there is none."""
    found = Key.objects.filter(body=body, number=number).select_related("holder__person", "made_by__person", "body").first()
    if found is None:
        raise NotAllowed("没有这个接口密钥，或者它不属于本机构。", CONNECTED, "请从“系统对接”列表中打开。")
    return found


def holders(body: "Body", day: date) -> list["User"]:
    """This function will give the log-ins that may answer for a key: those who act for the body in its office on `day`."""
    names = {role.value for role in ACTING}
    open_now = Q(until__isnull=True) | Q(until__gt=day)
    acting = set(holdings_in(body.office).filter(open_now, role__in=names, since__lte=day).values_list("person_id", flat=True))
    return [user for user in users_of(body.office, day).order_by("person__name_key", "pk") if user.person_id in acting]


def usage_by_action(one: Key, day: date) -> list[dict[str, Any]]:
    """This function will give, for the last 30 days, how often a key did each thing, how often it was refused and how often it failed."""
    found = one.usage.filter(day__gt=day - SEEN).values("action")
    summed = found.annotate(requests=Sum("requests"), refused=Sum("refused"), failed=Sum("failed")).order_by("action")
    return [dict(line) for line in summed]


def connected_bodies(actor: Actor, day: date) -> "BodySet":
    """This function will give the bodies on the actor's ground that ever had a key: with keys in force, requests, refused, failed, last use."""
    in_force = Q(system_keys__retired_at__isnull=True, system_keys__since__lte=day, system_keys__until__gt=day)
    return (
        bodies(actor)
        .filter(system_keys__isnull=False)
        .annotate(
            keys=Count("system_keys", filter=in_force),
            used_at=Max("system_keys__last_used_at"),
            **{what: _recent(what, day, key__body=OuterRef("pk")) for what in ("requests", "refused", "failed")},
        )
        .order_by("number")
    )


def batches_of(body: "Body") -> QuerySet[Batch]:
    """This function will give a body's batches, the newest first."""
    return Batch.objects.filter(key__body=body).select_related("key").order_by("-id")


def batch(number: str, body: "Body") -> Batch:
    """This function will give a batch of a body. :raises NotAllowed: when it is another's, or there is none."""
    found = batches_of(body).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这个批次，或者它不属于本机构。", notice("三(二)4"), "请核对批次编号。")
    return found


def any_batch(number: str) -> Batch:
    """This function will give a batch with its key, whoever's it is. :raises Batch.DoesNotExist:"""
    return Batch.objects.select_related("key__body__office", "key__holder__person").get(number=number)


def outcomes(of: Batch) -> BatchRowSet:
    """This function will give what came of every row of a batch that was taken so far."""
    return of.outcomes.order_by("row")


def unfinished_batches() -> QuerySet[Batch]:
    """This function will give the batches that wait or are being worked on, the oldest first."""
    return Batch.objects.filter(state__in=[BatchState.WAITING, BatchState.RUNNING]).order_by("id")


def _recent(what: str | CombinedExpression, day: date, **of: OuterRef) -> Coalesce:
    """How often something happened in the last 30 days, for what `of` names."""
    found = Usage.objects.filter(day__gt=day - SEEN, **of).order_by().values(*of)
    return Coalesce(Subquery(found.annotate(n=Sum(what)).values("n")), 0)
