"""借用Django: how does a measurement that calls code beside models start Django in its own process?"""

import os


def start_django() -> None:
    """This function will start Django with the product's settings, once; only now are they read (see `place.own_database`)."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ["DJANGO_SETTINGS_MODULE"] = "touchstone.settings"
        django.setup()
