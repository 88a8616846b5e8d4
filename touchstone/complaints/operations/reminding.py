"""线索提醒: whose day comes near is urged, whose day has passed goes before the leader; digests of addresses go after a day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.complaints import queries
from touchstone.complaints.models import Attempt
from touchstone.complaints.states import State
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.roles import Role
from touchstone.policy.supervision.complaints import REMINDED_BEFORE
from touchstone.tasks.operations import open_task

AT_ONCE = 500


@transaction.atomic
def remind_of_due(*, by: Actor, at: datetime) -> int:
    """This function will urge leads whose day is near, once for each day set, put those overdue before the leader of their office, and count both."""
    day, count = localtime(at).date(), 0
    near = calendar().add_working_days(day, in_force(REMINDED_BEFORE, day).value)
    for one in queries.due_for_reminder(near).select_for_update(of=("self",), skip_locked=True)[:AT_ONCE]:
        one.reminded_for = one.due_on
        one.save(update_fields=["reminded_for"])
        record("lead.reminded", one.number, by=by, at=at, detail={"due_on": str(one.due_on), "office": one.office.number, "note": f"至{one.due_on}"})
        count += 1
    for one in queries.overdue(day).select_for_update(of=("self",), skip_locked=True)[:AT_ONCE]:
        one.escalated_for = one.due_on
        one.save(update_fields=["escalated_for"])
        title = f"线索逾期督办（{State(one.state).label}）：{one.about}"[:200]
        open_task(
            case=one.number, matter="overdue_lead", title=title, office_id=one.office_id, role=Role.DIRECTOR, by=by, at=at, due_on=one.due_on
        )
        detail = {"due_on": str(one.due_on), "office": one.office.number, "note": f"应于{one.due_on}前"}
        record("lead.overdue", one.number, by=by, at=at, detail=detail)
        count += 1
    return count


@transaction.atomic
def forget_attempts(*, at: datetime) -> int:
    """This function will delete what was counted of addresses more than a day ago. It writes no ledger line: nothing of a case is in it."""
    count, _ = Attempt.objects.filter(at__lt=at - timedelta(days=1)).delete()
    return count
