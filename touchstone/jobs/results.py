"""成绩公示到期办理: which notices of results are over, and to which did somebody object?"""

import logging
from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations.results import confirm_results, take_up_objections
from touchstone.exams.queries.results import MATTER, objected
from touchstone.kernel.law import Refusal
from touchstone.notices.queries import ready_to_close

log = logging.getLogger(__name__)


def confirm_ripe_results(at: datetime) -> int:
    """This function will confirm every plan whose notice of results has run its days with all objections answered, and count them."""
    done = 0
    for notice in ready_to_close(at.date()).filter(matter=MATTER):
        try:
            confirm_results(plan_number=notice.case, by=PLATFORM, at=at)
            done += 1
        except Refusal as refusal:  # an objection came in between, or the notice was stopped: the next run looks again
            log.warning("%s: %s", notice.case, refusal)
    return done


def take_up_objected_results(at: datetime) -> int:
    """This function will put every unanswered objection before its body and count them."""
    return sum(take_up_objections(plan_number=number, by=PLATFORM, at=at) for number in objected())


WHEN_DUE = [take_up_objected_results, confirm_ripe_results]
