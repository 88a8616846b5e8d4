"""双随机抽查: how is this app known to Django?"""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.inspections"
    label = "inspections"
    verbose_name = "双随机抽查"
