"""打印: certificates leave as PDF; the identity number stands on them in full, so every print is put on record."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates import permissions
from touchstone.certificates.facts import attached, printed_form
from touchstone.certificates.models import Certificate
from touchstone.certificates.queries import receipt_for
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.print.certificate import print_certificates
from touchstone.print.press import CannotPrint


@transaction.atomic
def print_one(*, number: str, by: Actor, at: datetime) -> bytes:
    """This function will print one certificate. :raises NotAllowed: :raises Refusal: for one revoked or examined, or with a missing character."""
    certificate = Certificate.objects.select_related("body", "holder", "credential").filter(number=number).first()
    if certificate is None:
        raise Refusal(f"没有编号为{number}的证书。", notice("一"), "请核对证书编号。")
    permissions.check_may(by, "print", certificate.body.office_id)
    _check_valid(certificate)
    record("certificate.printed", number, by=by.with_key(""), at=at, reason="打印证书，载明完整证件号码")
    return _pressed([certificate])


@transaction.atomic
def print_batch(*, numbers: Sequence[str], case: str, by: Actor, at: datetime) -> bytes:
    """This function will print the valid ones among `numbers` that are not examined into one PDF, in order of number; `case` is what it is recorded
    under.

    :raises NotAllowed: when one of them is another body's. :raises Refusal: when there is none such.
    """
    valid = Certificate.objects.filter(number__in=numbers, state=Certificate.State.VALID, examined_since__isnull=True)
    found = list(valid.select_related("body", "holder", "credential").order_by("number"))
    if not found:
        raise Refusal("没有可以打印的有效证书。", notice("一"), "请先核发证书，或重新选择；已撤销的、核查中的证书不能打印。")
    for office in {certificate.body.office_id for certificate in found}:
        permissions.check_may(by, "print", office)
    detail = {"count": len(found), "first": found[0].number, "last": found[-1].number}
    record("certificates.printed", case, by=by.with_key(""), at=at, reason="批量打印证书，载明完整证件号码", detail=detail)
    return _pressed(found)


def _check_valid(certificate: Certificate) -> None:
    if not certificate.is_valid:
        raise Refusal("已撤销的证书不能打印。", notice("三(四)2"), "公众查验时会看到“已撤销”。")
    if certificate.is_examined:
        raise Refusal("核查中的证书暂不打印。", notice("三(四)2"), f"核查案件为{certificate.examined_case}，结束核查后可以打印。")


def _pressed(certificates: Sequence[Certificate]) -> bytes:
    try:
        several = len(certificates) > 1
        files = (attached(one, receipt_for(one), among_others=several) for one in certificates)
        return print_certificates(printed_form(one, held) for one, held in zip(certificates, files, strict=True))
    except CannotPrint as fault:
        raise Refusal(fault.sentence) from fault
