"""多基编码: how do keys and signatures stand in JSON (base58btc, prefix z) and bits in lists and addresses (base64url)?

Every reader accepts one spelling only: what it reads, written again, is the very text.
"""

import base64

_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_LONGEST = 200


class Misspelt(ValueError):
    """The text is not in this coding, or not in its only spelling."""


def base58(raw: bytes) -> str:
    """This function will write bytes in multibase base58btc."""
    number, letters = int.from_bytes(raw, "big"), []
    while number:
        number, left = divmod(number, 58)
        letters.append(_LETTERS[left])
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(letters))


def from_base58(text: object) -> bytes:
    """This function will read multibase base58btc. :raises Misspelt:"""
    if not isinstance(text, str) or text[:1] != "z" or len(text) > _LONGEST:
        raise Misspelt("no base58btc")
    number = 0
    for letter in text[1:]:
        if letter not in _VALUES:
            raise Misspelt("no base58btc")
        number = number * 58 + _VALUES[letter]
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url(raw: bytes) -> str:
    """This function will write bytes in base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_base64url(text: object) -> bytes:
    """This function will read base64url without padding, whose last bits must be zero. :raises Misspelt:"""
    if not isinstance(text, str) or not text.isascii():
        raise Misspelt("no base64url")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as fault:
        raise Misspelt("no base64url") from fault
    if base64url(raw) != text:
        raise Misspelt("not the only spelling")
    return raw
