"""证书查询: is this certificate real, and who holds what?"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import TruncMonth

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.people import field_key
from touchstone.catalogue.queries import codes_of
from touchstone.certificates.facts import check_code, check_fits, verify_path, verify_url
from touchstone.certificates.facts.bundle import bundle
from touchstone.certificates.facts.keys import city_root
from touchstone.certificates.models import Certificate, CertificateSet, Checks, Credential, IssuerKey, IssuerKeySet, Share, StatusList
from touchstone.certificates.permissions import check_is_holders
from touchstone.kernel.numbers import half_width, name_key
from touchstone.ledger.text_search import folded
from touchstone.logs.queries import receipt_of
from touchstone.policy.certificates.enterprise import parse_number
from touchstone.policy.certificates.keys import SIGNED_BY_ISSUER
from touchstone.policy.eligibility.levels import Level

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.bodies.models import Body

__all__ = [
    "by_name_and_number",
    "by_number",
    "by_number_and_check",
    "by_numbers",
    "certificates",
    "check_code",
    "checks_by_month",
    "compared",
    "count_of_plan",
    "count_signed_by",
    "count_unsigned_of",
    "count_valid_of",
    "counts_by_level",
    "counts_by_month",
    "counts_by_occupation",
    "credential_of",
    "held_by",
    "held_by_people",
    "holders_of",
    "issued_by_bodies",
    "issuer_bundle",
    "issuer_key",
    "issuer_keys",
    "months_issued",
    "months_of_plans",
    "numbers_by_candidate",
    "occupations_named",
    "of_plan",
    "own_certificate",
    "own_certificates",
    "receipt_for",
    "root_public_key",
    "secret_index",
    "share_by_secret",
    "shares_of",
    "status_list",
    "verify_path",
    "verify_url",
]


def by_number(number: str) -> Certificate | None:
    """This function will give the certificate with this number."""
    return Certificate.objects.select_related("body", "holder", "credential").filter(number=number).first()


def by_numbers(numbers: Iterable[str]) -> dict[str, Certificate]:
    """This function will give the certificates with these numbers, each with its body."""
    return {one.number: one for one in Certificate.objects.select_related("body").filter(number__in=list(numbers))}


def by_name_and_number(name: str, number: str) -> Certificate | None:
    """This function will give the certificate on which both name and number stand; full-width places and dots are understood.

    :raises ValueError: with a sentence, when the number cannot be one.
    """
    certificate = by_number(parse_number(number))
    if certificate is None or certificate.holder_name_key != name_key(half_width(name)):
        return None
    return certificate


def by_number_and_check(number: str, check: str) -> Certificate | None:
    """This function will give the certificate whose printed address was opened; nothing for a number alone."""
    return by_number(number) if check_fits(number, check) else None


def _national() -> CertificateSet:
    """What proves a skill level everywhere: those by an enterprise's own standard do not."""
    return Certificate.objects.filter(scheme=Certificate.Scheme.NATIONAL)


def count_valid_of(body: "Body") -> int:
    """This function will count the valid certificates for which a body answers."""
    return Certificate.objects.filter(body=body, state=Certificate.State.VALID).count()


def held_by(person: "Person", occupation_code: str = "") -> QuerySet[Certificate]:
    """This function will give a person's valid certificates (of one occupation, where named), the latest first."""
    found = _national().filter(holder=person, state=Certificate.State.VALID).order_by("-issued_on", "-id")
    return found.filter(occupation_code__in=codes_of(occupation_code)) if occupation_code else found


def held_by_people(people: Iterable[int], *occupation_codes: str) -> QuerySet[Certificate]:
    """This function will give the valid certificates of one occupation (under any code it has had) that any of `people` hold, the oldest first."""
    found = _national().filter(holder_id__in=list(people), occupation_code__in=occupation_codes, state=Certificate.State.VALID)
    return found.order_by("issued_on", "id")


def holders_of(people: Iterable[int], occupation_code: str, trade_name: str, level: Level) -> dict[int, str]:
    """This function will give, for those of `people` who hold a valid certificate of this level (under any code it has had), its number."""
    found = _national().filter(
        holder_id__in=list(people),
        occupation_code__in=codes_of(occupation_code),
        trade_name=trade_name,
        level=str(int(level)),
        state=Certificate.State.VALID,
    )
    return dict(found.values_list("holder_id", "number"))


def certificates(actor: Actor) -> CertificateSet:
    """This function will give the certificates an actor may look through, the latest first."""
    return Certificate.objects.visible_to(actor).select_related("holder", "body").order_by("-issued_on", "-id")


