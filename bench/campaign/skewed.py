"""时钟不准: a process whose clock is off, as Django, the job queue and `time.time` read it.

`python -m bench.campaign.skewed SECONDS command…` runs a Django command in such a process.
"""

import sys
import time
from datetime import timedelta


def set_off(seconds: int) -> None:
    """This function will put this process's clock forward (or back, below 0) by so many seconds."""
    from django.utils import timezone
    from procrastinate import utils

    real_time, real_now, real_utcnow = time.time, timezone.now, utils.utcnow
    ahead = timedelta(seconds=seconds)
    time.time = lambda: real_time() + seconds
    timezone.now = lambda: real_now() + ahead
    utils.utcnow = lambda: real_utcnow() + ahead


if __name__ == "__main__":
    set_off(int(sys.argv[1]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["skewed", *sys.argv[2:]])
