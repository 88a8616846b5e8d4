"""接口准入: a request with a key is let in as the person who answers for the key, counted, and held to its pace."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection
from django.db.models import Case, F, Q, Value, When

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import actors_of
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.systems import CONNECTED, key_is_in_force, requests_are_few_enough
from touchstone.systems.models import Key
from touchstone.systems.permissions import ACTING
from touchstone.systems.queries import index_of


class KeyRefused(Refusal):
    """There is no such key, or it does not open today."""


class TooManyRequests(Refusal):
    """The key was used too often within a minute."""


@dataclass(frozen=True)
class Admitted:
    """Who came in: by which key, and as whom they act."""

    key: Key
    actor: Actor


def admit(*, secret: str, at: datetime) -> Admitted:
    """This function will let in whoever brings the secret of a key that is in force, and count the request.

    :raises KeyRefused: for an unknown, retired or ended key, and one whose holder no longer acts for the body. :raises TooManyRequests:
    """
    day, index = at.date(), index_of(secret)
    found = (
        Key.objects.select_related("body__office", "holder__person")
        .filter(Q(secret=index) | Q(former=index, former_until__gt=day))
        .first()
    )
    if found is None:
        raise KeyRefused("接口密钥不正确。", CONNECTED, "请核对请求头 Authorization: Bearer 后的密钥；已更换的，请改用新密钥。")
    actor = acting_for(found, day)
    pace = requests_are_few_enough(_counted(found, at), day)
    if pace.outcome is not Outcome.MET:
        raise TooManyRequests(f"{pace.reason}。", pace.clause, "请在响应头 Retry-After 所示的秒数之后再试；大量数据请合并成批次提交。")
    return Admitted(found, actor)


def acting_for(key: Key, day: date) -> Actor:
    """This function will give whoever answers for a key, as they act in the body's office on `day`. :raises KeyRefused: when it does not open."""
    actor = next((one for one in actors_of(key.holder, day) if one.office_id == key.body.office_id), None)
    serves = actor is not None and actor.has(*ACTING)
    standing = key_is_in_force(key.since, key.until, key.retired_at is not None, serves, day)
    if standing.outcome is not Outcome.MET or actor is None:
        raise KeyRefused(f"{standing.reason}。", standing.clause, "请由本机构负责人在“系统对接”页另开密钥，或更换责任人。")
    return replace(actor, through=f"{key.name} {key.number}")


def _counted(key: Key, at: datetime) -> int:
    """Count this request in its minute and give the count; committed at once, so that a refused request counts too."""
    minute = at.replace(second=0, microsecond=0)
    more = Case(When(minute=minute, then=F("in_minute") + 1), default=Value(1))
    Key.objects.filter(pk=key.pk).update(in_minute=more, minute=minute, last_used_at=at)
    return Key.objects.values_list("in_minute", flat=True).get(pk=key.pk)


def count_request(*, key: Key, action: str, code: int, at: datetime) -> None:
    """This function will count what a key did: answered, refused (4xx) or failed (5xx)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO systems_usage (key_id, day, action, requests, refused, failed) VALUES (%s, %s, %s, 1, %s, %s) "
            "ON CONFLICT (key_id, day, action) DO UPDATE SET requests = systems_usage.requests + 1, "
            "refused = systems_usage.refused + EXCLUDED.refused, failed = systems_usage.failed + EXCLUDED.failed",
            [key.pk, at.date(), action, int(400 <= code < 500), int(code >= 500)],
        )
