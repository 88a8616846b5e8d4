"""人员与机构: how is this app known to Django?"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.accounts"
    label = "accounts"
    verbose_name = "人员与机构"
