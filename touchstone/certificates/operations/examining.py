"""核查: a decision above says that a certificate should not have been issued; until its issuer decides, everybody who verifies it is told so."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.models import Certificate
from touchstone.ledger.operations import record
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

MATTER = "revoke_certificate"


@transaction.atomic
def begin_examination(*, candidate_number: str, case: str, reason: str, by: Actor, at: datetime) -> Certificate | None:
    """This function will mark the valid certificate of a candidate as examined and put its revocation before the body's leader; None where there is
    none, and once is enough. The app that decided has checked who may.
    """
    certificate = _locked(candidate_number)
    if certificate is None or not certificate.is_valid or certificate.is_examined:
        return None
    certificate.examined_since, certificate.examined_case = at.date(), case
    certificate.save(update_fields=["examined_since", "examined_case"])
    record("certificate.examination_begun", certificate.number, by=by.with_key(""), at=at, reason=reason, detail={"case": case})
    title = f"撤销证书：{certificate.holder_name} {certificate.occupation_label}{certificate.level_label}（{reason}）"[:200]
    office, due = certificate.body.office_id, at.date()
    open_task(case=certificate.number, matter=MATTER, title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=due)
    return certificate


@transaction.atomic
def end_examination(*, candidate_number: str, reason: str, by: Actor, at: datetime) -> Certificate | None:
    """This function will take the mark off a certificate whose case was undone; None where none is examined."""
    certificate = _locked(candidate_number)
    if certificate is None or not certificate.is_examined:
        return None
    case, certificate.examined_since, certificate.examined_case = certificate.examined_case, None, ""
    certificate.save(update_fields=["examined_since", "examined_case"])
    record("certificate.examination_ended", certificate.number, by=by.with_key(""), at=at, reason=reason, detail={"case": case})
    close_tasks(case=certificate.number, matter=MATTER, by=by, at=at, outcome="核查终止，证书有效")
    return certificate


def _locked(candidate_number: str) -> Certificate | None:
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("body")
    return rows.filter(candidate_number=candidate_number).first()
