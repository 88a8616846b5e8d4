"""索引: how is a person, a telephone, a photograph compared without its text being there?

SHA-256 over secret, kind and text. The secret is the platform's and never lies beside the tables, since all identity numbers can be tried.
A file under check gets the same indices while it is read in (`files.normalising`).
"""

import hashlib

KINDS = frozenset({"id", "name", "phone", "address", "photo", "device"})
LENGTH = 64


def index_of(salt: str, kind: str, text: str) -> str | None:
    """This function will give the index of a text, or None for an empty one. :raises ValueError: for a kind that is none."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is no kind of index")
    tidy = text.strip().upper()
    if not tidy:
        return None
    return hashlib.sha256(f"{salt}|{kind}|{tidy}|{salt}".encode()).hexdigest()
