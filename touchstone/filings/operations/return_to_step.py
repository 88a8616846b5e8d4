"""退回到前面的环节: which earlier step has to be taken again, and why? What was done stays readable; the form comes back filled."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import Filing, ReturnedStep
from touchstone.filings.operations._case import ROUTE, ask_nobody, locked, note, owes, words
from touchstone.filings.operations._steps import come_to
from touchstone.filings.queries.consenting import consents_wanted
from touchstone.filings.queries.routing import earlier_steps
from touchstone.filings.states import MOVES, State
from touchstone.kernel.law import Refusal
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

CONSENT = "consent"


@transaction.atomic
def return_to_step(*, number: str, step: str, reason: str, by: Actor, at: datetime) -> ReturnedStep:
    """This function will send a case under review back to an earlier step of its route, or (`consent`) to the applicant, whose offices have
    to be asked again. Assessments, opinions and panels of that step and after it are set aside and stay readable.

    :raises Refusal: for a step that is not an earlier one. :raises WordsMissing:
    """
    filing = locked(number)
    permissions.check_may(by, "return", filing)
    MOVES.check("return_to_step", State(filing.state))
    earlier = [one.key for one in earlier_steps(filing, at.date())]
    if step != CONSENT and step not in earlier:
        raise Refusal("只能退回到已经办过的环节。", ROUTE, "请从列出的环节中选择；需要申请单位补正的，请办理退回补正。")
    if step == CONSENT and not consents_wanted(filing, at.date()):
        raise Refusal("本次申请没有征求同意的环节。", ROUTE, "请从列出的环节中选择。")
    title = _title(filing, step, at)
    reason = words(reason, "退回须写明理由。", "请写明哪里需要重新办理、为什么。")
    returned = ReturnedStep.objects.create(
        filing=filing, round=filing.round, left=filing.step, returned_to=step, words=reason, returned_at=at, returned_by_id=by.user_id
    )
    close_tasks(case=number, by=by, at=at, outcome="退回到前面的环节")
    ask_nobody(filing, at)
    _set_aside(filing, [] if step == CONSENT else [*earlier[earlier.index(step) :], filing.step], at)
    if step == CONSENT:
        _to_applicant(filing, by, at)
    else:
        come_to(filing, step, why="退回重新办理", by=by, at=at)
    note("filing.returned_to_step", filing, by=by, at=at, reason=reason, note=title, clause=str(ROUTE))
    return returned


def _set_aside(filing: Filing, keys: list[str], at: datetime) -> None:
    again = {"technical_assessment": filing.assessments, "first_opinion": filing.first_opinions, "expert_re_review": filing.panels}
    for key, rows in again.items():
        if key in keys:
            rows.filter(round=filing.round, superseded_at__isnull=True).update(superseded_at=at)  # type: ignore[attr-defined]


def _to_applicant(filing: Filing, by: Actor, at: datetime) -> None:
    filing.consents.filter(lapsed_at__isnull=True).update(lapsed_at=at)
    filing.submitted_at = None  # consent comes before the application: it is handed in anew
    filing.move_to(MOVES.check("return_to_consent", State(filing.state)), step="")
    owes(filing, "filing.revise", "退回重新征求同意", office=filing.body.office, role=Role.BODY_FILER, by=by, at=at, due_on=None)


def _title(filing: Filing, step: str, at: datetime) -> str:
    return "征求同意" if step == CONSENT else next((s.title for s in earlier_steps(filing, at.date()) if s.key == step), step)
