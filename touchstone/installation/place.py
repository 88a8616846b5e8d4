"""位置: which folder holds this clone's data?"""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def state_dir() -> Path:
    """Give the folder that holds this clone's data: database, attachments, keys.

    Keyed by the clone's path, so that two clones never share one. The parents must be traversable by the
    server's own user, which is why root keeps it under /var/lib and not in a home folder.
    """
    if chosen := os.environ.get("TOUCHSTONE_STATE"):
        return Path(chosen)
    clone = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/touchstone") / clone
    return Path(os.environ.get("XDG_STATE_HOME", Path.home() / ".local" / "state")) / "touchstone" / clone
