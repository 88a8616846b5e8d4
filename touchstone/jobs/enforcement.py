"""机构案件任务: whose day to correct is near, and whose has gone by?"""

from datetime import datetime

from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM
from touchstone.enforcement import operations
from touchstone.enforcement.queries import corrections_lapsed, corrections_to_remind


def remind_of_corrections(at: datetime) -> int:
    """This job will remind bodies, once each, that the day by which they correct something is near."""
    found = corrections_to_remind(localtime(at).date())
    return sum(operations.remind_of_correction(measure_id=pk, by=PLATFORM, at=at) for pk in found)


def lapse_corrections(at: datetime) -> int:
    """This job will put what was not corrected by its day before those who handle the case."""
    return sum(operations.lapse_correction(measure_id=pk, by=PLATFORM, at=at) for pk in corrections_lapsed(localtime(at).date()))


WHEN_DUE = [remind_of_corrections, lapse_corrections]
