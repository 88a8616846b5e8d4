"""机构案件: how is this app known to Django?"""

from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.enforcement"
    label = "enforcement"
    verbose_name = "机构违纪违规案件"
