"""公开日志条目: what does one line of a public log say, in which log does it stand, and what may never be in it?

An entry is canonical JSON (RFC 8785): `kind`, `month` and what the kind tells. No personal thing: whoever must be bound to it is bound by a
salted commitment, and the month stands where the day would tell too much.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from touchstone.kernel.numbers import parse_id_number
from touchstone.trust.canonical import canonical
from touchstone.trust.log.merkle import leaf_hash
from touchstone.trust.log.tiles import LONGEST_ENTRY

LOGS = {
    "certificate": "certificates",
    "draw": "draws",
    "filing": "decisions",
    "decision": "decisions",
    "key": "decisions",
    "statistics": "decisions",
    "archive": "audit",
}
"""The first word of a kind → its log. Certificates have a log for every year."""
YEARLY = frozenset({"certificates"})
CLOSED = frozenset({"audit"})
"""Logs of which only the checkpoints are public."""
_SHAPE = re.compile(r"[a-z_]+\.[a-z_]+")
_PHONE = re.compile(r"1[3-9]\d{9}")


class NotForThePublic(ValueError):
    """Something personal was about to be written into a public log."""


@dataclass(frozen=True)
class PublicLine:
    """One line for a public log: its kind (`certificate.issued`), what it tells, and the log where that is not the usual one of the kind.

    :raises ValueError: for a kind that has no log. :raises NotForThePublic: where a value is an ID or phone number.
    """

    kind: str
    content: Mapping[str, Any]
    log: str = ""

    def __post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.kind) or (not self.log and self.kind.partition(".")[0] not in LOGS):
            raise ValueError(f"{self.kind} is no kind of a public log")
        for word in _words(self.content):
            if _PHONE.fullmatch(word) or _is_id_number(word):
                raise NotForThePublic(f"{self.kind} would tell an ID or phone number")

    def log_at(self, at: datetime) -> str:
        """This method will name the log in which the line stands, when written at that moment."""
        name = self.log or LOGS[self.kind.partition(".")[0]]
        return f"{name}-{localtime(at):%Y}" if name in YEARLY else name

    def entry(self, at: datetime) -> bytes:
        """This method will give the very bytes that are logged. :raises ValueError: where they are too long."""
        made = canonical({"kind": self.kind, "month": f"{localtime(at):%Y-%m}", **self.content})
        if len(made) > LONGEST_ENTRY:
            raise ValueError(f"an entry of {len(made)} bytes is too long for a log")
        return made

    def leaf_hash(self, at: datetime) -> bytes:
        """This method will give the hash by which the line is found in the log (RFC 6962)."""
        return leaf_hash(self.entry(at))


def salt_of(secret: bytes, name: str) -> bytes:
    """This function will give the salt of one thing under a secret: whoever learns the secret can open what was sealed, and nobody else."""
    return hmac.new(secret, f"touchstone/salt/v1|{name}".encode(), hashlib.sha256).digest()


def sealed(salt: bytes, *parts: str | bytes) -> str:
    """This function will bind parts under a random salt of at least 16 bytes, so that the line tells nothing to who has not got both.

    :raises ValueError: for a short salt.
    """
    if len(salt) < 16:
        raise ValueError("a salt has at least 16 bytes")
    digest = hashlib.sha256()
    for part in ("touchstone/commitment/v1", salt, *parts):
        held = part if isinstance(part, bytes) else unicodedata.normalize("NFC", part).encode()
        digest.update(len(held).to_bytes(4, "big") + held)
    return digest.hexdigest()


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, held in value.items():
            yield str(name)
            yield from _words(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from _words(held)


def _is_id_number(word: str) -> bool:
    if len(word) != 18 or not word[:17].isdigit():
        return False
    try:
        parse_id_number(word)
    except ValueError:
        return False
    return True
