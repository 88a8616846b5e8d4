"""编入进程（测量）: the sequencer as the supervisor runs it, with the key of the measurement."""

import os
import signal
from pathlib import Path

from bench.in_django import start_django


def main() -> None:
    """Run until told to end."""
    start_django()
    from django.conf import settings
    from django.utils.timezone import now

    from touchstone.cli import leave_django
    from touchstone.jobs.sequencer import SequencerLoop

    settings.LOG_KEY_FILE = Path(os.environ["TOUCHSTONE_BENCH_LOG_KEY"])
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    try:
        SequencerLoop([], now).run(lambda: bool(told))
    finally:
        leave_django()


if __name__ == "__main__":
    main()
