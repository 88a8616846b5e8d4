"""评聘: how is this app known to Django?"""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.appointments"
    label = "appointments"
    verbose_name = "特级技师、首席技师评聘"
