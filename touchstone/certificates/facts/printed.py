"""印制内容: what is printed on a certificate, and which address leads from its QR code to its verification?

The address carries the number and a keyed check: who scans the paper needs no name, and who only counts numbers up finds nothing.
"""

import base64
import hmac

from django.conf import settings

from touchstone.accounts.people import field_key, opened_id_number
from touchstone.certificates.models import Certificate
from touchstone.policy.certificates.enterprise import TITLE
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


def printed_form(certificate: Certificate) -> PrintedForm:
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
        verify_url=verify_url(certificate.number),
        title="职业技能等级证书" if certificate.is_national else TITLE.on(certificate.issued_on).value,
        standard="" if certificate.is_national else str(certificate.basis.get("standard", "")),
    )
