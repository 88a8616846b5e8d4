"""技术指导: how is this app known to Django?"""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.guidance"
    label = "guidance"
    verbose_name = "技术指导"
