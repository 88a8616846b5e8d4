"""待办办理: a task is opened, signed for, handed on, urged and closed."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.roles import Role
from touchstone.tasks.models import Task


@transaction.atomic
def open_task(
    *, case: str, matter: str, title: str, office_id: int, role: Role, by: Actor, at: datetime, due_on: date | None = None
) -> Task:
    """This function will put a step before an office; while the same one is open there, that one is given back instead.

    It writes no ledger line of its own: it is part of the operation that owes it.
    """
    task, _ = Task.objects.get_or_create(
        case=case,
        matter=matter,
        office_id=office_id,
        role=role,
        closed_at=None,
        defaults={"title": title, "from_office": by.office_name or by.label, "opened_at": at, "due_on": due_on},
    )
    return task


@transaction.atomic
def close_tasks(*, case: str, by: Actor, at: datetime, outcome: str, matter: str = "", office_id: int | None = None) -> int:
    """This function will close the open tasks of a case (of one matter or office, when named) and count them."""
    tasks = Task.objects.open().filter(case=case)
    if matter:
        tasks = tasks.filter(matter=matter)
    if office_id is not None:
        tasks = tasks.filter(office_id=office_id)
    return tasks.update(closed_at=at, closed_by_id=by.user_id, outcome=outcome[:120])


@transaction.atomic
def sign_for(*, task_id: int, by: Actor, at: datetime) -> Task:
    """This function will note that the actor takes the task (签收).

    :raises NotAllowed: when it is not the actor's office and role. :raises Refusal: when somebody else has it or it is closed.
    """
    task = Task.objects.select_for_update().get(pk=task_id)
    if not Task.objects.visible_to(by).filter(pk=task_id).exists():
        raise NotAllowed("该待办不属于您所在的机构和岗位。", next_step="请在右上角切换身份，或联系该事项的承办机构。")
    if task.closed_at is not None:
        raise Refusal("该待办已办结。", next_step="可在“已办”中查看。")
    if task.taken_by_id not in (None, by.user_id):
        raise Refusal("该待办已由同事签收。", next_step="如需改由您办理，请同事转办。")
    if task.taken_by_id is None:
        task.taken_by_id, task.taken_at = by.user_id, at
        task.save(update_fields=["taken_by", "taken_at"])
        record("task.signed_for", task.case, by=by, at=at, detail={"matter": task.matter})
    return task


