"""分享: the holder of a certificate shows chosen facts to whoever has a link, until a day or until it is withdrawn; look-ups are counted, not
whose."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import field_key
from touchstone.certificates import permissions
from touchstone.certificates.facts.shared import FACTS, chosen
from touchstone.certificates.models import Certificate, Checks, Share
from touchstone.certificates.queries import own_certificate, secret_index
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.certificates.keys import SHARE_LASTS_AT_MOST, share_is_open


@transaction.atomic
def share(*, number: str, facts: Sequence[str], days: int, purpose: str, secret: str, by: Actor, at: datetime) -> Share:
    """This function will let whoever has the link with `secret` (made by the door) see the chosen facts for some days.

    :raises NotAllowed: unless the holder asks. :raises Refusal: when nothing is chosen, or for too many days.
    """
    certificate = own_certificate(number, by)
    most = SHARE_LASTS_AT_MOST.on(at.date())
    keys = chosen(facts)
    if not keys:
        raise Refusal("请至少选择一项要展示的内容。", most.clause, f"可以选择{'、'.join(FACTS.values())}。")
    if not 1 <= days <= most.value:
        raise Refusal(f"分享的有效期应为1到{most.value}天。", most.clause, "到期以后可以另外分享。")
    made = Share.objects.create(
        number=f"FX{at.year}{next_serial(f'share-{at.year}'):07d}",
        certificate=certificate,
        facts=keys,
        purpose=purpose.strip()[:60],
        secret_index=secret_index(secret),
        secret_sealed=b"",
        made_at=at,
        until=at + timedelta(days=days),
    )
    made.secret_sealed = field_key().seal(secret, f"certificates_share|{made.number}|secret")
    made.save(update_fields=["secret_sealed"])
    record("share.made", made.number, by=by, at=at, detail={"facts": keys, "days": days})  # not under the certificate: its issuer need not know
    return made


@transaction.atomic
def withdraw_share(*, number: str, by: Actor, at: datetime) -> Share:
    """This function will end a share at once. :raises NotAllowed: unless the holder asks. :raises Refusal: when it has ended already."""
    made = Share.objects.select_for_update(of=("self",)).select_related("certificate__holder").filter(number=number).first()
    if made is None:
        raise Refusal("没有这次分享。", SHARE_LASTS_AT_MOST.on(at.date()).clause, "请从“我的证书”中打开。")
    permissions.check_is_holders(by, made.certificate)
    finding = share_is_open(made.until, made.withdrawn_at is not None, at)
    if finding.outcome is not Outcome.MET:
        raise Refusal("这次分享已经结束。", finding.clause, "不用再收回。")
    made.withdrawn_at = at
    made.save(update_fields=["withdrawn_at"])
    record("share.withdrawn", number, by=by, at=at)
    return made


def count_check(*, certificate: Certificate, at: datetime, share: Share | None = None) -> None:
    """This function will count that somebody looked a certificate up, by the month and the way; nothing of who it was. No ledger line: it changes
    nothing, and a line would say more than is kept. A count that a crash of the database loses is no harm, so nobody waits for the disk."""
    way = Checks.Way.SHARE if share else Checks.Way.PAGE
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH unhurried AS (SELECT set_config('synchronous_commit', 'off', true)) "
            "INSERT INTO certificates_checks (certificate_id, month, way, many) SELECT %s, %s, %s, 1 FROM unhurried "
            "ON CONFLICT (certificate_id, month, way) DO UPDATE SET many = certificates_checks.many + 1",
            [certificate.pk, at.date().replace(day=1), way.value],
        )
    if share:
        Share.objects.filter(pk=share.pk).update(opened=F("opened") + 1)
