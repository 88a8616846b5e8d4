"""洞察: how is this app known to Django?"""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.insight"
    label = "insight"
    verbose_name = "领导首页和月报"
