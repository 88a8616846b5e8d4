"""附件存放: where do the bytes lie, and how are they sealed? Workbooks carry identity numbers, so nothing lies in the clear."""

import hashlib
import os
from pathlib import Path

from django.conf import settings

from touchstone.trust.fields import FieldKey


def path_of(sha256: str) -> Path:
    """This function will give the place of the bytes with this fingerprint."""
    return Path(settings.STATE_DIR) / "files" / sha256[:2] / sha256


def keep(content: bytes) -> str:
    """This function will store bytes once, sealed, whole and synced to disk, and give the SHA-256 of the clear bytes."""
    fingerprint = hashlib.sha256(content).hexdigest()
    path = path_of(fingerprint)
    if path.exists():
        return fingerprint
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{fingerprint}.{os.getpid()}")
    with draft.open("wb") as out:
        out.write(_key().seal_bytes(content, f"file|{fingerprint}"))
        out.flush()
        os.fsync(out.fileno())
    draft.rename(path)
    return fingerprint


def read(sha256: str) -> bytes:
    """This function will open what was kept. :raises SealBroken: when a byte on disk was changed."""
    return _key().open_bytes(path_of(sha256).read_bytes(), f"file|{sha256}")


def _key() -> FieldKey:
    return FieldKey.from_hex(settings.FIELD_KEY)
