"""撤销: a certificate is declared void, with its reason; nothing of it is erased."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates import permissions
from touchstone.certificates.facts.public import changed_lines
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations.publishing import tell_lists
from touchstone.certificates.states import Standing
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def revoke(*, number: str, reason: str, by: Actor, at: datetime) -> Certificate:
    """This function will revoke a certificate; verification shows it from this moment on.

    :raises NotAllowed: unless the issuing body's leader or the city centre's director asks.
    :raises Refusal: when it is revoked already, or no reason is given.
    """
    certificate = Certificate.objects.select_for_update(of=("self",)).select_related("body").filter(number=number).first()
    if certificate is None:
        raise Refusal(f"没有编号为{number}的证书。", notice("三(四)2"), "请核对证书编号。")
    permissions.check_may(by, "revoke", certificate.body.office_id)
    if not certificate.is_valid:
        raise Refusal("该证书已经撤销，无需重复办理。", notice("三(四)2"), "撤销不能恢复；撤销有误的，经申诉后另发证书代替。")
    if not reason.strip():
        raise Refusal("请写明撤销原因。", notice("三(四)2"), "撤销原因会告知持证人，查验页面显示已撤销。")
    certificate.state = Certificate.State.REVOKED
    certificate.revoked_on, certificate.revoked_reason = at.date(), reason.strip()[:300]
    certificate.save(update_fields=["state", "revoked_on", "revoked_reason"])
    public = changed_lines("revoked", tell_lists(certificate, Standing.REVOKED, at=at))
    record("certificate.revoked", number, by=by, at=at, reason=reason.strip(), detail={"case": certificate.examined_case}, public=public)
    close_tasks(case=number, by=by, at=at, outcome="证书已撤销")
    return certificate
