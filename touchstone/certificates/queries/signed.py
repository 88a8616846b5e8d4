"""签名查询: what was signed for a certificate, by which keys, and what is published of both?"""

from datetime import datetime
from typing import Any

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.certificates.facts.bundle import bundle
from touchstone.certificates.facts.keys import city_root
from touchstone.certificates.models import Certificate, Credential, IssuerKey, IssuerKeySet, StatusList
from touchstone.logs.queries import receipt_of
from touchstone.policy.certificates.keys import SIGNED_BY_ISSUER


def root_public_key() -> bytes | None:
    """This function will give the public half of the city root, which readers pin; None while there is none."""
    root = city_root()
    return root.public_key if root else None


def issuer_bundle(at: datetime) -> dict[str, Any] | None:
    """This function will give the published list of issuers' keys, signed by the city root; None while there is none."""
    return bundle(IssuerKey.objects.exclude(entry={}).select_related("body").order_by("pk"), at)


def status_list(number: int, purpose: str) -> StatusList | None:
    """This function will give a status list as last published."""
    return StatusList.objects.filter(number=number, purpose=purpose).first()


def credential_of(certificate: Certificate) -> Credential | None:
    """This function will give what was signed for a certificate; None for one that was issued before its body had a key."""
    return Credential.objects.select_related("key").filter(certificate=certificate).first()


def receipt_for(certificate: Certificate) -> str | None:
    """This function will give the receipt (`.tlog-proof`) of a certificate from the public log; None until its line is published there."""
    credential = getattr(certificate, "credential", None)
    return receipt_of(bytes(credential.leaf)) if credential else None


def issuer_keys(actor: Actor) -> IssuerKeySet:
    """This function will give the keys an actor may look through, the newest first; the city's own for lists is not among them."""
    found = IssuerKey.objects.visible_to(actor).filter(body__isnull=False).select_related("body", "made_by__person", "countersigned_by__person")
    return found.order_by("-id")


def issuer_key(number: str, actor: Actor) -> IssuerKey:
    """This function will give a key the actor may see. :raises NotAllowed: with a sentence."""
    found = issuer_keys(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这把发证密钥，或者它不在您的管辖范围内。", SIGNED_BY_ISSUER, "请从“发证密钥”列表中打开。")
    return found


def count_signed() -> int:
    """This function will count the certificates that carry their issuer's signature, each of which left a line in the public log."""
    return Credential.objects.count()


def count_signed_by(key: IssuerKey) -> int:
    """This function will count what a key has signed."""
    return Credential.objects.filter(key=key).count()


def count_unsigned_of(key: IssuerKey) -> int:
    """This function will count what a key has yet to sign of what its body issued before; 0 where it has no such work."""
    if key.signed_up_to is None:
        return 0
    return Certificate.objects.filter(body=key.body, pk__gt=key.signed_up_to, credential__isnull=True).count()
