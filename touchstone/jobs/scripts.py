"""机考到时办理: whose time is over, and their script not handed in; which closed sittings can be scored?"""

import logging
from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations.script_scores import enter_script_scores, exams_to_score, score_scripts
from touchstone.exams.operations.script_submit import submit_ended
from touchstone.exams.operations.script_tasks import call_markers
from touchstone.kernel.law import Refusal

log = logging.getLogger(__name__)


def hand_in_what_is_over(at: datetime) -> int:
    """This job will hand in every script whose time and grace are over, and count them."""
    return submit_ended(by=PLATFORM, at=at)


def score_what_is_closed(at: datetime) -> int:
    """This job will score the scripts of closed sittings as far as they are marked, enter the scores of held exams, and count the scored."""
    done = 0
    for key in exams_to_score():
        try:
            done += score_scripts(exam_id=key, by=PLATFORM, at=at)
            call_markers(exam_id=key, by=PLATFORM, at=at)
            enter_script_scores(exam_id=key, by=PLATFORM, at=at)
        except Refusal as refusal:  # its filing has ended meanwhile: the body is told on the plan's page
            log.warning("%s: %s", key, refusal)
    return done


WHEN_DUE = (hand_in_what_is_over, score_what_is_closed)
