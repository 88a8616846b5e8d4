"""提醒: a body is reminded of its own report before the last day, and of its grade before it expires."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries.grades import grades_ending
from touchstone.grading import permissions
from touchstone.grading.models import Assessment
from touchstone.grading.queries import to_remind, years_open
from touchstone.grading.states import AssessmentState
from touchstone.kernel.periods import add_months
from touchstone.ledger.operations import record
from touchstone.ledger.queries import told_of
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.supervision.assessment import REMINDED_BEFORE, reported_until
from touchstone.policy.supervision.grade import EXPIRY_TOLD_BEFORE, Grade

AGAIN_AFTER = timedelta(days=7)
ENDING = "grade.ending_told"


def remind_reports(*, by: Actor, at: datetime) -> int:
    """This function will remind every body whose own report of a year is missing in the last working days, and once a week when it is late; it counts
    them."""
    permissions.check_may_process(by)
    day = localtime(at).date()
    days, within = calendar(), in_force(REMINDED_BEFORE, day).value
    years = [year for year in years_open() if days.working_days_between(day, reported_until(year, day)) <= within]
    due = [key for year in years for key in to_remind(year, day - AGAIN_AFTER)]
    return sum(_remind(key, by=by, at=at) for key in due)


@transaction.atomic
def _remind(key: int, *, by: Actor, at: datetime) -> bool:
    found = Assessment.objects.select_for_update(of=("self",)).select_related("round").get(pk=key)
    if found.state != AssessmentState.REPORTING:
        return False
    day = localtime(at).date()
    last = reported_until(found.round.year, day)
    found.reminded_on = day
    found.save(update_fields=["reminded_on"])
    words = f"{found.round.year}年度自评应在{last}前提交" + ("，已经逾期" if day > last else "")
    record("assessment.reminded", found.number, by=by, at=at, reason=words, detail={"last": last.isoformat()})
    return True


@transaction.atomic
def remind_of_expiry(*, by: Actor, at: datetime) -> int:
    """This function will tell, once each, of the grades that expire within the time laid down, and count them."""
    permissions.check_may_process(by)
    day = localtime(at).date()
    ending = list(grades_ending(day, add_months(day, in_force(EXPIRY_TOLD_BEFORE, day).value)))
    told = told_of(ENDING, [one.run for one in ending])
    fresh = [one for one in ending if one.run not in told]
    for one in fresh:
        words = f"{Grade(one.grade).label}于{one.until}失效，届时按{Grade.NONE.label}管理，应重新定级"
        record(ENDING, one.run, by=by, at=at, reason=words, detail={"body": one.body.number, "until": one.until.isoformat()})
    return len(fresh)
