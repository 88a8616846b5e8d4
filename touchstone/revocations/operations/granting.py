"""办理更正、补发: the body checks what the holder asks, and its leader has it put right, issued again, or refused with the ground and what to do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.certificates.operations import Why, replace
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.certificates.revocation import LAW, REISSUE_KEEPS_NUMBER
from touchstone.policy.roles import Role
from touchstone.revocations import permissions
from touchstone.revocations.models import HolderRequest, Kind
from touchstone.revocations.operations.asking import CHECK, locked_request
from touchstone.revocations.operations.changes import HOLDER, checked_changes, fields_of
from touchstone.revocations.states import ISSUER, REQUEST_MOVES, RequestState
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.uploads.operations import follow_replaced

DECIDE = "certificate_request_decide"


@transaction.atomic
def check_request(*, number: str, opinion: str, changes: Mapping[str, str], by: Actor, at: datetime) -> HolderRequest:
    """This function will put down what the body found when it checked a request, and, for a correction, what is to stand on the certificate (by the
    Chinese name of the field; an identity number is entered here, not by the holder).

    :raises Refusal: without an opinion, or when what is to stand cannot.
    """
    found = locked_request(number)
    permissions.check_may_request(by, "check", found)
    state = REQUEST_MOVES.check("check", RequestState(found.state))
    if not opinion.strip():
        raise Refusal("请写明核对情况。", ISSUER, "例如：与身份证件、成绩册核对，申请属实。")
    if found.kind == Kind.CORRECTION and any(text.strip() for text in changes.values()):
        found.changes = checked_changes(found.certificate, changes, by=by, at=at)
    found.opinion, found.checked_at = opinion.strip(), at
    found.move_to(state)
    record("certificate_request.checked", number, by=by, at=at, reason=found.opinion, detail={"fields": sorted(found.changes)})
    close_tasks(case=number, matter=CHECK, by=by, at=at, outcome="已核对")
    title = f"决定证书{found.get_kind_display()}：{found.certificate.holder_name} {found.certificate_number}"
    open_task(
        case=number, matter=DECIDE, title=title, office_id=found.body.office_id, role=Role.BODY_LEADER, by=by, at=at, due_on=found.due_on
    )
    return found


@transaction.atomic
def grant_request(*, number: str, answer: str, by: Actor, at: datetime) -> HolderRequest:
    """This function will do what was asked: a correction is the revocation and the new entry in one; a certificate issued again keeps its number, or
    gets another where the parameter in force that day says so.

    :raises Refusal: while the certificate is examined or void, or, for a correction, without anything to change.
    """
    found = locked_request(number)
    permissions.check_may_request(by, "grant", found)
    state = REQUEST_MOVES.check("grant", RequestState(found.state))
    certificate = found.certificate
    if not certificate.is_valid or certificate.is_examined:
        raise Refusal(f"证书现为“{certificate.standing}”，不能办理。", ISSUER, "请先办结核查，或者不予办理并告知持证人。")
    keeps = REISSUE_KEEPS_NUMBER.on(localtime(at).date())
    clause = LAW if found.kind == Kind.CORRECTION else keeps.clause
    if found.kind == Kind.CORRECTION:
        if not found.changes:
            raise Refusal("没有写明更正后的内容。", LAW, "请不予办理并说明，由持证人重新申请。")
        fields = _checked_fields(found, by=by, at=at)
        made = replace(number=certificate.number, why=Why.CORRECTION, changes=fields, reason=found.words, case=number, by=by, at=at)
        found.made_number = made.number
        follow_replaced(old=certificate.number, new=made, case=number, reason=_told(found), by=by.with_key(""), at=at)
    elif keeps.value:
        found.made_number = certificate.number
        detail = {"case": number, "clause": str(clause)}
        record("certificate.reissued", certificate.number, by=by.with_key(""), at=at, reason="补发，此前打印的纸质证书作废", detail=detail)
    else:
        made = replace(number=certificate.number, why=Why.REISSUE, changes={}, reason=found.words, case=number, by=by, at=at)
        found.made_number = made.number
        follow_replaced(old=certificate.number, new=made, case=number, reason=_told(found), by=by.with_key(""), at=at)
    found.answer, found.clause, found.decided_at = answer.strip(), str(clause), at
    found.move_to(state)
    detail = {"certificate": found.certificate_number, "made": found.made_number, "clause": found.clause}
    record("certificate_request.granted", number, by=by, at=at, reason=found.answer, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome="已办结")
    return found


def _told(found: HolderRequest) -> str:
    return f"持证人申请{found.get_kind_display()}（{found.number}）"


def _checked_fields(found: HolderRequest, *, by: Actor, at: datetime) -> dict[str, Any]:
    """This function will give the fields a correction puts in place: as the body checked them, or else as the holder asked."""
    if HOLDER in found.changes:
        return fields_of(found.changes)
    return fields_of(checked_changes(found.certificate, found.changes, by=by, at=at))


@transaction.atomic
def refuse_request(*, number: str, reason: str, next_step: str, by: Actor, at: datetime) -> HolderRequest:
    """This function will refuse a request, with the reason and what the holder can do. :raises Refusal: without either."""
    found = locked_request(number)
    permissions.check_may_request(by, "refuse", found)
    state = REQUEST_MOVES.check("refuse", RequestState(found.state))
    if not reason.strip() or not next_step.strip():
        raise Refusal("请写明不予办理的理由和持证人可以怎么办。", ISSUER, "例如：补充哪些材料后重新申请，向谁申诉。")
    found.answer, found.next_step, found.clause, found.decided_at = reason.strip(), next_step.strip(), str(ISSUER), at
    found.move_to(state)
    record("certificate_request.refused", number, by=by, at=at, reason=found.answer, detail={"next_step": found.next_step})
    close_tasks(case=number, by=by, at=at, outcome="未予办理")
    return found
