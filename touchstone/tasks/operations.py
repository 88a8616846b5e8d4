"""待办办理: a task is opened, signed for, handed on, urged and closed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.documents import our_default
from touchstone.policy.roles import Role
from touchstone.tasks.models import Copy, Task
from touchstone.tasks.queries import colleagues


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
        defaults={"title": title, "from_office": by.office_name or by.label, "opened_by_id": by.user_id, "opened_at": at, "due_on": due_on},
    )
    return task


@transaction.atomic
def open_tasks(
    *, lines: Iterable[tuple[str, str, int, date | None]], matter: str, role: Role, by: Actor, at: datetime
) -> int:
    """This function will put one step of many cases before their offices, each line (case, title, office, due), and count the lines; what is open
    there already stays as it is. Like `open_task` it writes no ledger line of its own.
    """
    sender = by.office_name or by.label
    tasks = [
        Task(
            case=case, matter=matter, title=title[:200], office_id=office, role=role, from_office=sender, opened_by_id=by.user_id, opened_at=at,
            due_on=due,
        )
        for case, title, office, due in lines
    ]
    Task.objects.bulk_create(tasks, batch_size=1000, ignore_conflicts=True)
    return len(tasks)


@transaction.atomic
def close_tasks_of(*, cases: Iterable[str], by: Actor, at: datetime, outcome: str) -> int:
    """This function will close whatever is open on many cases and count it; it is part of the operation that ended them."""
    return Task.objects.open().filter(case__in=list(cases)).update(closed_at=at, closed_by_id=by.user_id, outcome=outcome[:120])


@transaction.atomic
def open_personal_task(
    *, case: str, matter: str, title: str, office_id: int, role: Role, user_id: int, by: Actor, at: datetime, due_on: date | None = None
) -> bool:
    """This function will put a step before one person of an office, signed for from the first, and say whether it is new; while it is open, its title
    follows. Like `open_task` it writes no ledger line of its own.
    """
    found = Task.objects.filter(case=case, matter=matter, office_id=office_id, taken_by_id=user_id, closed_at__isnull=True).first()
    if found is not None:
        Task.objects.filter(pk=found.pk).exclude(title=title[:200]).update(title=title[:200])
        return False
    task = open_task(case=case, matter=matter, title=title[:200], office_id=office_id, role=role, by=by, at=at, due_on=due_on)
    Task.objects.filter(pk=task.pk).update(taken_by_id=user_id, taken_at=at)
    return True


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


@transaction.atomic
def hand_on(*, task_id: int, to_user_id: int, words: str, by: Actor, at: datetime) -> Task:
    """This function will hand a task on (转办) to a colleague of the same office and role, who then has it.

    :raises NotAllowed: when it is not the actor's office and role. :raises Refusal: when it is closed, a colleague's, or the other cannot take it.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("office").get(pk=task_id)
    if not Task.objects.visible_to(by).filter(pk=task_id).exists():
        raise NotAllowed("该待办不属于您所在的机构和岗位。", next_step="请在右上角切换身份，或联系该事项的承办机构。")
    if task.closed_at is not None:
        raise Refusal("该待办已办结，不能转办。", next_step="可在“已办”中查看。")
    if task.taken_by_id not in (None, by.user_id):
        raise Refusal("该待办已由同事签收，不能由您转办。", next_step="如需改由他人办理，请签收的同事转办。")
    if not words.strip():
        raise Refusal("转办须写明原因。", next_step="例如：本人出差，请代为办理。")
    names = {person.user.pk: person.name for person in colleagues(task, by, at.date())}
    if to_user_id not in names:
        raise Refusal("只能转给本单位同一岗位的同事。", next_step="请从列出的同事中选择；需要增补人员的，请由安全管理员授予岗位。")
    task.taken_by_id, task.taken_at = to_user_id, at
    task.save(update_fields=["taken_by", "taken_at"])
    record(
        "task.handed_on", task.case, by=by, at=at, reason=words.strip(), detail={"matter": task.matter, "note": names[to_user_id]}
    )
    return task


@transaction.atomic
def urge_case(*, case: str, by: Actor, at: datetime) -> int:
    """This function will urge (催办) the open tasks of a case that others owe, each at most once a day, and count them; it is part of
    the operation that writes the ledger line. A director also urges the people of the own office.

    :raises Refusal: when nobody else owes anything, or all were urged today.
    """
    own = Q(office_id=by.office_id)
    if by.has(Role.DIRECTOR):
        own &= Q(role__in=[role.value for role in by.roles])
    owed = Task.objects.open().filter(case=case).exclude(own)
    if not owed.exists():
        raise Refusal("没有其他单位待办的事项，不需要催办。", next_step="请在流转记录中查看当前由谁办理。")
    day_begins = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    count = owed.exclude(urged_at__gte=day_begins).update(urged_at=at)
    if not count:
        raise Refusal("今天已经催办过。", our_default("催办间隔"), "同一事项每天只催办一次，请明天再催或电话联系承办单位。")
    return count


@transaction.atomic
def send_copy(*, case: str, title: str, office_id: int, words: str = "", by: Actor, at: datetime) -> Copy:
    """This function will show a case to an office for its information (抄送). It writes no ledger line of its own: it is part of the operation
    that tells."""
    return Copy.objects.create(
        case=case, title=title[:200], words=words, office_id=office_id, from_office=by.office_name or by.label, sent_at=at, sent_by_id=by.user_id
    )


@transaction.atomic
def read_copy(*, copy_id: int, by: Actor, at: datetime) -> Copy:
    """This function will note that somebody of the office has read what it was shown. :raises NotAllowed: when it was shown to another office."""
    copy = Copy.objects.select_for_update(of=("self",)).filter(pk=copy_id, office_id=by.office_id).first()
    if copy is None:
        raise NotAllowed("没有抄送给您所在单位的这一件。", next_step="请在右上角切换身份，或联系抄送的单位。")
    if copy.read_at is None:
        copy.read_at, copy.read_by_id = at, by.user_id
        copy.save(update_fields=["read_at", "read_by"])
        record("copy.read", copy.case, by=by, at=at)
    return copy
