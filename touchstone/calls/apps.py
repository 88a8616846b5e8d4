"""公开征集: how is this app known to Django?"""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.calls"
    label = "calls"
    verbose_name = "公开征集"
