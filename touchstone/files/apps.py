"""附件: how is this app known to Django?"""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.files"
    label = "files"
    verbose_name = "附件"
