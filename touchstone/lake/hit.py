"""命中: what does one hit say, and how is it known again tomorrow?"""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """What one rule found: the rows it concerns, the sentence with the numbers that made it, and a key that stays the same.

    The key holds no text of the hit: rows that join it later, or other numbers, do not make it another one.
    """

    rule: str
    rows: tuple[str, ...]
    told: str
    key: str


def key_of(rule: str, subject: str) -> str:
    """This function will give the key of a hit: 32 hexadecimal places of rule and subject."""
    return hashlib.sha256(f"{rule}|{subject}".encode()).hexdigest()[:32]
