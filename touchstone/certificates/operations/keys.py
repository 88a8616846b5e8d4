"""发证密钥: a body gets a key, the city countersigns it, another takes its place, and it is retired; what it signed stays verifiable.

The first key of a body is made and countersigned by the platform when the body first issues: with its site code the city centre admitted it already,
and nobody who issues need know of keys. Every further key that the body's leader makes is vouched for by a person of the city centre.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.queries import city_centre
from touchstone.certificates import permissions
from touchstone.certificates.facts.bundle import entry_of
from touchstone.certificates.facts.keys import city_root, code_of, key_facts, new_pair, owner_facts, sealed_pair
from touchstone.certificates.facts.public import key_line
from touchstone.certificates.models import Certificate, IssuerKey
from touchstone.certificates.states import MOVES, KeyState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.certificates.keys import KEY_LASTS, SIGNED_BY_ISSUER, key_may_be_countersigned, key_may_sign
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.trust.signing import fingerprint

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

MATTER = "countersign_issuer_key"


@transaction.atomic
def make_key(*, body: "Body", by: Actor, at: datetime) -> IssuerKey:
    """This function will make a new key for a body and put it before the city centre; until it is countersigned the present one signs on.

    :raises NotAllowed: unless the body's leader asks. :raises Refusal: while another one waits.
    """
    permissions.check_may(by, "make_key", body.office_id)
    _one_at_a_time(body)
    waiting = IssuerKey.objects.filter(body=body, state=KeyState.MADE).first()
    if waiting is not None:
        raise Refusal(f"发证密钥{waiting.number}正等待市职鉴中心加签。", SIGNED_BY_ISSUER, "请等待加签；不再需要的，先停用它再生成新的。")
    row = _made(body, by, at)
    title = f"加签发证密钥：{body.name}（指纹 {row.fingerprint[:16]}）"
    open_task(case=row.number, matter=MATTER, title=title[:200], office_id=city_centre().pk, role=Role.REGISTRAR, by=by, at=at)
    return row


@transaction.atomic
def countersign_key(*, number: str, by: Actor, at: datetime) -> IssuerKey:
    """This function will vouch for a body's key: from now on it signs, and the one before is retired.

    :raises NotAllowed: unless the city centre asks. :raises Refusal: when it does not wait, or the body may not issue.
    """
    row = _locked(number)
    permissions.check_may(by, "countersign_key", row.body.office_id if row.body else 0)
    MOVES.check("countersign", KeyState(row.state))
    if city_root() is None:
        next_step = "请平台系统管理员用 touchstone keys root 生成，或设置 TOUCHSTONE_CITY_ROOT。"
        raise Refusal("平台还没有市级根密钥。", SIGNED_BY_ISSUER, next_step)
    return _countersigned(row, by, at, reason="")


@transaction.atomic
def retire_key(*, number: str, reason: str, by: Actor, at: datetime, leaked: bool = False) -> IssuerKey:
    """This function will retire a key at once and destroy its private half. When the body next issues, the platform makes it another. Of a key that
    may have leaked only those signatures are believed from then on that the public log holds.

    :raises NotAllowed: unless the body's leader or the city centre asks. :raises Refusal: when it is retired already, or no reason is given.
    """
    row = _locked(number)
    permissions.check_may(by, "retire_key", row.body.office_id if row.body else 0)
    MOVES.check("retire", KeyState(row.state))
    if not reason.strip():
        raise Refusal("请写明停用发证密钥的原因。", SIGNED_BY_ISSUER, "原因记入存证，供日后核查。")
    row.leaked = leaked
    _retired(row, reason.strip()[:200], by, at)
    return row


def key_that_signs(body: "Body | None", at: datetime) -> IssuerKey | None:
    """This function will give the key that signs for a body at `at`, made and countersigned by the platform where there is none; None while there is
    no city root. Part of an operation, inside its transaction. No body: the city's own key for lists.
    """
    day = at.date()
    if (present := _that_may_sign(body, day)) is not None:
        return present
    if city_root() is None:
        return None
    _one_at_a_time(body)
    if (present := _that_may_sign(body, day)) is not None:  # whoever was first has made one
        return present
    waiting = IssuerKey.objects.select_for_update(of=("self",)).filter(body=body, state=KeyState.MADE).first() or _made(body, PLATFORM, at)
    if key_may_be_countersigned(owner_facts(waiting), day).outcome is not Outcome.MET:
        return None
    return _countersigned(waiting, PLATFORM, at, reason="核发证书时没有可用的发证密钥，按市职鉴中心已赋的站点序列码自动加签")


def _that_may_sign(body: "Body | None", day: date) -> IssuerKey | None:
    row = IssuerKey.objects.select_related("body").filter(body=body, state=KeyState.COUNTERSIGNED).first()
    return row if row and key_may_sign(key_facts(row), max(day, row.since)).outcome is Outcome.MET else None


def _made(body: "Body | None", by: Actor, at: datetime) -> IssuerKey:
    pair, day = new_pair(), at.date()
    number = f"MY{at.year}{next_serial(f'issuer-key-{at.year}'):06d}"
    row = IssuerKey.objects.create(
        number=number,
        body=body,
        public_key=pair.first.public_key,
        sm2_key=pair.second.public_key,
        fingerprint=fingerprint(pair.first.public_key),
        private_sealed=sealed_pair(number, pair),
        since=day,
        until=day + timedelta(days=KEY_LASTS.on(day).value),
        made_at=at,
        made_by_id=by.user_id,
    )
    record("issuer_key.made", number, by=by, at=at, detail={"owner": code_of(row), "fingerprint": row.fingerprint})
    return row


def _countersigned(row: IssuerKey, by: Actor, at: datetime, *, reason: str) -> IssuerKey:
    """Vouch for a key with the city root, retire the one before, and begin to sign what the body issued before it had any."""
    finding = key_may_be_countersigned(owner_facts(row), at.date())
    if finding.outcome is not Outcome.MET:
        raise Refusal(f"{finding.reason}。", finding.clause, "请先办理备案和站点序列码，再加签发证密钥。")
    before = IssuerKey.objects.select_for_update(of=("self",)).select_related("body").filter(body=row.body, state=KeyState.COUNTERSIGNED).first()
    if before is not None:
        _retired(before, f"已更换为{row.number}", by.with_key(""), at)
    row.since = at.date()
    row.until = row.since + timedelta(days=KEY_LASTS.on(row.since).value)
    row.move_to(MOVES.check("countersign", KeyState(row.state)))
    row.countersigned_at, row.countersigned_by_id = at, by.user_id
    row.entry = entry_of(row)
    unsigned = Certificate.objects.filter(body=row.body, credential__isnull=True) if row.body else Certificate.objects.none()
    row.signed_up_to = 0 if unsigned.exists() else None
    row.save()
    detail = {"owner": code_of(row), "fingerprint": row.fingerprint, "until": row.until.isoformat(), "finding": finding.as_record()}
    record("issuer_key.countersigned", row.number, by=by, at=at, reason=reason, detail=detail, public=key_line("added", row))
    close_tasks(case=row.number, by=by, at=at, outcome="已加签")
    return row


def _retired(row: IssuerKey, reason: str, by: Actor, at: datetime) -> None:
    row.move_to(MOVES.check("retire", KeyState(row.state)))
    row.retired_at, row.retired_because, row.private_sealed, row.signed_up_to = at, reason, None, None
    if row.entry and city_root() is not None:
        row.entry = entry_of(row)
    row.save()
    detail = {"owner": code_of(row), "fingerprint": row.fingerprint, "leaked": row.leaked}
    public = [key_line("retired", row)] if row.entry else []
    record("issuer_key.retired", row.number, by=by, at=at, reason=reason, detail=detail, public=public)
    close_tasks(case=row.number, by=by, at=at, outcome="已停用")


def _locked(number: str) -> IssuerKey:
    row = IssuerKey.objects.select_for_update(of=("self",)).select_related("body").filter(number=number).first()
    if row is None:
        raise Refusal(f"没有编号为{number}的发证密钥。", SIGNED_BY_ISSUER, "请从发证密钥列表中打开。")
    return row


def _one_at_a_time(body: "Body | None") -> None:
    """Two who make keys for one body wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"issuer-key|{body.pk if body else 'city'}"])
