"""签名: what was issued is signed by the body's key, in the transaction that issues it; what was issued before there was a key, by a job, bit by
bit."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Value, prefetch_related_objects
from django.db.models.functions import Coalesce

from touchstone.accounts.actor import PLATFORM
from touchstone.certificates.facts.bundle import entry_of, names_of
from touchstone.certificates.facts.keys import opened_pair
from touchstone.certificates.facts.public import issued_line
from touchstone.certificates.facts.signed import claims_of, document_text, place_of, sealed_salt, signed_address, signed_document
from touchstone.certificates.models import Certificate, Credential, IssuerKey, StatusList
from touchstone.certificates.operations.keys import key_that_signs
from touchstone.certificates.states import KeyState, Standing
from touchstone.ledger.operations import record, record_many
from touchstone.trust.claims import PURPOSES
from touchstone.trust.credentials import digest
from touchstone.trust.identity import SALT

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

PART = 500
"""So many certificates of a backlog are signed in one transaction."""


def sign(body: "Body", certificates: Sequence[Certificate], *, at: datetime) -> Mapping[int, Credential]:
    """This function will sign certificates of a body, which are saved, and give what was signed by their keys; nothing while there is no city root,
    and then a job makes up for it. Part of an operation, inside its transaction.
    """
    if not certificates:
        return {}
    row = key_that_signs(body, at)
    return _signed(row, certificates, at) if row else {}


@transaction.atomic
def sign_backlog(*, at: datetime) -> int:
    """This function will sign the next certificates that a body issued before it had a key, and count them; 0 when nobody has any left. What was
    revoked or is examined by then is signed as such."""
    row = IssuerKey.objects.select_for_update(of=("self",), skip_locked=True).filter(signed_up_to__isnull=False).select_related("body").first()
    if row is None:
        return 0
    unsigned = Certificate.objects.filter(body=row.body, credential__isnull=True, pk__gt=row.signed_up_to).select_related("body")
    found = list(unsigned.order_by("pk")[:PART])
    row.signed_up_to = found[-1].pk if len(found) == PART else None
    row.save(update_fields=["signed_up_to"])
    made = _signed(row, found, at) if found else {}
    if made:
        lines = ((one.number, {"key": row.number}, issued_line(made[one.pk])) for one in found)
        record_many("certificate.signed", lines, by=PLATFORM, at=at, reason="补签签名前核发的证书")
        record("certificates.signed", row.number, by=PLATFORM, at=at, detail={"signed": len(made), "left": row.signed_up_to is not None})
    return len(found)


def catch_up(body: "Body") -> None:
    """This function will put what a body holds without signatures before the job that signs. Part of an operation that adds to the past."""
    IssuerKey.objects.filter(body=body, state=KeyState.COUNTERSIGNED).update(signed_up_to=0)


def _signed(row: IssuerKey, certificates: Sequence[Certificate], at: datetime) -> dict[int, Credential]:
    assert row.countersigned_at is not None
    prefetch_related_objects(certificates, "holder")
    _know_names(row, {one.body_name for one in certificates})
    pair, moment = opened_pair(row), max(at, row.countersigned_at)
    rows = []
    for one, (number, place) in zip(certificates, _places(len(certificates)), strict=True):
        salt = secrets.token_bytes(SALT)
        claims = claims_of(one, salt, number, place)
        document = signed_document(claims, row, pair, moment)
        made = Credential(
            certificate=one,
            key=row,
            document=document_text(document),
            qr=signed_address(claims, pair, moment),
            fingerprint=digest(document),
            salt_sealed=sealed_salt(one.number, salt),
            list_number=number,
            place=place,
            standing=_standing_of(one),
            signed_at=moment,
        )
        line = issued_line(made)
        assert line is not None
        made.leaf = line.leaf_hash(at)
        rows.append(made)
    Credential.objects.bulk_create(rows, batch_size=1000)
    open_lists({one.list_number for one in rows}, {one.list_number for one in rows if one.standing != Standing.VALID}, at)
    return {one.certificate_id: one for one in rows}


def open_lists(numbers: Iterable[int], stale: Iterable[int], at: datetime) -> None:
    """This function will open the lists that are used for the first time, and note which say too little from now on."""
    wanted = {(number, purpose) for number in numbers for purpose in PURPOSES}
    there = set(StatusList.objects.filter(number__in={number for number, _ in wanted}).values_list("number", "purpose"))
    missing = [StatusList(number=number, purpose=purpose, stale_since=at) for number, purpose in sorted(wanted - there)]
    StatusList.objects.bulk_create(missing, ignore_conflicts=True)
    if changed := list(stale):  # always written, so that whoever is just publishing the list is waited for, and what it missed is not forgotten
        StatusList.objects.filter(number__in=changed).update(stale_since=Coalesce("stale_since", Value(at)))


def _places(count: int) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('certificates_signed_position') FROM generate_series(1, %s)", [count])
        return [place_of(position) for (position,) in cursor.fetchall()]


def _know_names(row: IssuerKey, names: set[str]) -> None:
    """A body that was renamed stands under all names that are on its certificates."""
    if names - names_of(row):
        row.entry = entry_of(row, also_called=names)
        row.save(update_fields=["entry"])


def _standing_of(certificate: Certificate) -> Standing:
    if not certificate.is_valid:
        return Standing.REVOKED
    return Standing.SUSPENDED if certificate.is_examined else Standing.VALID
