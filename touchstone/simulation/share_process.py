"""份额进程: how does a process of its own fill a share of a city?

Nothing of Django is imported before it has been started here.
"""

from datetime import datetime


def begin() -> None:
    """This function will start Django in this process."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.settings")
    import django

    django.setup()
    from django.db import connection

    # What a crash of the machine would lose is grown again.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def fill_one(share: int, seed: int, at: datetime) -> int:
    """This function will fill a share and count its candidates."""
    from touchstone.simulation.history.shares import fill

    return fill(share, seed=seed, at=at)
