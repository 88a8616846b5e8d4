"""证书: how does a 职业技能等级证书 look on paper?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from touchstone.print.codes import qr_svg
from touchstone.print.dates import chinese_date
from touchstone.print.press import photo_ending, picture, press


@dataclass(frozen=True)
class Attached:
    """A file that the PDF carries along, so that whoever has the PDF can check it without us."""

    name: str
    content: str
    media: str
    what: str


@dataclass(frozen=True)
class Certificate:
    """What stands on a certificate. The paper form shows the identity number in full. `verify_url` is what its QR code holds, `attached` what the PDF
    carries along.

    `photo` is JPEG or PNG; `mark` is printed across the page (作废, 样张) and normally empty. One by an enterprise's own standard has a `title` of
    its own, names that `standard`, and says that it is not the national one.
    """

    name: str
    id_kind: str
    id_number: str
    occupation: str
    trade: str
    level: str
    number: str
    body: str
    issued_on: date
    verify_url: str
    photo: bytes | None = None
    mark: str = ""
    title: str = "职业技能等级证书"
    standard: str = ""
    attached: tuple[Attached, ...] = ()


_WORDS = "持证人参加职业技能等级认定，考核合格，达到本证书载明的技能等级，特发此证。"
_WORDS_BY_OWN_STANDARD = "持证人参加本企业组织的考核，按所载企业标准考核合格，达到本证书载明的企业等级，特发此证。"
_FOOT = "本证书依据企业标准核发，在本企业范围内使用，不是职业技能等级证书。"


def print_certificate(certificate: Certificate) -> bytes:
    """This function will print one certificate on one page. :raises CannotPrint: when a character has no glyph."""
    return print_certificates([certificate])


def print_certificates(certificates: Iterable[Certificate]) -> bytes:
    """This function will print many certificates into one PDF, a page each, in the order given."""
    photos: dict[str, bytes] = {}
    pages = [_page(certificate, index, photos) for index, certificate in enumerate(certificates)]
    return press("certificate.typ", {"certificates": pages}, strict=True, photos=photos)


def picture_certificate(certificate: Certificate, ppi: float = 110) -> bytes:
    """This function will draw one certificate as PNG, as it is shown on a telephone. :raises CannotPrint: as for print."""
    photos: dict[str, bytes] = {}
    return picture("certificate.typ", {"certificates": [_page(certificate, 0, photos)]}, photos=photos, ppi=ppi)


def certificate_files(certificates: Iterable[Certificate]) -> Iterator[tuple[str, bytes]]:
    """This function will print many certificates one by one as (file name, PDF), named by certificate number."""
    for certificate in certificates:
        yield f"{certificate.number}.pdf", print_certificate(certificate)


def _page(certificate: Certificate, index: int, photos: dict[str, bytes]) -> dict[str, Any]:
    photo = ""
    if certificate.photo:
        photo = f"photo{index}.{photo_ending(certificate.photo)}"
        photos[photo] = certificate.photo
    return {
        "title": certificate.title,
        "words": _WORDS_BY_OWN_STANDARD if certificate.standard else _WORDS,
        "foot": _FOOT if certificate.standard else "",
        "fields": [
            ["姓　　名", certificate.name],
            ["证件类型", certificate.id_kind],
            ["证件号码", certificate.id_number],
            ["职业名称", certificate.occupation],
            ["工种／职业方向", certificate.trade or "—"],
            ["技能等级", certificate.level],
            *([["企业标准", certificate.standard]] if certificate.standard else []),
            ["证书编号", certificate.number],
        ],
        "body": certificate.body,
        "day": chinese_date(certificate.issued_on),
        "qr": qr_svg(certificate.verify_url),
        "photo": photo,
        "mark": certificate.mark,
        "attached": [{"name": one.name, "content": one.content, "media": one.media, "what": one.what} for one in certificate.attached],
    }
