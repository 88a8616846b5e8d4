"""结果期限提醒: those sent on a drawn visit are told once before the day by which its result must be public."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.inspections.models import Task
from touchstone.inspections.states import TaskState
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import LAW
from touchstone.policy.roles import Role
from touchstone.policy.supervision.publication import result_due
from touchstone.tasks.operations import open_personal_task


@transaction.atomic
def remind_of_result(*, number: str, by: Actor, at: datetime) -> bool:
    """This function will put before each of those sent on a visit, once, by when its result must be public, and say whether it did. Sealing the
    record closes it.

    :raises NotAllowed: unless by the platform.
    """
    if not by.is_platform:
        raise NotAllowed("期限由平台提醒。", LAW, "请等待到期办理。")
    task = Task.objects.select_for_update(of=("self",)).select_related("body", "draw__plan").get(number=number)
    if task.state != TaskState.SENT or task.reminded_on is not None or at < task.opens_at:
        return False
    last = result_due(task.visit_on, calendar())
    task.reminded_on = localtime(at).date()
    task.save(update_fields=["reminded_on"])
    title, told = f"检查结果应在{last:%-m月%-d日}前公开，请填写、签字并封存：{task.body.name}", 0
    for sent in task.inspectors.filter(standing=True).select_related("person__user").order_by("place"):
        user = getattr(sent.person, "user", None)
        if user is not None:
            told += open_personal_task(
                case=number, matter=f"result_{sent.person_id}", title=title, office_id=task.draw.plan.office_id, role=Role.CORPS_MEMBER,
                user_id=user.pk, by=by, at=at, due_on=last,
            )  # fmt: skip
    record("inspection.result_due", number, by=by, at=at, detail={"due_on": last.isoformat(), "told": told, "note": f"应在{last}前公开"})
    return True
