"""公开日志: how is this app known to Django?"""

from django.apps import AppConfig


class LogsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.logs"
    label = "logs"
    verbose_name = "公开日志"
