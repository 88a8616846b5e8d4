"""状态列表公布: within a minute after a certificate is revoked or examined the lists say so, signed; long before a list ends it is signed anew."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from touchstone.accounts.actor import PLATFORM
from touchstone.certificates.facts.bundle import origin
from touchstone.certificates.facts.keys import opened_pair
from touchstone.certificates.facts.signed import document_text
from touchstone.certificates.models import Certificate, Credential, StatusList
from touchstone.certificates.operations.keys import key_that_signs
from touchstone.certificates.operations.signing import open_lists
from touchstone.certificates.states import Standing
from touchstone.ledger.operations import record
from touchstone.policy.certificates.keys import LIST_RENEWED_BEFORE
from touchstone.trust.status_lists import GOOD_FOR, BitString, build_list, secure_list

_SAYS = {"revocation": Standing.REVOKED, "suspension": Standing.SUSPENDED}


def publish_lists(*, at: datetime) -> int:
    """This function will sign anew every list that says too little or ends soon, one a transaction, and count them."""
    soon = at + timedelta(days=LIST_RENEWED_BEFORE.on(at.date()).value)
    due = StatusList.objects.filter(Q(stale_since__isnull=False) | Q(valid_until__isnull=True) | Q(valid_until__lte=soon))
    return sum(publish_list(number=one.number, purpose=one.purpose, at=at) is not None for one in due.order_by("number", "purpose"))


@transaction.atomic
def publish_list(*, number: int, purpose: str, at: datetime) -> StatusList | None:
    """This function will sign one list as it stands now; None where there is no such list, or no city root to sign by."""
    row = StatusList.objects.select_for_update().filter(number=number, purpose=purpose).first()
    signer = key_that_signs(None, at) if row else None
    if row is None or signer is None:
        return None
    places = list(Credential.objects.filter(list_number=number, standing=_SAYS[purpose]).values_list("place", flat=True))
    bare = build_list(BitString.of(places), number=number, purpose=purpose, origin=origin(), at=at)  # type: ignore[arg-type]
    row.document = document_text(secure_list(bare, opened_pair(signer).first, origin=origin(), at=at))
    row.published_at, row.valid_until, row.stale_since = at, at + GOOD_FOR, None
    row.save()
    record("status_list.published", f"{number}/{purpose}", by=PLATFORM, at=at, detail={"places": len(places), "key": signer.number})
    return row


def tell_lists(certificate: Certificate, standing: Standing, *, at: datetime) -> Credential | None:
    """This function will note what the lists are to say of a certificate from now on, and give what was signed for it; None where nothing was.
    Part of the operation that revokes or examines, inside its transaction.
    """
    credential = Credential.objects.select_for_update().filter(certificate=certificate).first()
    if credential is None:
        return None
    if credential.standing != standing:
        credential.standing = standing
        credential.save(update_fields=["standing"])
        open_lists({credential.list_number}, {credential.list_number}, at)
    return credential
