"""核查: a decision above says that a certificate should not have been issued; until its issuer decides, everybody who verifies it is told so."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.facts.public import changed_lines
from touchstone.certificates.models import Certificate, CertificateSet
from touchstone.certificates.operations.publishing import tell_lists
from touchstone.certificates.states import Standing
from touchstone.ledger.operations import record
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

MATTER = "revoke_certificate"


@transaction.atomic
def begin_examination(*, candidate_number: str, case: str, reason: str, by: Actor, at: datetime) -> list[Certificate]:
    """This function will mark the valid certificates of a candidate as examined, put the revocation of each before the body's leader, and give those
    marked; once is enough. The app that decided has checked who may.
    """
    found = list(_locked().filter(candidate_number=candidate_number, state=Certificate.State.VALID, examined_since__isnull=True))
    for one in found:
        one.examined_since, one.examined_case = at.date(), case
        one.save(update_fields=["examined_since", "examined_case"])
        public = changed_lines("suspended", tell_lists(one, Standing.SUSPENDED, at=at))
        record("certificate.examination_begun", one.number, by=by.with_key(""), at=at, reason=reason, detail={"case": case}, public=public)
        title = f"撤销证书：{one.holder_name} {one.occupation_label}{one.level_label}（{reason}）"[:200]
        office, due = one.body.office_id, at.date()
        open_task(case=one.number, matter=MATTER, title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=due)
    return found


@transaction.atomic
def end_examination(*, case: str, reason: str, by: Actor, at: datetime) -> int:
    """This function will take the mark off what is examined by a case that was undone, and count it. The app that undid it has checked who may."""
    found = list(_locked().filter(examined_case=case, state=Certificate.State.VALID))
    for one in found:
        one.examined_since, one.examined_case = None, ""
        one.save(update_fields=["examined_since", "examined_case"])
        public = changed_lines("restored", tell_lists(one, Standing.VALID, at=at))
        record("certificate.examination_ended", one.number, by=by.with_key(""), at=at, reason=reason, detail={"case": case}, public=public)
        close_tasks(case=one.number, matter=MATTER, by=by, at=at, outcome="核查终止，证书有效")
    return len(found)


def _locked() -> CertificateSet:
    return Certificate.objects.select_for_update(of=("self",)).select_related("body").order_by("pk")
