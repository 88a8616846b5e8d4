"""公众所见: what does the public learn of a certificate that is void, or was issued again?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.certificates.queries import successor_of
from touchstone.policy.certificates.revocation import LAW
from touchstone.revocations.models import HolderRequest, Kind, RevocationRow
from touchstone.revocations.states import RequestState, RowState

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate


@dataclass(frozen=True)
class Tombstone:
    """What the public learns of a void certificate: what became of it, on which day, by whom, on which clause, and what stands in its place."""

    what: str
    on: date | None
    ordered_by: str
    executed_by: str
    clause: str
    cause: str
    successor: "Certificate | None"
    reversed_on: date | None


def tombstone(certificate: "Certificate") -> Tombstone:
    """This function will give what the public learns of a void certificate; of a person nothing that the certificate does not say."""
    found = RevocationRow.objects.filter(
        certificate=certificate, state__in=[RowState.REVOKED, RowState.CORRECTED, RowState.REVERSED]
    ).select_related("case__office")
    one, successor = found.order_by("-id").first(), successor_of(certificate.number)
    if one is not None:
        corrected = bool(one.replaced_by) and one.verdict == "correct"
        back = localtime(one.answered_at).date() if one.state == RowState.REVERSED and one.answered_at else None
        what = "更正" if corrected else "撤销"
        return Tombstone(
            what, certificate.revoked_on, one.case.office.name, one.executed_by, one.case.clause, one.case.get_cause_display(), successor, back
        )
    if (asked := HolderRequest.objects.filter(certificate=certificate, state=RequestState.GRANTED).order_by("-id").first()) is not None:
        what, by = asked.get_kind_display(), certificate.body_name
        return Tombstone(what, certificate.revoked_on, by, by, asked.clause, "持证人申请", successor, None)
    return Tombstone("撤销", certificate.revoked_on, "", certificate.body_name, str(LAW), "", successor, None)


def reissued_on(certificate: "Certificate") -> datetime | None:
    """This function will say when a certificate was last issued again under its own number: what was printed before is void."""
    found = HolderRequest.objects.filter(certificate=certificate, kind=Kind.REISSUE, state=RequestState.GRANTED, made_number=certificate.number)
    return found.order_by("-decided_at").values_list("decided_at", flat=True).first()
