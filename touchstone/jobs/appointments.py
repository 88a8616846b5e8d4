"""评聘到期办理: which notices of appointment are over, to which did somebody object, and whose term has ended?"""

import logging
from datetime import datetime

from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM
from touchstone.appointments import operations
from touchstone.appointments.queries import MATTER, appraisals_owed, ending_by
from touchstone.kernel.law import Refusal
from touchstone.notices.queries import open_objections, ready_to_close
from touchstone.tasks.queries import cases_owing

log = logging.getLogger(__name__)


def confirm_ripe_rounds(at: datetime) -> int:
    """This function will confirm every round whose notice has run its days with all objections answered, and count them."""
    done = 0
    for notice in ready_to_close(at.date()).filter(matter=MATTER):
        try:
            operations.confirm_round(number=notice.case, by=PLATFORM, at=at)
            done += 1
        except Refusal as refusal:  # an objection came in between: the next run looks again
            log.warning("%s: %s", notice.case, refusal)
    return done


def take_up_objected_rounds(at: datetime) -> int:
    """This function will put every unanswered objection before its enterprise and count them."""
    cases = dict.fromkeys(open_objections(MATTER).values_list("notice__case", flat=True))
    return sum(operations.take_up_objections(number=number, by=PLATFORM, at=at) for number in cases)


def end_terms_over(at: datetime) -> int:
    """This function will end every appointment whose term is over and count them; one that was renewed meanwhile is left."""
    done = 0
    for number in ending_by(localtime(at).date()):
        try:
            operations.end_term(number=number, by=PLATFORM, at=at)
            done += 1
        except Refusal as refusal:
            log.warning("%s: %s", number, refusal)
    return done


def ask_for_appraisals(at: datetime) -> int:
    """This function will put every year of a term that is to be appraised before its enterprise, and count them."""
    asked = set(cases_owing("appraise"))
    owed = [number for number in appraisals_owed(localtime(at).date()) if number not in asked]
    return sum(operations.ask_for_appraisal(number=number, by=PLATFORM, at=at) for number in owed)


WHEN_DUE = [take_up_objected_rounds, confirm_ripe_rounds, end_terms_over, ask_for_appraisals]
