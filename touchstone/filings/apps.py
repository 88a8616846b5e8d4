"""备案: how is this app known to Django?"""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.filings"
    label = "filings"
    verbose_name = "备案"
