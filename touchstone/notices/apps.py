"""公示与消息: how is this app known to Django?"""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.notices"
    label = "notices"
    verbose_name = "公示与消息"
