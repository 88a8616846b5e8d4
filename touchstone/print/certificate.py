"""证书: how does a 职业技能等级证书 look on paper?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from touchstone.print.codes import qr_svg
from touchstone.print.dates import chinese_date
from touchstone.print.press import photo_ending, picture, press


@dataclass(frozen=True)
class Certificate:
    """What stands on a certificate. The paper form shows the identity number in full.

    `photo` is JPEG or PNG; `mark` is printed across the page (作废, 样张) and normally empty.
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
        "fields": [
            ["姓　　名", certificate.name],
            ["证件类型", certificate.id_kind],
            ["证件号码", certificate.id_number],
            ["职业名称", certificate.occupation],
            ["工种／职业方向", certificate.trade or "—"],
            ["技能等级", certificate.level],
            ["证书编号", certificate.number],
        ],
        "body": certificate.body,
        "day": chinese_date(certificate.issued_on),
        "qr": qr_svg(certificate.verify_url),
        "photo": photo,
        "mark": certificate.mark,
    }
