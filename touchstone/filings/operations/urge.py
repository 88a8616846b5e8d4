"""催办: who waits for a step may ask those who owe it to hurry, once a working day."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.operations._case import ROUTE, locked, note
from touchstone.filings.queries.cases import filings
from touchstone.tasks.operations import urge_case


@transaction.atomic
def urge(*, number: str, by: Actor, at: datetime) -> int:
    """This function will urge every office that owes a step of the filing and count them; the own office is urged only by its director.

    :raises NotAllowed: for whoever may not see the case. :raises Refusal: when nobody owes anything, or all were urged today.
    """
    filing = locked(number)
    if not filings(by).filter(pk=filing.pk).exists():
        raise NotAllowed(f"备案申请{number}不在您的职责范围内，不能催办。", ROUTE, "请联系该申请的申请单位或承办机构。")
    count = urge_case(case=number, by=by, at=at)
    note("filing.urged", filing, by=by, at=at, note=f"{count}个单位")
    return count
