"""证书: how is this app known to Django?"""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """This app's registration."""

    name = "touchstone.certificates"
    label = "certificates"
    verbose_name = "证书"
