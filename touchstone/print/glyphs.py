"""字库: can every character of this text be printed?

A name with a missing character must never be printed as a box: a certificate is refused, a list shows 〓 and says so.
"""

import struct
from functools import lru_cache
from pathlib import Path

from pylopdf_fonts_zh_cn import sans_path, serif_path

STAND_IN = "〓"
_ALWAYS = frozenset(map(ord, "\n\t "))


@lru_cache(maxsize=1)
def printable() -> frozenset[int]:
    """This function will give the code points that both fonts have, so that no document changes face inside a name."""
    return frozenset(_code_points(serif_path().read_bytes()) & _code_points(sans_path().read_bytes())) | _ALWAYS


def missing(text: str) -> list[str]:
    """This function will list the characters of a text that cannot be printed, each once."""
    have = printable()
    return list(dict.fromkeys(letter for letter in text if ord(letter) not in have))


def font_folder() -> Path:
    """This function will give the folder that holds the fonts."""
    return Path(serif_path()).parent


def _code_points(font: bytes) -> set[int]:
    """The code points of an OpenType font, from its cmap table (format 12)."""
    count = struct.unpack(">H", font[4:6])[0]
    for at in range(12, 12 + 16 * count, 16):
        tag, _, offset, _ = struct.unpack(">4sIII", font[at : at + 16])
        if tag == b"cmap":
            return _format_12(font, offset)
    raise ValueError("the font has no cmap table")


def _format_12(font: bytes, cmap: int) -> set[int]:
    for index in range(struct.unpack(">H", font[cmap + 2 : cmap + 4])[0]):
        offset = cmap + struct.unpack(">I", font[cmap + 8 + 8 * index : cmap + 12 + 8 * index])[0]
        if struct.unpack(">H", font[offset : offset + 2])[0] != 12:
            continue
        groups = struct.unpack(">I", font[offset + 12 : offset + 16])[0]
        points: set[int] = set()
        for group in range(groups):
            first, last, _ = struct.unpack(">III", font[offset + 16 + 12 * group : offset + 28 + 12 * group])
            points.update(range(first, last + 1))
        return points
    raise ValueError("the font has no cmap of format 12")
