"""签名内容: what does a certificate say in the form anybody can check, and where in which status list is it spoken of?"""

from array import array
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

from django.utils.timezone import localtime

from touchstone.accounts.people import field_key, opened_id_number
from touchstone.certificates.facts.bundle import origin
from touchstone.certificates.facts.keys import Pair, code_of
from touchstone.trust import credentials, identity, qr
from touchstone.trust.canonical import canonical
from touchstone.trust.credentials import CertificateClaims
from touchstone.trust.issuers import method_of
from touchstone.trust.signing import SM2_SM3
from touchstone.trust.status_lists import SMALLEST

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate, IssuerKey

PLACES = SMALLEST
"""Places of one list: it can be filled to the last, for the shuffle below gives each once."""


def place_of(position: int) -> tuple[int, int]:
    """This function will give list (from 1) and place of the certificate that was signed as number `position`, counted over the whole city.

    Places within a list are the numbers of signing shuffled by a secret, so that neighbours in a list have nothing in common and nobody learns from a
    place who was signed next; nothing has to be locked or tried again for it.
    """
    number, rank = divmod(position, PLACES)
    return number + 1, _shuffled(number + 1, field_key().blind_index(str(number + 1), "certificates.status_list"))[rank]


@lru_cache(maxsize=4)
def _shuffled(number: int, secret: bytes) -> Sequence[int]:
    return array("I", sorted(range(PLACES), key=lambda place: blake2b(place.to_bytes(4, "big"), key=secret).digest()))


def claims_of(certificate: "Certificate", salt: bytes, number: int, place: int) -> CertificateClaims:
    """This function will give what is signed of a certificate: the identity number masked, and committed to under the salt."""
    holder = certificate.holder
    scheme: Literal["national", "enterprise"] = "national" if certificate.is_national else "enterprise"
    return CertificateClaims(
        number=certificate.number,
        holder_name=certificate.holder_name,
        id_kind=holder.id_kind,
        id_masked=holder.id_masked,
        id_commitment=identity.commitment(holder.id_kind, opened_id_number(holder), salt),
        occupation_code=certificate.occupation_code,
        occupation_name=certificate.occupation_name,
        trade_name=certificate.trade_name,
        level=certificate.level,
        level_label=certificate.level_label,
        issued_on=certificate.issued_on,
        body_code=certificate.body.number,
        body_name=certificate.body_name,
        status_list=number,
        status_index=place,
        scheme=scheme,
        standard="" if certificate.is_national else str(certificate.basis.get("standard", "")),
    )


def signed_document(claims: CertificateClaims, row: "IssuerKey", pair: Pair, at: datetime) -> dict[str, Any]:
    """This function will sign what a certificate says, once with Ed25519 and beside it with SM2."""
    bare = credentials.build(claims, origin=origin())
    once = credentials.secure(bare, pair.first, method=method_of(origin(), code_of(row), pair.first.public_key), at=at)
    return credentials.secure(once, pair.second, method=method_of(origin(), code_of(row), pair.second.public_key, SM2_SM3), at=at)


def document_text(document: dict[str, Any]) -> str:
    """This function will write a signed document as it is kept and handed out."""
    return canonical(document).decode()


def signed_address(claims: CertificateClaims, pair: Pair, at: datetime) -> str:
    """This function will give the address for the QR code; what follows the # never reaches the server."""
    return qr.address(origin(), qr.seal(claims, pair.first, origin=origin(), signed_on=localtime(at).date()))


def sealed_salt(certificate_number: str, salt: bytes) -> bytes:
    """This function will seal the salt that opens the commitment."""
    return field_key().seal_bytes(salt, _place(certificate_number))


def opened_salt(certificate_number: str, sealed: bytes) -> bytes:
    """This function will open it; whoever calls hands it to the holder only."""
    return field_key().open_bytes(bytes(sealed), _place(certificate_number))


def _place(number: str) -> str:
    return f"certificates_credential|{number}|salt"
