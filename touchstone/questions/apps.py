"""题库: how is this app known to Django?"""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.questions"
    label = "questions"
    verbose_name = "题库"
