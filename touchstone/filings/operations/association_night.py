"""协会每日核对: which associations meet the tests of `通知 三(一)2` since last night, and which no longer do?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.operations.association import list_candidates
from touchstone.filings.queries.association import Candidate, association_candidates
from touchstone.filings.queries.association_night import CHECKED, CHECKS, last_association_check
from touchstone.kernel.rules import Outcome
from touchstone.ledger.operations import record
from touchstone.policy.filing.association import LAW


@transaction.atomic
def check_associations(*, by: Actor, at: datetime) -> int:
    """This function will try every association against the tests, list those that meet them and are not listed, write down who newly meets them
    and who no longer does, and count those tried. One that is listed stays so: whether to let it be is the centre's to decide.

    :raises NotAllowed: unless by the platform.
    """
    if not by.is_platform:
        raise NotAllowed("每日核对由平台自动进行。", LAW, "需要马上核对的，请在协会纳入页面查看今天的核对结果并列入。")
    found = association_candidates(at.date())
    meets = {one.filing.number: one for one in found if one.outcome is Outcome.MET}
    tried = {one.filing.number: one for one in found}
    last = last_association_check()
    before = {line["filing"]: line for line in (last.detail["meets"] if last is not None else [])}
    fresh = [one for one in meets.values() if one.move is None]
    listed = {move.filing_id: move.number for move in list_candidates(fresh, by=by, at=at)}
    detail = {
        "tried": len(found),
        "meets": [_named(one) for one in meets.values()],
        "newly": [_named(one) | {"listed": listed.get(one.filing.pk, "")} for number, one in meets.items() if number not in before],
        "no_longer": [before[number] | {"why": _why(tried.get(number))} for number in before if number not in meets],
        "listed": sorted(listed.values()),
        "clause": str(LAW),
    }
    record(CHECKED, CHECKS, by=by, at=at, detail=detail)
    return len(found)


def _named(one: Candidate) -> dict[str, str]:
    return {"filing": one.filing.number, "body": one.filing.body.number, "name": one.filing.body.name}


def _why(one: Candidate | None) -> str:
    if one is None:
        return "已不以企业评价机构备案，或者备案已经终止"
    return "；".join(found.reason for found in one.findings if found.outcome is not Outcome.MET)
