"""评价机构: how is this app known to Django?"""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.bodies"
    label = "bodies"
    verbose_name = "评价机构"
