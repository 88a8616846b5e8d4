"""比对与预警: how is this app known to Django?"""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.monitoring"
    label = "monitoring"
    verbose_name = "比对与预警"
