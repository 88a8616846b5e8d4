"""认定: how is this app known to Django?"""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.exams"
    label = "exams"
    verbose_name = "认定"
