"""职业目录: how is this app known to Django?"""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.catalogue"
    label = "catalogue"
    verbose_name = "职业目录"
