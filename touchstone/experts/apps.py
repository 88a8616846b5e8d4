"""考评与督导队伍: how is this app known to Django?"""

from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.experts"
    label = "experts"
    verbose_name = "考评与督导队伍"
