"""入选后申请备案: a body selected in a call owes its application to be filed while the selection is good; what was handed in settles it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls import permissions
from touchstone.calls.models import Selection
from touchstone.calls.operations._case import LAW
from touchstone.ledger.operations import record
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.tasks.queries import open_on

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

MATTER = "selection.file"


def owe_filing(selection: Selection, *, by: Actor, at: datetime) -> None:
    """This function will put before a selected body that it applies to be filed by the last day its selection is good; part of the operation
    that selects. One that was selected without a call has its filing opened for it, and owes nothing."""
    if selection.application is None:
        return
    open_task(
        case=selection.application.number,
        matter=MATTER,
        title=f"入选“{selection.project}”，请在有效期内申请备案",
        office_id=selection.body.office_id,
        role=Role.BODY_FILER,
        by=by,
        at=at,
        due_on=selection.until - timedelta(days=1),
    )


def settle_filing_owed(*, body: "Body", places: Iterable[tuple[str, str]], case: str, by: Actor, at: datetime) -> int:
    """This function will close what a body owed for the projects, (occupation code, trade) each, that its application `case` asks for, and count
    them; part of the operation that hands the application in."""
    settled = 0
    for selection in _of(body, places):
        if selection.application is not None:
            settled += close_tasks(case=selection.application.number, matter=MATTER, by=by, at=at, outcome=f"已申请备案{case}")
    return settled


def owe_filing_again(*, body: "Body", places: Iterable[tuple[str, str]], by: Actor, at: datetime) -> int:
    """This function will put before a body once more what its application would have settled, when that was taken back or refused, for the
    selections that are still good, and count them; part of the operation that ends the application."""
    owed = [one for one in _of(body, places) if one.application is not None and one.ended_on is None and at.date() < one.until]
    for selection in owed:
        owe_filing(selection, by=by, at=at)
    return len(owed)


@transaction.atomic
def lapse_selection(*, selection_id: int, by: Actor, at: datetime) -> bool:
    """This function will note that a selection ran out before its body applied to be filed, and say whether it did.

    :raises NotAllowed: unless by the platform.
    """
    permissions.check_may(by, "clock")
    found = Selection.objects.select_for_update(of=("self",)).select_related("application", "project__occupation", "project__trade")
    selection = found.get(pk=selection_id)
    application = selection.application
    if application is None or selection.until > at.date() or not open_on(application.number).filter(matter=MATTER).exists():
        return False
    close_tasks(case=application.number, matter=MATTER, by=by, at=at, outcome="入选资格期满失效")
    said = f"“{selection.project}”的入选资格已于{selection.until - timedelta(days=1)}期满，期内没有申请备案。需要开展评价的，请重新应征。"
    record("selection.lapsed", application.number, by=by, at=at, reason=said, detail={"selection": selection.pk, "clause": str(LAW)})
    return True


def _of(body: "Body", places: Iterable[tuple[str, str]]) -> list[Selection]:
    wanted = set(places)
    found = Selection.objects.filter(body=body).select_related("application", "body", "project__occupation", "project__trade").order_by("id")
    return [one for one in found if (one.project.occupation.code, one.project.trade.name if one.project.trade else "") in wanted]
