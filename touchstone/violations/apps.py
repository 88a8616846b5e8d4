"""违纪违规处理: how is this app known to Django?"""

from django.apps import AppConfig


class ViolationsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.violations"
    label = "violations"
    verbose_name = "违纪违规处理"
