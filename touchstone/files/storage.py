"""附件存放: where do the bytes lie?"""

import hashlib
import os
from pathlib import Path

from django.conf import settings


def path_of(sha256: str) -> Path:
    """This function will give the place of the bytes with this fingerprint."""
    return Path(settings.STATE_DIR) / "files" / sha256[:2] / sha256


def keep(content: bytes) -> str:
    """This function will store bytes once, whole and synced to disk, and give their SHA-256."""
    fingerprint = hashlib.sha256(content).hexdigest()
    path = path_of(fingerprint)
    if path.exists():
        return fingerprint
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{fingerprint}.{os.getpid()}")
    with draft.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(path)
    return fingerprint
