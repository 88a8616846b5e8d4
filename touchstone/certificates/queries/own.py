"""本人的证书: what does a holder see of a certificate, share of it, and learn of who looked it up?"""

from datetime import date

from django.db.models import Q, Sum

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.people import field_key
from touchstone.certificates.models import Certificate, CertificateSet, Checks, Share
from touchstone.certificates.permissions import check_is_holders
from touchstone.certificates.queries.finding import certificates
from touchstone.policy.certificates.keys import SIGNED_BY_ISSUER


def own_certificate(number: str, actor: Actor) -> Certificate:
    """This function will give a certificate of the person who asks. :raises NotAllowed: with a sentence."""
    found = Certificate.objects.select_related("holder__user", "body", "credential__key").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这本证书，或者它不是您的。", SIGNED_BY_ISSUER, "请从“我的证书”中打开。")
    check_is_holders(actor, found)
    return found


def own_certificates(actor: Actor) -> CertificateSet:
    """This function will give all certificates of the person who asks, the latest first, with what was signed of them."""
    return certificates(actor).select_related("credential")


def secret_index(secret: str) -> bytes:
    """This function will give the blind index under which the secret of a share is kept."""
    return field_key().blind_index(secret, "certificates.share.secret")


def shares_of(certificate: Certificate) -> list[tuple[Share, str]]:
    """This function will give what the holder has shared of a certificate, the latest first, each with the secret of its link."""
    found = Share.objects.filter(certificate=certificate).order_by("-id")[:50]
    return [(one, field_key().open(bytes(one.secret_sealed), f"certificates_share|{one.number}|secret")) for one in found]


def share_by_secret(secret: str) -> Share | None:
    """This function will give the share whose link was opened, also one that has ended."""
    return Share.objects.select_related("certificate__holder", "certificate__body").filter(secret_index=secret_index(secret)).first()


def checks_by_month(certificate: Certificate) -> list[tuple[date, int, int]]:
    """This function will give how often a certificate was looked up in each month, the latest first: on the page, and by shared links."""
    page, link = (Sum("many", filter=Q(way=way), default=0) for way in (Checks.Way.PAGE, Checks.Way.SHARE))
    return list(Checks.objects.filter(certificate=certificate).values_list("month").annotate(page=page, link=link).order_by("-month")[:24])
