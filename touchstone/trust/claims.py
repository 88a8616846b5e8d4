"""证书内容: what does a signed certificate say, as a W3C Verifiable Credential and back?

Reading is strict: what was read, written again, must be the very document. So nothing unread can ride in a document that verifies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from touchstone.trust.instants import first_moment, read_day
from touchstone.trust.issuers import address_of
from touchstone.trust.multibase import base64url, from_base64url

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"]
KINDS = ["VerifiableCredential", "SkillLevelCertificate"]
PURPOSES = ("revocation", "suspension")
Scheme = Literal["national", "enterprise"]


class StructureBroken(ValueError):
    """The document is no certificate of ours; the message is a Chinese sentence."""


@dataclass(frozen=True)
class CertificateClaims:
    """What stands on a certificate, the identity number masked and committed to. `level` is the place in the number (5…1 or a letter)."""

    number: str
    holder_name: str
    id_kind: str
    id_masked: str
    id_commitment: bytes
    occupation_code: str
    occupation_name: str
    trade_name: str
    level: str
    level_label: str
    issued_on: date
    body_code: str
    body_name: str
    status_list: int
    status_index: int
    scheme: Scheme = "national"
    standard: str = ""


def list_address(origin: str, number: int, purpose: str) -> str:
    """This function will give the address a status list is published at."""
    return f"{origin.rstrip('/')}/status/{number}/{purpose}"


def build(claims: CertificateClaims, *, origin: str) -> dict[str, Any]:
    """This function will give the credential, not yet secured; `origin` is our address (https://host)."""
    origin = origin.rstrip("/")
    return {
        "@context": list(CONTEXTS),
        "id": f"{origin}/certificates/{claims.number}",
        "type": list(KINDS),
        "issuer": {"id": address_of(origin, claims.body_code), "name": claims.body_name},
        "validFrom": first_moment(claims.issued_on),
        "credentialStatus": [
            {
                "id": f"{list_address(origin, claims.status_list, purpose)}#{claims.status_index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(claims.status_index),
                "statusListCredential": list_address(origin, claims.status_list, purpose),
            }
            for purpose in PURPOSES
        ],
        "credentialSubject": {
            "type": "CertificateHolder",
            "name": claims.holder_name,
            "identity": {"kind": claims.id_kind, "masked": claims.id_masked, "commitment": base64url(claims.id_commitment)},
            "certificateNumber": claims.number,
            "scheme": claims.scheme,
            "occupation": {"code": claims.occupation_code, "name": claims.occupation_name, "trade": claims.trade_name},
            "level": {"code": claims.level, "label": claims.level_label},
            "standard": claims.standard,
        },
    }


def read_claims(document: object) -> tuple[CertificateClaims, str]:
    """This function will read what a credential says, and the address of ours it was made for. :raises StructureBroken:"""
    if not isinstance(document, dict):
        raise StructureBroken("这不是一份证书凭证。")
    kinds = document.get("type")
    if not isinstance(kinds, list) or "SkillLevelCertificate" not in kinds:
        raise StructureBroken("这份文件不是职业技能等级证书的凭证。")
    try:
        claims, origin = _claims(document)
        same = build(claims, origin=origin) == {name: held for name, held in document.items() if name != "proof"}  # all of it is text
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        raise StructureBroken("凭证缺少应有的内容，或写法不对。") from fault
    if not same:
        raise StructureBroken("凭证里有多出来的或写法不同的内容，不是本系统签发的样子。")
    return claims, origin


def _claims(document: Mapping[str, Any]) -> tuple[CertificateClaims, str]:
    subject = document["credentialSubject"]
    origin, _, code = _text(document["issuer"]["id"]).rpartition("/issuers/")
    if not origin or not code:
        raise StructureBroken("凭证没有写明签发机构。")
    standing = document["credentialStatus"][0]
    list_number = _text(standing["statusListCredential"]).removeprefix(f"{origin}/status/").removesuffix("/revocation")
    claims = CertificateClaims(
        number=_text(subject["certificateNumber"]),
        holder_name=_text(subject["name"]),
        id_kind=_text(subject["identity"]["kind"]),
        id_masked=_text(subject["identity"]["masked"]),
        id_commitment=from_base64url(subject["identity"]["commitment"]),
        occupation_code=_text(subject["occupation"]["code"]),
        occupation_name=_text(subject["occupation"]["name"]),
        trade_name=_text(subject["occupation"]["trade"]),
        level=_text(subject["level"]["code"]),
        level_label=_text(subject["level"]["label"]),
        issued_on=read_day(document["validFrom"]),
        body_code=code,
        body_name=_text(document["issuer"]["name"]),
        status_list=_whole(list_number),
        status_index=_whole(standing["statusListIndex"]),
        scheme=subject["scheme"],
        standard=_text(subject["standard"]),
    )
    if claims.scheme not in ("national", "enterprise") or len(claims.id_commitment) != 32 or not claims.number:
        raise StructureBroken("凭证缺少应有的内容，或写法不对。")
    return claims, origin


def _text(held: object) -> str:
    if not isinstance(held, str):
        raise TypeError("no text")
    return held


def _whole(held: object) -> int:
    text = _text(held)
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise ValueError("no whole number")
    return int(text)
