"""投诉举报和线索: how is this app known to Django?"""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.complaints"
    label = "complaints"
    verbose_name = "投诉举报和线索"
