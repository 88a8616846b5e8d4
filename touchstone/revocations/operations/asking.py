"""更正、补发申请: the holder says what is wrong on a certificate, or that the paper is lost, and brings what proves it; it costs nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.certificates.queries import by_number
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import REQUEST_WITHIN, may_be_corrected
from touchstone.policy.roles import Role
from touchstone.revocations import permissions
from touchstone.revocations.models import HolderRequest, Kind
from touchstone.revocations.states import ISSUER, REQUEST_MOVES, RequestState
from touchstone.tasks.operations import close_tasks, open_task

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate

EVIDENCE, CHECK = "correction_evidence", "certificate_request_check"


@dataclass(frozen=True)
class Wanted:
    """What a holder asks: why, what is to stand instead (by the Chinese name of the field), and the proofs (name, content)."""

    words: str
    changes: Mapping[str, str] = field(default_factory=dict)
    proofs: Sequence[tuple[str, bytes]] = ()


@transaction.atomic
def ask_correction(*, certificate_number: str, wanted: Wanted, by: Actor, at: datetime) -> HolderRequest:
    """This function will take a holder's request to have something on their certificate put right.

    :raises NotAllowed: for somebody else's. :raises Refusal: without words, proof or anything to change.
    """
    changes = {name: text.strip() for name, text in wanted.changes.items() if text.strip()}
    if changes:
        must(may_be_corrected(list(changes), localtime(at).date()), "请只填写可以更正的内容。")
    if not wanted.proofs:
        raise Refusal("没有上传证明材料。", ISSUER, "请上传身份证件、成绩单等能证明正确内容的材料。")
    return _asked(Kind.CORRECTION, certificate_number, wanted.words, changes, wanted.proofs, by=by, at=at)


@transaction.atomic
def ask_reissue(*, certificate_number: str, words: str, by: Actor, at: datetime) -> HolderRequest:
    """This function will take a holder's request to have a lost or spoilt certificate issued again. :raises NotAllowed: :raises Refusal:"""
    return _asked(Kind.REISSUE, certificate_number, words, {}, (), by=by, at=at)


def _asked(
    kind: Kind,
    certificate_number: str,
    words: str,
    changes: Mapping[str, str],
    proofs: Sequence[tuple[str, bytes]],
    *,
    by: Actor,
    at: datetime,
) -> HolderRequest:
    certificate = by_number(certificate_number)
    if certificate is None:
        raise Refusal("没有这本证书。", ISSUER, "请从“我的证书”中申请。")
    permissions.check_is_own(by, certificate.holder)
    _check_can_ask(certificate)
    if not words.strip():
        raise Refusal("请写明情况。", ISSUER, "更正请写明哪里有误、正确的是什么；补发请写明遗失或者损坏的情况。")
    day = localtime(at).date()
    try:
        with transaction.atomic():
            made = HolderRequest.objects.create(
                number=f"GZ{at:%Y}{next_serial(f'certificate-request-{at:%Y}'):05d}",
                kind=kind,
                certificate=certificate,
                certificate_number=certificate.number,
                body=certificate.body,
                words=words.strip(),
                changes=dict(changes),
                asked_at=at,
                due_on=calendar().add_working_days(day, REQUEST_WITHIN.on(day).value),
            )
    except IntegrityError as error:
        if "one_open_request_per_certificate" not in str(error):
            raise
        raise Refusal("这本证书已有正在办理的申请。", ISSUER, "请在“更正和补发”中查看进度，或者撤回后重新申请。") from error
    for name, content in proofs:
        attach(case=made.number, label=EVIDENCE, name=name, content=content, by=by, at=at)
    detail = {"kind": kind.value, "certificate": certificate.number, "fields": sorted(changes), "due_on": made.due_on.isoformat()}
    record("certificate_request.asked", made.number, by=by, at=at, reason=made.words, detail=detail)
    title = f"证书{made.get_kind_display()}申请：{certificate.holder_name} {certificate.occupation_label}{certificate.level_label}"[:200]
    office, due = certificate.body.office_id, made.due_on
    open_task(case=made.number, matter=CHECK, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=due)
    return made


def _check_can_ask(certificate: "Certificate") -> None:
    if not certificate.is_valid:
        raise Refusal("这本证书已经撤销，不能更正或补发。", ISSUER, "对撤销决定不服的，可以在期限内申诉。")
    if certificate.is_examined:
        raise Refusal("这本证书正在核查，暂不能更正或补发。", ISSUER, "请在核查中陈述，核查结束后再申请。")


@transaction.atomic
def take_back_request(*, number: str, by: Actor, at: datetime) -> HolderRequest:
    """This function will take a request back, by whoever made it, as long as it is not decided."""
    found = locked_request(number)
    permissions.check_may_request(by, "take_back", found)
    state = REQUEST_MOVES.check("take_back", RequestState(found.state))
    found.decided_at = at
    found.move_to(state)
    record("certificate_request.taken_back", number, by=by, at=at)
    close_tasks(case=number, by=by, at=at, outcome="本人撤回")
    return found


def locked_request(number: str) -> HolderRequest:
    """This function will give a request, held until the transaction ends. :raises Refusal: where there is none."""
    rows = HolderRequest.objects.select_for_update(of=("self",)).select_related("certificate__holder__user", "certificate__body", "body__office")
    found = rows.filter(number=number).first()
    if found is None:
        raise Refusal("没有这件申请。", ISSUER, "请从列表中打开。")
    return found
