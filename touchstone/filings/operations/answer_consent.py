"""答复同意: does the office that was asked agree? Silence is never consent."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import Consent
from touchstone.filings.operations._case import ROUTE, NothingToDo, locked, note, owes, words
from touchstone.filings.states import MOVES, State
from touchstone.ledger.operations import record
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def answer_consent(*, number: str, given: bool, opinion: str, by: Actor, at: datetime) -> Consent:
    """This function will answer for the actor's office whether it agrees; a refusal says why and leaves the draft as it was.

    :raises NothingToDo: when the office has no open request. :raises WordsMissing: for a refusal without a reason.
    """
    filing = locked(number)
    permissions.check_may(by, "answer_consent", filing)
    target = MOVES.check("give_consent" if given else "refuse_consent", State(filing.state))
    consent = filing.consents.select_for_update(of=("self",)).filter(office_id=by.office_id, answered_at__isnull=True, lapsed_at__isnull=True).first()
    if consent is None:
        raise NothingToDo("没有待您所在部门答复的征求意见。", ROUTE, "可在流转记录中查看该申请当前由谁办理。")
    if not given:
        opinion = words(opinion, "不同意的，须写明理由。", "理由将告知申请单位，以便其修改或改向另一部门征求同意。")
    consent.given, consent.opinion, consent.answered_at, consent.answered_by_id = given, opinion.strip(), at, by.user_id
    consent.save()
    filing.move_to(target, step="" if not given else "consent")
    close_tasks(case=number, matter="filing.consent", by=by, at=at, outcome="同意" if given else "不同意")
    matter, title = ("filing.submit", "已获同意，请提交备案申请") if given else ("filing.revise", "未获同意，请修改或另行征求")
    owes(filing, matter, title, office=filing.body.office, role=Role.BODY_FILER, by=by, at=at, due_on=None)
    event = "filing.consent_given" if given else "filing.consent_refused"
    note(event, filing, by=by, at=at, reason=consent.opinion, clause=str(ROUTE))
    return consent


@transaction.atomic
def remind_consent(*, consent_id: int, by: Actor, at: datetime) -> bool:
    """This function will remind an office whose answer is overdue, once; it says whether it did. Nothing is ever taken as agreed."""
    consent = Consent.objects.select_for_update(of=("self",)).select_related("filing", "office").get(pk=consent_id)
    permissions.check_may(by, "accept")
    if consent.answered_at or consent.lapsed_at or consent.reminded_at or consent.due_on >= at.date():
        return False
    consent.reminded_at = at
    consent.save(update_fields=["reminded_at"])
    detail = {"note": consent.office.name, "office": consent.office.number, "due_on": consent.due_on.isoformat()}
    record("filing.consent_reminded", consent.filing.number, by=by, at=at, detail=detail)
    return True
