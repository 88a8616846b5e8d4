"""身份承诺: how does a certificate carry an identity number that nobody can read or guess, and its holder can still prove?

It stands masked, with a commitment: a hash of kind and number under a salt of 32 random bytes. The salt is the holder's and the register's; it is in
no credential, QR code or log, because a number whose first and last places are known is guessed in seconds without it.
"""

import hashlib
import hmac

from touchstone.trust.draws import fingerprint

NAME = "touchstone/identity/v1"
SALT = 32
IN_QR = 16  # bytes of the commitment that a QR code has room for


def masked(number: str) -> str:
    """This function will mask a number: first three and last four places of a long one, the last two of a short one."""
    head, tail = (3, 4) if len(number) >= 11 else (0, 2) if len(number) >= 4 else (0, 0)
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail :]


def commitment(kind: str, number: str, salt: bytes) -> bytes:
    """This function will commit to an identity number. :raises ValueError: when the salt is not 32 bytes."""
    if len(salt) != SALT:
        raise ValueError("a salt is 32 bytes long")
    return hashlib.sha256(fingerprint(NAME, salt, kind, number.strip().upper())).digest()


def opens(held: bytes, kind: str, number: str, salt: bytes) -> bool:
    """This function will say whether number and salt are those committed to; `held` may be the short form of a QR code."""
    if len(held) not in (32, IN_QR) or len(salt) != SALT:
        return False
    return hmac.compare_digest(commitment(kind, number, salt)[: len(held)], held)
