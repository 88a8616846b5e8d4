"""接口密钥: a body's leader opens a key for a system of the body, limits it, changes its secret and retires it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import not_restricted
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.systems import CONNECTED, OLD_SECRET_LASTS, Scope, key_has_an_end
from touchstone.policy.violations.acts import Party
from touchstone.systems import permissions
from touchstone.systems.models import Key
from touchstone.systems.queries import holders, index_of

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

SHOWN = 8
"""How many places of a secret are kept in the clear, so that people can tell keys apart."""


@transaction.atomic
def make_key(
    *, body: "Body", name: str, holder_id: int, scopes: Collection[str], since: date, until: date, secret: str, by: Actor, at: datetime
) -> Key:
    """This function will open a key for a system of a body, for which the person behind `holder_id` (a log-in) answers. `secret` is made by the
    door and shown once; only its blind index is kept.

    :raises Refusal: without a name or a scope, for a day that has passed, too long a time, or somebody who does not act for the body.
    """
    permissions.check_may_keep_keys(by, body)
    if not name.strip():
        raise Refusal("请填写系统名称。", CONNECTED, "例如“培训考务系统”，用来区分多个系统。")
    if since < at.date():
        raise Refusal(f"启用日{since}已经过去。", CONNECTED, "请选择今天或以后的日期。")
    found = key_has_an_end(since, until)
    if found.outcome is not Outcome.MET:
        raise Refusal(f"{found.reason}。", found.clause, "请改短有效期；到期前可以另开新的密钥。")
    made = Key(body=body, name=name.strip()[:60], since=since, until=until, made_at=at, made_by_id=by.user_id)
    _limit(made, scopes, holder_id, at.date())
    made.begins, made.secret = secret[:SHOWN], index_of(secret)
    made.number = f"MY{at.year}{next_serial(f'system-key-{at.year}'):05d}"
    made.save()
    detail = {**_told(made), "since": since.isoformat(), "until": until.isoformat(), "begins": made.begins}
    record("system_key.made", made.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def limit_key(*, number: str, scopes: Collection[str], holder_id: int, by: Actor, at: datetime) -> Key:
    """This function will set anew what a key is for and who answers for it. :raises Refusal: see `make_key`, and for a key that is retired."""
    found = _locked(number, by)
    before = _told(found)
    _limit(found, scopes, holder_id, at.date())
    found.save(update_fields=["scopes", "holder"])
    record("system_key.limited", number, by=by, at=at, detail={"before": before, **_told(found)})
    return found


@transaction.atomic
def rotate_key(*, number: str, secret: str, by: Actor, at: datetime, at_once: bool = False) -> Key:
    """This function will give a key a new secret; the old one opens for the days laid down, so that the system can be changed over, or not at all
    any more (`at_once`).

    :raises Refusal: for a key that is retired.
    """
    found = _locked(number, by)
    found.former, found.former_until = None, None
    if not at_once:
        found.former, found.former_until = found.secret, at.date() + timedelta(days=OLD_SECRET_LASTS.on(at.date()).value)
    found.begins, found.secret, found.rotated_at = secret[:SHOWN], index_of(secret), at
    found.save(update_fields=["former", "former_until", "begins", "secret", "rotated_at"])
    detail = {"begins": found.begins, "former_until": found.former_until.isoformat() if found.former_until else None}
    record("system_key.rotated", number, by=by, at=at, detail=detail)
    return found


@transaction.atomic
def retire_key(*, number: str, reason: str, by: Actor, at: datetime) -> Key:
    """This function will end a key for good, at once. :raises Refusal: without a reason, or when it is retired."""
    found = _locked(number, by)
    if not reason.strip():
        raise Refusal("请填写停用原因。", CONNECTED, "例如系统下线、密钥可能泄露。")
    found.retired_at, found.retired_because, found.former = at, reason.strip()[:200], None
    found.save(update_fields=["retired_at", "retired_because", "former"])
    record("system_key.retired", number, by=by, at=at, reason=reason.strip(), detail=_told(found))
    return found


def _locked(number: str, by: Actor) -> Key:
    found = Key.objects.select_for_update(of=("self",)).select_related("body__office", "holder__person").get(number=number)
    permissions.check_may_keep_keys(by, found.body)
    if found.retired_at is not None:
        raise Refusal("这个接口密钥已经停用。", CONNECTED, "停用的密钥不能恢复，请另开新的密钥。")
    return found


def _limit(one: Key, scopes: Collection[str], holder_id: int, day: date) -> None:
    chosen = [scope.value for scope in Scope if scope.value in scopes]
    if not chosen:
        raise Refusal("请至少选择一项权限范围。", CONNECTED, "只选这个系统用得到的几项。")
    holder = next((user for user in holders(one.body, day) if user.pk == holder_id), None)
    if holder is None or holder.person is None:
        raise Refusal("责任人不是本机构在岗的经办人或负责人。", CONNECTED, "请从名单中选择；需要新增的，请先授予其岗位。")
    standing = not_restricted(holder.person.pk, Party.STAFF, day)
    if standing.outcome is not Outcome.MET:
        raise Refusal(f"{holder.person.name}{standing.reason}。", standing.clause, "请另选责任人。")
    one.scopes, one.holder = chosen, holder


def _told(one: Key) -> dict[str, object]:
    return {"name": one.name, "scopes": one.scopes, "holder": one.holder.display_name}
