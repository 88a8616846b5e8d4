"""待办: how is this app known to Django?"""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.tasks"
    label = "tasks"
    verbose_name = "待办"
