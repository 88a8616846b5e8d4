"""印制内容: what is printed on a certificate, and which address leads from its QR code to its verification?

The QR code of a signed certificate holds what was signed, so that any phone checks it without us. One that was issued before its body had a key
carries its number and a keyed check: who scans the paper needs no name, and who only counts numbers up finds nothing. Such addresses stay good for
ever.
"""

import base64
import hmac

from django.conf import settings

from touchstone.accounts.people import field_key, opened_id_number
from touchstone.certificates.models import Certificate
from touchstone.policy.certificates.enterprise import TITLE
from touchstone.print.certificate import Attached
from touchstone.print.certificate import Certificate as PrintedForm

_CHECK_PLACES = 12


def check_code(number: str) -> str:
    """This function will give the check (12 places of base 32, 60 bits) that only we can make for a number."""
    return base64.b32encode(field_key().blind_index(number, "certificates.check"))[:_CHECK_PLACES].decode()


def check_fits(number: str, code: str) -> bool:
    """This function will say whether the check belongs to the number."""
    return hmac.compare_digest(check_code(number).encode(), code.strip().upper().encode())


def verify_path(number: str) -> str:
    """This function will give the path of a certificate's verification page."""
    return f"/v/{number}?k={check_code(number)}"


def verify_url(number: str) -> str:
    """This function will give the whole address that is printed into the QR code."""
    return settings.PUBLIC_URL.rstrip("/") + verify_path(number)


def qr_content(certificate: Certificate) -> str:
    """This function will give what a certificate's QR code holds."""
    credential = getattr(certificate, "credential", None)
    return credential.qr if credential else verify_url(certificate.number)


def attached(certificate: Certificate, receipt: str | None, *, among_others: bool = False) -> tuple[Attached, ...]:
    """This function will give the files that a certificate's PDF carries: the signed document and its receipt from the public log."""
    credential = getattr(certificate, "credential", None)
    if credential is None:
        return ()
    prefix = f"{certificate.number}-" if among_others else ""
    files = [Attached(f"{prefix}credential.json", credential.document, "application/vc+json", f"证书{certificate.number}的签名凭证")]
    if receipt:
        files.append(Attached(f"{prefix}receipt.tlog-proof", receipt, "text/plain", f"证书{certificate.number}的公开日志回执"))
    return tuple(files)


def printed_form(certificate: Certificate, files: tuple[Attached, ...] = ()) -> PrintedForm:
    """This function will give what stands on the paper, the identity number in full; the caller puts that on record."""
    return PrintedForm(
        name=certificate.holder_name,
        id_kind=certificate.holder.id_kind,
        id_number=opened_id_number(certificate.holder),
        occupation=certificate.occupation_name,
        trade=certificate.trade_name,
        level=certificate.level_label,
        number=certificate.number,
        body=certificate.body_name,
        issued_on=certificate.issued_on,
        verify_url=qr_content(certificate),
        attached=files,
        title="职业技能等级证书" if certificate.is_national else TITLE.on(certificate.issued_on).value,
        standard="" if certificate.is_national else str(certificate.basis.get("standard", "")),
    )
