"""待办查询: what waits for this person, and what has been done?"""

from datetime import date

from touchstone.accounts.actor import Actor
from touchstone.tasks.models import Task, TaskSet


def waiting_for(actor: Actor) -> TaskSet:
    """This function will give the actor's open tasks, the most urgent first."""
    return Task.objects.visible_to(actor).open().select_related("taken_by__person").order_by("due_on", "id")


def done_by(actor: Actor) -> TaskSet:
    """This function will give the closed tasks of the actor's office and roles, newest first."""
    return Task.objects.visible_to(actor).closed().select_related("closed_by__person").order_by("-closed_at", "-id")


def open_on(case: str) -> TaskSet:
    """This function will give what is open on a case, with the office that owes it."""
    return Task.objects.open().filter(case=case).select_related("office", "taken_by__person").order_by("due_on", "id")


def count_waiting(actor: Actor) -> int:
    """This function will count the actor's open tasks."""
    return Task.objects.visible_to(actor).open().count()


def overdue(day: date) -> TaskSet:
    """This function will give every open task whose day has passed."""
    return Task.objects.open().filter(due_on__lt=day).select_related("office").order_by("due_on", "id")
