"""异议: somebody objected during the public notice; is it right, and what follows?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import Filing
from touchstone.filings.operations._case import NothingToDo, bureau, locked, note, owes, words
from touchstone.filings.states import MOVES, State
from touchstone.notices.operations import answer_objection, close_notice
from touchstone.notices.queries import objections_of
from touchstone.parameters.queries import due
from touchstone.policy.documents import our_default
from touchstone.policy.filing.terms import DECISION_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.notices.models import Objection

_CLAUSE = our_default("备案公示")


@transaction.atomic
def take_up_objections(*, number: str, by: Actor, at: datetime) -> int:
    """This function will put unanswered objections to a filing's notice before the district and count them; it may be asked again."""
    filing = locked(number)
    permissions.check_may(by, "accept", filing)
    waiting = objections_of(number).filter(answered_at__isnull=True).count()
    if filing.state == State.ANNOUNCED and waiting:
        within = due(DECISION_WITHIN, at)
        office, title = bureau(filing, "decision"), "公示期间收到异议，请核查并答复"
        owes(filing, "filing.objection", title, office=office, role=Role.DIRECTOR, by=by, at=at, due_on=within)
    return waiting


@transaction.atomic
def answer_filing_objection(*, number: str, objection: str, upheld: bool, answer: str, by: Actor, at: datetime) -> "Objection":
    """This function will answer an objection to a filing's notice; one that is upheld ends the notice and reopens the review.

    :raises NothingToDo: when there is no such open objection. :raises WordsMissing: without an answer.
    """
    filing = locked(number)
    permissions.check_may(by, "answer_objection", filing)
    target = MOVES.check("reopen", State(filing.state))
    found = objections_of(number).filter(number=objection, answered_at__isnull=True).first()
    if found is None:
        raise NothingToDo("没有待答复的这条异议。", _CLAUSE, "请刷新页面查看最新情况。")
    answer = words(answer, "请写明核查情况和答复意见。", "答复将告知异议人。")
    answered = answer_objection(number=objection, upheld=upheld, answer=answer, by=by, at=at)
    if upheld:
        _reopen(filing, target, found.notice.number, by, at)
        note("filing.reopened", filing, by=by, at=at, reason=answer, clause=str(_CLAUSE), objection=objection)
    else:
        if not objections_of(number).filter(answered_at__isnull=True).exists():
            close_tasks(case=number, matter="filing.objection", by=by, at=at, outcome="异议不成立")
        note("filing.objection_rejected", filing, by=by, at=at, reason=answer, clause=str(_CLAUSE), objection=objection)
    return answered


def _reopen(filing: Filing, target: State, notice_number: str, by: Actor, at: datetime) -> None:
    close_notice(number=notice_number, outcome="中止", by=by, at=at)
    filing.move_to(target, step="decision")
    close_tasks(case=filing.number, matter="filing.objection", by=by, at=at, outcome="异议成立")
    office, within = bureau(filing, "decision"), due(DECISION_WITHIN, at)
    owes(filing, "filing.decide", "异议成立，请重新审核并决定", office=office, role=Role.DIRECTOR, by=by, at=at, due_on=within)
