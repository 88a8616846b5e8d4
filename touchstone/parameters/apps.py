"""参数: how is this app known to Django?"""

from django.apps import AppConfig


class ParametersConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.parameters"
    label = "parameters"
    verbose_name = "参数"
