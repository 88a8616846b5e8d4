"""存证: how is this app known to Django?"""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.ledger"
    label = "ledger"
    verbose_name = "存证"
