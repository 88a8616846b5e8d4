"""页面: how are the pages known to Django?"""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages' registration (template tags live here)."""

    name = "touchstone.web"
    label = "web"
    verbose_name = "页面"
