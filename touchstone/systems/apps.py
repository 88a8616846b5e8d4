"""机构系统: how is this app known to Django?"""

from django.apps import AppConfig


class SystemsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.systems"
    label = "systems"
    verbose_name = "机构系统"
