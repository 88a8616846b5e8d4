"""备案到期办理: which public notices are over, which consents overdue, which objections have just come in?"""

import logging
from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.filings import operations
from touchstone.filings.queries import (
    objected,
    overdue_consents,
    renewals_to_lapse,
    renewals_to_remind,
    restorations_due,
    suspensions_to_begin,
    unanswered_after_reminder,
)
from touchstone.filings.queries.association_night import associations_checked_on
from touchstone.kernel.law import Refusal
from touchstone.notices.queries import ready_to_close

log = logging.getLogger(__name__)


def accept_announced_filings(at: datetime) -> int:
    """This job will accept every filing whose public notice is over and undisputed."""
    ripe = list(ready_to_close(at.date()).filter(matter="filing").values_list("case", flat=True))
    accepted = 0
    for number in ripe:
        try:
            operations.accept_filing(number=number, by=PLATFORM, at=at)
        except Refusal as refusal:  # an objection came in meanwhile: this one waits, the others do not
            log.warning("%s: %s", number, refusal)
        else:
            accepted += 1
    return accepted


def remind_of_overdue_consents(at: datetime) -> int:
    """This job will remind, once, each office whose answer is overdue. Silence is never consent."""
    return sum(operations.remind_consent(consent_id=pk, by=PLATFORM, at=at) for pk in overdue_consents(at.date()))


def take_up_new_objections(at: datetime) -> int:
    """This job will put objections to filings before the district that has to answer them."""
    return sum(operations.take_up_objections(number=number, by=PLATFORM, at=at) for number in objected())


def escalate_unanswered_consents(at: datetime) -> int:
    """This job will put answers that stayed out after the reminder before the director of the office asked."""
    return sum(operations.escalate_consent(consent_id=pk, by=PLATFORM, at=at) for pk in unanswered_after_reminder(at.date()))


def remind_of_renewal(at: datetime) -> int:
    """This job will remind bodies, once each at six, three and one months, that their filing runs out."""
    return sum(operations.remind_to_renew(number=number, by=PLATFORM, at=at) for number in renewals_to_remind(at.date()))


def lapse_renewals(at: datetime) -> int:
    """This job will let renewals lapse that their body did not put right in time, once the term is over."""
    return sum(operations.lapse_renewal(number=number, by=PLATFORM, at=at) for number in renewals_to_lapse(at.date()))


def begin_suspensions(at: datetime) -> int:
    """This job will show suspensions decided for today in the filings' state."""
    return sum(operations.begin_suspension(suspension_id=pk, by=PLATFORM, at=at) for pk in suspensions_to_begin(at.date()))


def remind_of_restoration(at: datetime) -> int:
    """This job will put suspensions whose planned day has come before the director. It never restores."""
    return sum(operations.remind_to_restore(suspension_id=pk, by=PLATFORM, at=at) for pk in restorations_due(at.date()))


def check_associations(at: datetime) -> int:
    """This job will, once a day, try the associations against the tests of 三(一)2, list those that meet them, and count those tried."""
    return 0 if associations_checked_on(at.date()) else operations.check_associations(by=PLATFORM, at=at)


WHEN_DUE = (
    take_up_new_objections,
    accept_announced_filings,
    remind_of_overdue_consents,
    escalate_unanswered_consents,
    remind_of_renewal,
    lapse_renewals,
    begin_suspensions,
    remind_of_restoration,
    check_associations,
)
