"""到期提醒: a body is told, once each some months before and at the end, that an agreement, a commission or a pilot runs out."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.bodies.operations.pilots import ask_for_report
from touchstone.bodies.queries.ending import REMINDED, EndingPaper, paper_reminder
from touchstone.ledger.operations import record
from touchstone.policy.documents import our_default
from touchstone.policy.papers import TOLD_OF_END

CLAUSE = our_default("协议到期提醒")


@transaction.atomic
def remind_of_end(*, number: str, by: Actor, at: datetime) -> bool:
    """This function will tell a body that a paper of its registers runs out or has run out, and say whether it was due. A pilot's report is put
    before the body as a task with its last day.

    :raises NotAllowed: unless by the platform.
    """
    if not by.is_platform:
        raise NotAllowed("到期提醒由平台自动发出。", CLAUSE, "需要联系机构的，请直接电话联系。")
    due = paper_reminder(number, at.date())
    if due is None:
        return False
    paper, months = due
    if paper.is_pilot and paper.owes_report:
        ask_for_report(number=number, by=by, at=at)
    detail = {"months": months, "until": paper.ends.isoformat(), "body": paper.body.number, "clause": str(CLAUSE)}
    record(REMINDED, number, by=by, at=at, reason=_words(paper, months), detail=detail)
    return True


def _words(paper: EndingPaper, months: int) -> str:
    what = f"{paper.what}{paper.number}（{paper.whom}）"
    if months == TOLD_OF_END:
        said = f"{what}已于{paper.last_day}到期"
    else:
        said = f"{what}至{paper.last_day}有效，还有不到{months}个月"
    if paper.is_pilot:
        return f"{said}。请按期提交试点总结，由市职鉴中心决定是否复制推广。" if paper.owes_report else f"{said}。"
    return f"{said}。到期后申报的人员不再据此接受；继续合作的，请签订后登记新的协议。"
