"""后台办理: how are the jobs known to Django?"""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The jobs' registration; procrastinate finds their modules by `touchstone.jobs.tasks`."""

    name = "touchstone.jobs"
    label = "jobs"
    verbose_name = "后台办理"
