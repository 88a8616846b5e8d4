"""证书数据上传: how is this app known to Django?"""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.uploads"
    label = "uploads"
    verbose_name = "证书数据上传"
