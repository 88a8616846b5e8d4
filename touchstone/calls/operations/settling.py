"""应征结果: one application is selected or passed over; part of what ends a call."""

from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.calls.models import Application, Selection
from touchstone.calls.operations._case import LAW, note
from touchstone.calls.operations.filing_owed import owe_filing
from touchstone.calls.states import APPLICATION_MOVES, ApplicationState
from touchstone.kernel.periods import add_months
from touchstone.parameters.queries import in_force
from touchstone.policy.calls.terms import SELECTION_MONTHS
from touchstone.tasks.operations import close_tasks


def pass_over(application: Application, why: str, by: Actor, at: datetime) -> Application:
    """This function will end an application that was not selected, and say why."""
    application.outcome_reason = why
    application.move_to(APPLICATION_MOVES.check("pass_over", ApplicationState(application.state)))
    close_tasks(case=application.number, by=by, at=at, outcome="未入选")
    note("application.passed_over", application, by=by.with_key(""), at=at, reason=why, clause=str(LAW))
    return application


def select(application: Application, why: str, by: Actor, at: datetime) -> Selection:
    """This function will select an organisation for the lot it applied for; the selection is good for a dated time."""
    application.outcome_reason = why
    application.move_to(APPLICATION_MOVES.check("select", ApplicationState(application.state)))
    lot, day = application.lot, at.date()
    selection = Selection.objects.create(
        application=application,
        body_id=application.body_id,
        project_id=lot.project_id,
        district=lot.district,
        selected_on=day,
        until=add_months(day, in_force(SELECTION_MONTHS, day).value),
        ground=f"公开征集{lot.call.number}第{application.rank}名",
    )
    close_tasks(case=application.number, by=by, at=at, outcome="已入选")
    owe_filing(selection, by=by, at=at)
    note("application.selected", application, by=by.with_key(""), at=at, reason=why, until=selection.until.isoformat(), clause=str(LAW))
    return selection
