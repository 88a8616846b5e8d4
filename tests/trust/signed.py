"""签好的证书: a root, two bodies with keys, the city's lists, a certificate and the paper that carries it, all from fixed secrets."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from pypdf import PdfWriter

from touchstone.trust.claims import CertificateClaims, build
from touchstone.trust.identity import commitment, masked
from touchstone.trust.issuers import CITY, IssuerKey, Issuers, bundle, countersign, method_of
from touchstone.trust.proofs import secure
from touchstone.trust.signing import SoftwareKey, SoftwareSM2Key
from touchstone.trust.status_lists import BitString, Purpose, build_list, secure_list

ORIGIN = "https://skills.example.cn"
ROOT, BODY, OTHER, LISTS, RETIRED = (SoftwareKey(bytes([number]) * 32) for number in (1, 2, 3, 4, 5))
SINCE, NOW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 20, 2, tzinfo=UTC)
SIGNED_AT = datetime(2026, 4, 15, 3, tzinfo=UTC)
SALT = bytes(range(32))
ID_NUMBER = "310101199003070017"


def claims(**changes: Any) -> CertificateClaims:
    """A certificate of 陈, with changes."""
    made = CertificateClaims(
        number="S000031000012263000001",
        holder_name="陈静怡",
        id_kind="居民身份证",
        id_masked=masked(ID_NUMBER),
        id_commitment=commitment("居民身份证", ID_NUMBER, SALT),
        occupation_code="6-31-01-03",
        occupation_name="电工",
        trade_name="",
        level="3",
        level_label="三级/高级工",
        issued_on=date(2026, 4, 15),
        body_code="PJ20260001",
        body_name="上海甲职业技能培训学校",
        status_list=1,
        status_index=70_001,
    )
    return replace(made, **changes)


@lru_cache
def domestic() -> SoftwareSM2Key:
    """An SM2 key for this run."""
    return SoftwareSM2Key.generate()


def entries() -> list[IssuerKey]:
    """The city's list key and the bodies' keys, countersigned."""
    return [
        countersign(IssuerKey(CITY, "上海市证书状态列表", LISTS.public_key, SINCE), ROOT),
        countersign(IssuerKey("PJ20260001", "上海甲职业技能培训学校", BODY.public_key, SINCE, sm2=domestic().public_key), ROOT),
        countersign(IssuerKey("PJ20260002", "上海乙科技有限公司", OTHER.public_key, SINCE, formerly=("上海乙机械厂",)), ROOT),
        countersign(IssuerKey("PJ20260001", "上海甲职业技能培训学校", RETIRED.public_key, SINCE, datetime(2026, 3, 1, tzinfo=UTC)), ROOT),
    ]


@lru_cache
def issuers() -> Issuers:
    """The list of issuers as a reader holds it."""
    return Issuers.read(bundle(entries(), ROOT, origins=[ORIGIN], at=NOW), ROOT.public_key)


def credential(made: CertificateClaims | None = None, key: SoftwareKey = BODY, at: datetime = SIGNED_AT) -> dict[str, Any]:
    """A secured credential."""
    made = made or claims()
    return secure(build(made, origin=ORIGIN), key, method=method_of(ORIGIN, made.body_code, key.public_key), at=at)


def status_list(purpose: Purpose, *ones: int, at: datetime = NOW, key: SoftwareKey = LISTS) -> dict[str, Any]:
    """List 1, secured, with the given places on."""
    return secure_list(build_list(BitString.of(ones), number=1, purpose=purpose, origin=ORIGIN, at=at), key, origin=ORIGIN, at=at)


@lru_cache
def clear() -> tuple[dict[str, Any], ...]:
    """Both lists with nobody on them."""
    return status_list("revocation"), status_list("suspension")


def paper(*attached: tuple[str, bytes]) -> bytes:
    """An empty page in PDF with files attached."""
    made, out = PdfWriter(), io.BytesIO()
    made.add_blank_page(300, 300)
    for name, content in attached:
        made.add_attachment(name, content)
    made.write(out)
    return out.getvalue()
