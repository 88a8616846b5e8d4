"""答复同意: does the office that was asked agree? Silence is never consent."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import Consent, Filing
from touchstone.filings.operations._case import ROUTE, NothingToDo, locked, note, owes, words
from touchstone.filings.queries.consenting import consents_wanted
from touchstone.filings.states import MOVES, State
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import Outcome
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, due, in_force
from touchstone.policy.filing.terms import CONSENT_WITHIN, ESCALATE_AFTER
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def answer_consent(*, number: str, given: bool, opinion: str, by: Actor, at: datetime) -> Consent:
    """This function will answer for the actor's office whether it agrees; a refusal says why and leaves the draft as it was. When the last
    office asked has answered, the draft is agreed to or goes back to the applicant.

    :raises NothingToDo: when the office has no open request. :raises WordsMissing: for a refusal without a reason.
    """
    filing = locked(number)
    permissions.check_may(by, "answer_consent", filing)
    if filing.state != State.CONSENT_SOUGHT:
        raise MoveRefused(
            f"当前为“{filing.state_label}”，不能答复是否同意。", ROUTE, "可在流转记录中查看该申请当前由谁办理。"
        )
    waiting = filing.consents.select_for_update(of=("self",)).filter(answered_at__isnull=True, lapsed_at__isnull=True)
    consent = waiting.filter(office_id=by.office_id).order_by("id").first()
    if consent is None:
        raise NothingToDo("没有待您所在部门答复的征求意见。", ROUTE, "可在流转记录中查看该申请当前由谁办理。")
    if not given:
        opinion = words(opinion, "不同意的，须写明理由。", "理由将告知申请单位，以便其修改或改向另一部门征求同意。")
    consent.given, consent.opinion, consent.answered_at, consent.answered_by_id = given, opinion.strip(), at, by.user_id
    consent.save()
    close_tasks(case=number, matter="filing.consent", office_id=by.office_id, by=by, at=at, outcome="同意" if given else "不同意")
    close_tasks(case=number, matter="filing.consent_late", office_id=by.office_id, by=by, at=at, outcome="已答复")
    _go_on(filing, given, by, at)
    event = "filing.consent_given" if given else "filing.consent_refused"
    note(event, filing, by=by, at=at, reason=consent.opinion, note=by.office_name, clause=str(ROUTE))
    return consent


def _go_on(filing: Filing, given: bool, by: Actor, at: datetime) -> None:
    body = filing.body.office
    if filing.consents.filter(answered_at__isnull=True, lapsed_at__isnull=True).exists():
        if not given:
            title = "有部门不同意，其余部门仍在答复；可以撤回征求后修改"
            owes(filing, "filing.revise", title, office=body, role=Role.BODY_FILER, by=by, at=at, due_on=None)
        return
    agreed = all(group.finding.outcome is Outcome.MET for group in consents_wanted(filing, at.date()))
    verb = "complete_consents" if agreed else "fail_consents"
    filing.move_to(MOVES.check(verb, State(filing.state)), step=filing.step if agreed else "")
    close_tasks(case=filing.number, matter="filing.revise", by=by, at=at, outcome="已答复")
    matter, title = ("filing.submit", "已获同意，请提交备案申请") if agreed else ("filing.revise", "未获同意，请修改或另行征求")
    owes(filing, matter, title, office=body, role=Role.BODY_FILER, by=by, at=at, due_on=None)


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


@transaction.atomic
def escalate_consent(*, consent_id: int, by: Actor, at: datetime) -> bool:
    """This function will put an answer that stayed out after the reminder before the director of the office asked, once; it says whether it did."""
    consent = Consent.objects.select_for_update(of=("self",)).select_related("filing__body", "office").get(pk=consent_id)
    permissions.check_may(by, "accept")
    if consent.answered_at or consent.lapsed_at or consent.escalated_at or consent.reminded_at is None:
        return False
    patience = in_force(ESCALATE_AFTER, at.date()).value
    if calendar().add_working_days(consent.due_on, patience) >= at.date():
        return False
    consent.escalated_at = at
    consent.save(update_fields=["escalated_at"])
    number = consent.filing.number
    open_task(
        case=number,
        matter="filing.consent_late",
        title=f"征求同意逾期未答复，请督办：{consent.filing.body.name}",
        office_id=consent.office_id,
        role=Role.DIRECTOR,
        by=by,
        at=at,
        due_on=due(CONSENT_WITHIN, at),
    )
    detail = {"note": consent.office.name, "office": consent.office.number, "due_on": consent.due_on.isoformat()}
    record("filing.consent_escalated", number, by=by, at=at, detail=detail)
    return True
