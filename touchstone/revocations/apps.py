"""证书撤销: how is this app known to Django?"""

from django.apps import AppConfig


class RevocationsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.revocations"
    label = "revocations"
    verbose_name = "证书撤销"
