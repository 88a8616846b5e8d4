"""份额进程: how does a process of its own fill a share of a city?

Nothing of Django is imported before it has been started here.
"""

from datetime import datetime


def begin() -> None:
    """This function will start Django in this process."""
    import gc
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.settings")
    import django

    django.setup()
    gc.disable()  # a share makes a million objects that all live until it is kept; looking through them for cycles again and again finds none
    from django.db import connection

    # What a crash of the machine would lose is grown again.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def fill_one(share: int, seed: int, at: datetime) -> int:
    """This function will fill a share and count its candidates."""
    import gc

    from touchstone.simulation.history.shares import fill

    people = fill(share, seed=seed, at=at)
    gc.collect()
    return people
