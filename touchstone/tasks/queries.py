"""待办查询: what waits for this person, and what has been done?"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import people_with
from touchstone.policy.roles import Role
from touchstone.tasks.models import Copy, Task, TaskSet

if TYPE_CHECKING:
    from touchstone.accounts.models import Person


COUNTED = 10_000
"""What stands beside a tab is not counted further."""
SHOWN = 20
"""So many cases are named beside a count of them."""


def waiting_for(actor: Actor) -> TaskSet:
    """This function will give the actor's open tasks, the most urgent first."""
    return Task.objects.visible_to(actor).open().select_related("taken_by__person").order_by("due_on", "id")


def done_by(actor: Actor) -> TaskSet:
    """This function will give the closed tasks of the actor's office and roles, newest first."""
    return Task.objects.visible_to(actor).closed().select_related("closed_by__person").order_by("-closed_at", "-id")


def open_on(case: str) -> TaskSet:
    """This function will give what is open on a case, with the office that owes it."""
    return Task.objects.open().filter(case=case).select_related("office", "taken_by__person").order_by("due_on", "id")


def cases_owing(matter: str) -> QuerySet[Task, str]:
    """This function will give the numbers of the cases on which a matter is open."""
    return Task.objects.open().filter(matter=matter).values_list("case", flat=True)


def punctuality_of(offices: Iterable[int], since: date, until: date) -> dict[int, tuple[int, int, list[str]]]:
    """This function will give, by key of the office, how many of its tasks fell due from `since` to the day before `until`, how many of them were
    done late or are overdue, and some cases of those; two queries."""
    due = Task.objects.filter(office__in=list(offices), due_on__gte=since, due_on__lt=until)
    late = due.filter(Q(closed_at__isnull=True) | Q(closed_at__date__gt=F("due_on")))
    counted = {office: (many, 0, list[str]()) for office, many in due.order_by().values_list("office").annotate(many=Count("pk"))}
    for office, case in late.order_by("due_on", "pk").values_list("office", "case"):
        many, behind, cases = counted[office]
        counted[office] = (many, behind + 1, [*cases, case] if len(cases) < SHOWN and case not in cases else cases)
    return counted


def count_waiting(actor: Actor) -> int:
    """This function will count the actor's open tasks."""
    return Task.objects.visible_to(actor).open()[:COUNTED].count()


def overdue(day: date) -> TaskSet:
    """This function will give every open task whose day has passed."""
    return Task.objects.open().filter(due_on__lt=day).select_related("office").order_by("due_on", "id")


def task(task_id: int, actor: Actor) -> Task:
    """This function will give a task of the actor's. :raises NotAllowed: when there is none, or it is not the actor's office and role."""
    found = Task.objects.visible_to(actor).select_related("office", "taken_by__person").filter(pk=task_id).first()
    if found is None:
        raise NotAllowed("没有找到这件待办，或者它不属于您所在的机构和岗位。", next_step=f"您当前身份为“{actor.label}”，请在右上角切换身份。")
    return found


def colleagues(task: Task, actor: Actor, day: date) -> "list[Person]":
    """This function will give who else of the same office and role could have the task."""
    people = people_with(Role(task.role), task.office, day).filter(user__is_active=True).select_related("user").order_by("number")
    return [person for person in people if person.user.pk != actor.user_id]


def asked_by(actor: Actor) -> TaskSet:
    """This function will give what the actor has put before others (我发起的), newest first, open or done."""
    asked = Task.objects.filter(opened_by_id=actor.user_id or 0).exclude(office_id=actor.office_id, role__in=[role.value for role in actor.roles])
    return asked.select_related("office", "taken_by__person", "closed_by__person").order_by(F("closed_at").asc(nulls_first=True), "-id")


def copies_to(actor: Actor) -> QuerySet[Copy]:
    """This function will give what the actor's office was shown for its information (抄送), what nobody has read yet first."""
    shown = Copy.objects.filter(office_id=actor.office_id).select_related("sent_by__person", "read_by__person")
    return shown.order_by(F("read_at").asc(nulls_first=True), "-id")


def count_unread_copies(actor: Actor) -> int:
    """This function will count what the actor's office was shown and nobody there has read."""
    return Copy.objects.filter(office_id=actor.office_id, read_at__isnull=True)[:COUNTED].count()


def cases_shown_to(office_id: int) -> QuerySet[Copy, str]:
    """This function will give the numbers of the cases an office was shown."""
    return Copy.objects.filter(office_id=office_id).values_list("case", flat=True)


def late_by_district(since: date, until: date, kinds: Collection[str]) -> dict[str, int]:
    """This function will count the tasks owed from `since` until before `until` by offices of some kinds that were not done by their day, by the
    office's district. For days that are past this never changes: done late or not done yet is both late."""
    late = Q(closed_at__isnull=True) | Q(closed_at__date__gt=F("due_on"))
    rows = Task.objects.filter(late, due_on__gte=since, due_on__lt=until, office__kind__in=kinds)
    return dict(rows.order_by().values_list("office__district").annotate(many=Count("pk")))
