"""看守: one sequencer at a time, and its sign of life."""

from datetime import datetime

from django.db import connection

from touchstone.logs.models import Sequencer

LOCK = 0x746C6F67  # "tlog"


def hold_lock() -> bool:
    """This function will take the lock of the only sequencer, or find that this connection holds it; False where another process does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND objsubid = 1"
            " AND pid = pg_backend_pid() AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [LOCK],
        )
        (ours,) = cursor.fetchone() or (False,)
        if not ours:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            (ours,) = cursor.fetchone() or (False,)
    return bool(ours)


def let_go() -> None:
    """This function will give the lock back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def give_sign(*, at: datetime, alarm: str = "") -> None:
    """This function will write down that the sequencer lives, and what keeps all of it from working."""
    Sequencer.objects.update_or_create(pk=1, defaults={"alive_at": at, "alarm": alarm})
