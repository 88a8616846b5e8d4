"""考核与分级: how is this app known to Django?"""

from django.apps import AppConfig


class GradingConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.grading"
    label = "grading"
    verbose_name = "考核与分级"
