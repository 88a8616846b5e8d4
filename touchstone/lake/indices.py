"""索引: how is a person, a telephone, a photograph compared without its text being there?

SHA-256 over secret, kind and text. The secret is the platform's and never lies beside the tables, since all identity numbers can be tried.
The same is written once for Python, which publishes, and once as an expression, for a file under check.
"""

import hashlib
from typing import Any

import ibis

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


def index_expression(salt: str, kind: str, text: Any) -> Any:
    """This function will give the same as an expression over a column."""
    tidy = text.strip().upper()
    whole = ibis.literal(f"{salt}|{kind}|").concat(tidy, ibis.literal(f"|{salt}"))
    return ibis.ifelse(tidy.length() > 0, whole.hexdigest("sha256"), ibis.null("string"))
