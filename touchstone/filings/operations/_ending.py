"""终止公用: what else changes with the end of a filing: who owes its records, and which requests have nothing left to ask?"""

from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.filings.models import Custody, EndRequest, Filing, Termination
from touchstone.filings.operations._case import bureau
from touchstone.parameters.queries import due
from touchstone.policy.filing.ending import CUSTODY_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

HAND_OVER, RECEIVE = "custody.hand_over", "custody.receive"


def ask_for_records(ended: Termination, *, by: Actor, at: datetime) -> Custody:
    """This function will have the records of an ended filing owed by its body to the office that filed it; part of the end."""
    root = ended.filing
    custody = Custody.objects.create(termination=ended, keeper=bureau(root, "decision"), due_on=due(CUSTODY_WITHIN, at))
    owe_records(custody, by=by, at=at)
    return custody


def owe_records(custody: Custody, *, by: Actor, at: datetime) -> None:
    """This function will put the handing over of records before the body."""
    ended = custody.termination
    title = f"移交评价档案：{ended.filing.body.name}"
    office, due_on = ended.filing.body.office_id, custody.due_on
    open_task(case=ended.number, matter=HAND_OVER, title=title, office_id=office, role=Role.BODY_FILER, by=by, at=at, due_on=due_on)


def let_requests_lapse(root: Filing, *, but: EndRequest | None, by: Actor, at: datetime) -> None:
    """This function will close the body's other requests to end a filing that has ended; part of the end."""
    waiting = root.end_requests.filter(outcome__in=["", EndRequest.Outcome.GRANTED])
    for one in waiting.exclude(pk=but.pk) if but else waiting:
        one.outcome, one.decided_at, one.opinion = EndRequest.Outcome.LAPSED, one.decided_at or at, one.opinion or "备案已经终止。"
        one.save(update_fields=["outcome", "decided_at", "opinion"])
        close_tasks(case=one.number, by=by, at=at, outcome="备案已经终止")
