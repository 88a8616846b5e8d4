"""评卷待办: a marker of a sitting at the computer has a task for as long as answers wait for them."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import holdings_of
from touchstone.exams import permissions
from touchstone.exams.models import ComputerExam, Marker
from touchstone.exams.operations.script_marks import waiting_for
from touchstone.exams.queries.marking import markers
from touchstone.exams.queries.sittings import where_and_when
from touchstone.parameters.queries import due
from touchstone.policy.exams.deadlines import SCORES_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_personal_task


@transaction.atomic
def call_markers(*, exam_id: int, by: Actor, at: datetime) -> int:
    """This function will open a task for each marker for whom answers wait, close those of markers who have done, and count the new ones.

    It writes no ledger line of its own: appointing and marking have theirs. For the platform.
    """
    permissions.check_may(by, "clock")
    exam = ComputerExam.objects.select_related("sitting__plan__body", "sitting__room").get(pk=exam_id)
    if exam.sitting.closed_at is None:
        return 0
    return sum(_call(exam, one, by, at) for one in markers(exam))


def _call(exam: ComputerExam, marker: Marker, by: Actor, at: datetime) -> bool:
    sitting = exam.sitting
    plan, matter = sitting.plan, f"marking_{marker.turn}"
    left = len(waiting_for(exam, marker, at))
    if not left:
        close_tasks(case=sitting.number, matter=matter, by=by, at=at, outcome="已评完")
        return False
    held = holdings_of(marker.user.person, localtime(at).date()).filter(office_id=plan.body.office_id).first() if marker.user.person else None
    if held is None:
        return False
    title = f"{plan.title} {where_and_when(sitting)}：{left}份作答待评卷"
    return open_personal_task(
        case=sitting.number, matter=matter, title=title, office_id=plan.body.office_id, role=Role(held.role), user_id=marker.user_id, by=by, at=at,
        due_on=due(SCORES_WITHIN, at),
    )  # fmt: skip
