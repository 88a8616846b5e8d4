"""退回补正: what has to be put right, where, and by when? Nothing is lost on the way back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import SupplementRequest
from touchstone.filings.operations._case import ROUTE, ask_nobody, locked, note, owes, words
from touchstone.filings.queries.checking import TITLES
from touchstone.filings.states import MOVES, State
from touchstone.parameters.queries import due
from touchstone.policy.filing.terms import SUPPLEMENT_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def return_for_supplement(*, number: str, reason: str, points: Mapping[str, str], by: Actor, at: datetime) -> SupplementRequest:
    """This function will send an application back with what is missing in all (`reason`) and section by section (`points`).

    :raises WordsMissing: when it does not say what has to be put right.
    """
    filing = locked(number)
    permissions.check_may(by, "return", filing)
    target = MOVES.check("return_for_supplement", State(filing.state))
    asked = {key: text.strip() for key, text in points.items() if key in TITLES and text.strip()}
    reason = words(reason, "退回补正须一次写明需要补正的内容。", "请逐项写明缺什么、哪里不符合、怎样补正。")
    filing.move_to(target, step="")
    request = SupplementRequest.objects.create(
        filing=filing, round=filing.round, words=reason, points=asked, asked_at=at, asked_by_id=by.user_id, due_on=due(SUPPLEMENT_WITHIN, at)
    )
    close_tasks(case=number, by=by, at=at, outcome="退回补正")
    ask_nobody(filing, at)
    title, office = "退回补正，请补齐后重新提交", filing.body.office
    owes(filing, "filing.supplement", title, office=office, role=Role.BODY_FILER, by=by, at=at, due_on=request.due_on)
    said = "\n".join([reason, *(f"【{TITLES[key]}】{text}" for key, text in asked.items())])
    note("filing.returned", filing, by=by, at=at, reason=said, clause=str(ROUTE), round=filing.round, due_on=request.due_on.isoformat())
    return request