def occupations_named(text: str) -> list[str]:
    """This function will give the names of occupations on any certificate that hold a text, in either case.

    A million certificates bear some hundred names: the index is stepped through from one name to the next.
    """
    table = Certificate._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE held AS (SELECT min(occupation_name) AS name FROM {table} "  # noqa: S608 (the name of our own table)
            f"UNION ALL SELECT (SELECT min(occupation_name) FROM {table} WHERE occupation_name > held.name) FROM held WHERE held.name IS NOT NULL) "
            "SELECT name FROM held WHERE name IS NOT NULL"
        )
        return [name for (name,) in cursor.fetchall() if folded(text) in folded(name)]


def of_plan(plan_number: str) -> QuerySet[Certificate]:
    """This function will give the certificates of a plan in order of number, those by a second standard included."""
    return Certificate.objects.filter(plan_number=plan_number).select_related("holder").order_by("number")


def numbers_by_candidate(plan_number: str, *, national: bool = True) -> dict[str, str]:
    """This function will give the numbers of a plan's certificates of one scheme by the candidate's number."""
    scheme = Certificate.Scheme.NATIONAL if national else Certificate.Scheme.ENTERPRISE
    return dict(of_plan(plan_number).filter(scheme=scheme).values_list("candidate_number", "number"))


def count_of_plan(plan_number: str) -> dict[str, int]:
    """This function will count a plan's certificates, all and revoked."""
    return of_plan(plan_number).order_by().aggregate(all=Count("pk"), revoked=Count("pk", filter=Q(state=Certificate.State.REVOKED)))


def issued_by_bodies(bodies: Iterable[int], since: date, until: date) -> dict[int, int]:
    """This function will count, for each of some bodies (by key), the valid certificates issued after `since` and up to `until`."""
    found = _national().filter(body_id__in=list(bodies), issued_on__gt=since, issued_on__lte=until, state=Certificate.State.VALID)
    return dict(found.order_by().values_list("body_id").annotate(many=Count("pk")))


def counts_by_month(found: CertificateSet) -> dict[date, int]:
    """This function will count the valid certificates among `found` by the first day of the month in which they were issued."""
    valid = found.filter(state=Certificate.State.VALID, scheme=Certificate.Scheme.NATIONAL).order_by()
    return dict(valid.annotate(month=TruncMonth("issued_on")).values_list("month").annotate(count=Count("pk")))


def counts_by_level(found: CertificateSet) -> list[tuple[str, int]]:
    """This function will count the valid certificates among `found` by level, from level 5 up."""
    valid = found.filter(state=Certificate.State.VALID, scheme=Certificate.Scheme.NATIONAL).order_by()
    return list(valid.values_list("level").annotate(count=Count("pk")).order_by("-level"))


def counts_by_occupation(found: CertificateSet) -> list[tuple[str, str, int]]:
    """This function will count the valid certificates among `found` by code and name of the occupation, most first."""
    valid = found.filter(state=Certificate.State.VALID, scheme=Certificate.Scheme.NATIONAL).order_by()
    return list(valid.values_list("occupation_code", "occupation_name").annotate(count=Count("pk")).order_by("-count", "occupation_code"))


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


def issuer_key(number: str, actor: Actor) -> IssuerKey:
    """This function will give a key the actor may see. :raises NotAllowed: with a sentence."""
    found = issuer_keys(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这把发证密钥，或者它不在您的管辖范围内。", SIGNED_BY_ISSUER, "请从“发证密钥”列表中打开。")
    return found


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


def compared(since: date, until: date) -> QuerySet[Certificate, Any]:
    """This function will give the national certificates issued from `since` until `until` (exclusive) as a comparison of data reads them, by number;
    the holder's identity stays sealed."""
    found = _national().filter(issued_on__gte=since, issued_on__lt=until).order_by("number")
    named = {"body": "body__number", "person": "holder__number", "id_sealed": "holder__id_sealed", "phone_sealed": "holder__phone_sealed"}
    return found.values(
        "number", "holder_name", "occupation_code", "occupation_name", "trade_name", "level", "issued_on", "theory", "practical", "panel",
        "plan_number", "candidate_number", "state", birthday=F("holder__birthday"), exam_on=KT("basis__exam_on"),
        **{f"of_{name}": F(path) for name, path in named.items()},
    )  # fmt: skip


def months_issued() -> list[date]:
    """This function will give the first day of every month in which a national certificate was issued, in order."""
    return list(_national().order_by().annotate(month=TruncMonth("issued_on")).values_list("month", flat=True).distinct().order_by("month"))


def months_of_plans(plans: Iterable[str]) -> list[date]:
    """This function will give the first day of every month in which national certificates of some plans were issued."""
    found = _national().filter(plan_number__in=list(plans)).order_by().annotate(month=TruncMonth("issued_on"))
    return sorted(set(found.values_list("month", flat=True).distinct()))
