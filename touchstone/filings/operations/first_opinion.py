"""区初审意见: what does the district of the school's headquarters say before the city's experts look? (`通知 三(一)3`)"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import FirstOpinion
from touchstone.filings.operations._case import bureau, check_nobody_asked, locked, note, words
from touchstone.filings.operations._steps import come_to, following_step
from touchstone.filings.operations.appoint import check_under_review
from touchstone.policy.filing.panel import LAW
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def give_first_opinion(*, number: str, favourable: bool, opinion: str, by: Actor, at: datetime) -> FirstOpinion:
    """This function will give the district's opinion and send the case on to the city's experts, whichever way it goes. :raises WordsMissing:"""
    filing = locked(number)
    permissions.check_may(by, "first_opinion", filing)
    check_under_review(filing, "first_opinion", "提出初审意见")
    check_nobody_asked(filing)
    opinion = words(opinion, "初审意见须写明理由。", "意见随申请报送市职鉴中心，并告知申请单位。")
    given = FirstOpinion.objects.create(
        filing=filing, round=filing.round, favourable=favourable, opinion=opinion, given_at=at, given_by_id=by.user_id
    )
    verdict = "同意上报" if favourable else "不同意上报"
    close_tasks(case=number, by=by, at=at, outcome=verdict, office_id=bureau(filing).pk)
    come_to(filing, following_step(filing, "first_opinion", at), why=f"区初审意见为“{verdict}”", by=by, at=at)
    note("filing.first_opinion_given", filing, by=by, at=at, reason=opinion, note=verdict, clause=str(LAW))
    return given
